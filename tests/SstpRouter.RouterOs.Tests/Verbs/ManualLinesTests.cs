using SstpRouter.RouterOs.Interpretation;
using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Menus;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;
using SstpRouter.RouterOs.Tests.Storage;
using SstpRouter.RouterOs.Verbs;

namespace SstpRouter.RouterOs.Tests.Verbs;

/// <summary>The store under the menus of the product.</summary>
public class ManualLinesTests
{
    private const string Server = """
        ppp secret add local-address=10.0.0.1 name=MT-User password=StrongPass remote-address=10.0.0.5 service=sstp
        interface sstp-server server set default-profile=default-encryption enabled=yes
        """;

    private const string Client =
        "interface sstp-client add connect-to=192.168.62.2 disabled=no name=sstp-out1 password=StrongPass profile=default-encryption user=MT-User";

    [Fact]
    public void The_lines_of_the_manual_are_kept_over_a_restart_and_exported_as_they_were_typed()
    {
        using var folder = new StateFolder();
        string first = Export(folder, Server + "\n" + Client);
        string second = Export(folder, "");

        Assert.Equal(first, second);
        Assert.Equal(
            """
            /interface sstp-client
            add connect-to=192.168.62.2 disabled=no name=sstp-out1 password=StrongPass \
                profile=default-encryption user=MT-User
            /interface sstp-server server
            set default-profile=default-encryption enabled=yes
            /ppp secret
            add local-address=10.0.0.1 name=MT-User password=StrongPass remote-address=\
                10.0.0.5 service=sstp

            """,
            first);
    }

    [Fact]
    public void Every_property_survives_a_verbose_export_and_a_restart()
    {
        using var folder = new StateFolder();
        const string Everything = Server + "\n" + Client + """

            interface sstp-client set 0 pfs=required ciphers=aes256-sha tls-version=only-1.2 authentication=mschap2,pap keepalive-timeout=disabled add-default-route=yes default-route-distance=7 comment="a; b" max-mtu=1400 port=4443
            ip pool add name=lan ranges=10.0.0.2-10.0.0.9,10.1.0.0/24
            ppp profile add name=branch local-address=lan idle-timeout=1h30m dns-server=1.1.1.1,8.8.8.8 only-one=yes
            ppp profile set default change-tcp-mss=no
            system identity set name="the \"hub\""
            """;
        string first = Export(folder, Everything, "verbose");
        Assert.Equal(first, Export(folder, "", "verbose"));

        using var other = new StateFolder();
        Assert.Equal(first, Export(other, first, "verbose"));
    }

    [Fact]
    public void Names_that_the_hardware_has_are_taken()
    {
        Menu root = RouterMenus.Build();
        using var store = ConfigurationStore.InMemory(root);
        StandardVerbs.Attach(root, store);
        Menu interfaces = root.Find("interface")!;
        interfaces.State = new FakeState(interfaces).Add(0xF00001, "ether1");

        var error = Assert.Throws<ScriptError>(() => new Interpreter(root, new Session("admin", TextWriter.Null))
            .Run("/interface sstp-client add name=ether1 connect-to=h user=u"));

        Assert.Equal("failure: already have interface with such name", error.Text);
    }

    private static string Export(StateFolder folder, string commands, string how = "")
    {
        Menu root = RouterMenus.Build();
        using var store = ConfigurationStore.Open(folder.Path, root);
        StandardVerbs.Attach(root, store);
        Assert.Empty(store.Notices);
        using var output = new StringWriter();
        var interpreter = new Interpreter(root, new Session("admin", output));
        interpreter.Run(commands);
        interpreter.Run("/export show-sensitive " + how);
        return string.Join('\n', output.ToString().Split('\n').SkipWhile(l => l.StartsWith('#')));
    }
}
