using SstpRouter.RouterOs.Interpretation;
using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Menus;
using SstpRouter.RouterOs.Printing;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;
using SstpRouter.RouterOs.Verbs;

namespace SstpRouter.RouterOs.Tests.Verbs;

/// <summary>What RouterOS 6 wrote is read, and written back as RouterOS 7 does.</summary>
public sealed class OlderExportTests : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly Menu _root = RouterMenus.Build();
    private readonly ConfigurationStore _store;
    private readonly Session _session;
    private readonly Interpreter _interpreter;

    public OlderExportTests()
    {
        _store = ConfigurationStore.InMemory(_root);
        StandardVerbs.Attach(_root, _store);
        PrintVerb.Attach(_root, _store);
        _session = new Session("admin", _output, width: 80);
        _interpreter = new Interpreter(_root, _session);
    }

    [Fact]
    public void A_compact_export_of_version_6()
    {
        Assert.Empty(_store.Import("v6.rsc", """
            # jul/21/2023 09:42:42 by RouterOS 6.48.6
            # software id = ABCD-EFGH
            #
            # model = RB750Gr3
            /ppp profile
            add local-address=10.0.0.1 name=branch on-up="" remote-address=10.0.0.5
            set *FFFFFFFE only-one=yes
            /interface sstp-client
            add connect-to=192.168.62.2:443 disabled=no http-proxy=0.0.0.0:443 name=\
                sstp-out1 password=StrongPass profile=default-encryption user=MT-User
            add connect-to=vpn.example.com:8443 name=sstp-out2 user=other
            /interface sstp-server server
            set authentication=mschap2 enabled=yes force-aes=yes
            /ip address
            add address=192.168.88.1 interface=ether1 netmask=255.255.255.0
            /ppp secret
            add name=alice profile=branch service=sstp
            /system identity
            set name=hq
            """, _session));

        Assert.Equal(
            """
            /ppp profile
            set *FFFFFFFE only-one=yes
            add local-address=10.0.0.1 name=branch remote-address=10.0.0.5
            /interface sstp-client
            add connect-to=192.168.62.2 disabled=no name=sstp-out1 password=StrongPass \
                profile=default-encryption user=MT-User
            add connect-to=vpn.example.com name=sstp-out2 port=8443 user=other
            /interface sstp-server server
            set authentication=mschap2 enabled=yes
            /ip address
            add address=192.168.88.1/24 interface=ether1 network=192.168.88.0
            /ppp secret
            add name=alice profile=branch service=sstp
            /system identity
            set name=hq

            """,
            Export("/export show-sensitive"));
    }

    [Fact]
    public void A_client_of_a_verbose_export_of_version_6()
    {
        Assert.Empty(_store.Import("v6.rsc", """
            /interface sstp-client
            add add-default-route=no authentication=pap,chap,mschap1,mschap2 certificate=none connect-to=192.0.2.121:443 \
                default-route-distance=1 dial-on-demand=no disabled=no http-proxy=0.0.0.0:443 keepalive-timeout=60 \
                max-mru=1500 max-mtu=1500 mrru=disabled name=office pfs=no profile=default tls-version=any user=u \
                verify-server-address-from-certificate=no verify-server-certificate=yes
            """, _session));

        Assert.Equal(
            """
            /interface sstp-client
            add connect-to=192.0.2.121 disabled=no name=office pfs=no user=u \
                verify-server-address-from-certificate=no verify-server-certificate=yes

            """,
            Export("/interface sstp-client export"));
    }

    [Fact]
    public void The_proxy_that_later_versions_call_none_is_none()
    {
        _interpreter.Run("/interface sstp-client add connect-to=a.example user=u http-proxy=::");

        Assert.DoesNotContain("proxy", Export("/export"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/ip address print")]
    [InlineData("/ip/address/print")]
    [InlineData("/ip address/print")]
    [InlineData("ip address print")]
    public void Paths_of_both_versions_lead_to_the_same(string line) => _interpreter.Run(line);

    [Fact]
    public void An_older_spelling_is_understood_and_offered_nowhere()
    {
        Assert.True(_root.Find("interface/sstp-server/server")!.Command("set")!.Argument("force-aes")!.IsOlderSpelling);
        Assert.DoesNotContain("force-aes", MenuReference.Of(_root), StringComparison.Ordinal);
        Assert.Equal(
            "input does not match any value of force-aes",
            Assert.Throws<ScriptError>(() => _interpreter.Run("/interface sstp-server server set force-aes=sometimes")).Text);
    }

    public void Dispose() => _store.Dispose();

    private string Export(string command)
    {
        _output.GetStringBuilder().Clear();
        _interpreter.Run(command);
        return string.Join('\n', _output.ToString().Split('\n').Where(l => !l.StartsWith('#')));
    }
}
