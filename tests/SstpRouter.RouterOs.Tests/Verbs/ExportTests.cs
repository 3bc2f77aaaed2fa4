using SstpRouter.RouterOs.Tests.Storage;

namespace SstpRouter.RouterOs.Tests.Verbs;

public class ExportTests
{
    private const string Head = "# 2026-06-10 14:48:17 by SstpRouter 0.1.0\n# software id = \n#\n";

    [Fact]
    public void A_router_that_was_never_configured_exports_nothing()
    {
        using var router = TestRouter.InMemory();
        Assert.Equal(Head, router.Printed("/export"));
    }

    [Fact]
    public void Menus_that_define_names_come_first_and_values_are_sorted()
    {
        using var router = Configured();
        Assert.Equal(
            Head + """
            /interface sstp-client
            add connect-to=vpn.example disabled=no name=sstp-out1 user=u
            /ip pool
            add name=lan ranges=10.0.0.2-10.0.0.9
            /ppp profile
            set *FFFFFFFE idle-timeout=5m
            add local-address=lan name=branch
            /ppp secret
            add comment="the boss" name=alice profile=branch
            /system identity
            set name=hq

            """,
            router.Printed("/export"));
    }

    [Fact]
    public void One_menu_exports_itself_and_what_is_below()
    {
        using var router = Configured();
        Assert.Equal(Head + "/ip pool\nadd name=lan ranges=10.0.0.2-10.0.0.9\n", router.Printed("/ip export"));
        Assert.Equal(Head + "/system identity\nset name=hq\n", router.Printed("/system identity export"));
    }

    [Fact]
    public void Sensitive_values_are_left_out_unless_asked_for()
    {
        using var router = Configured();
        Assert.Contains("add comment=\"the boss\" name=alice password=secret profile=branch\n", router.Printed("/ppp secret export show-sensitive"));
        Assert.DoesNotContain("secret\n", router.Printed("/ppp secret export hide-sensitive")[Head.Length..].Replace("/ppp secret\n", ""));
    }

    [Fact]
    public void Terse_writes_the_menu_on_each_line_and_wraps_none()
    {
        using var router = Configured();
        router.Run("/ppp secret set alice comment=\"" + new string('x', 100) + "\"");
        Assert.Equal(Head + "/ppp secret add comment=" + new string('x', 100) + " name=alice profile=branch\n", router.Printed("/ppp secret export terse"));
    }

    [Fact]
    public void Verbose_writes_defaults_and_what_is_unset()
    {
        using var router = Configured();
        Assert.Equal(
            Head + """
            /ppp profile
            set *0 !idle-timeout !local-address name=default use-ipv6=yes
            set *FFFFFFFE idle-timeout=5m !local-address name=default-encryption \
                use-ipv6=yes
            add !idle-timeout local-address=lan name=branch use-ipv6=no

            """,
            router.Printed("/ppp profile export verbose"));
    }

    [Fact]
    public void Where_chooses_items()
    {
        using var router = Configured();
        router.Run("/ppp secret add name=bob");
        Assert.Equal(Head + "/ppp secret\nadd name=bob\n", router.Printed("/ppp secret export where name=bob"));
    }

    [Fact]
    public void An_explicit_default_that_matters_is_kept()
    {
        using var router = Configured();
        router.Run("/interface sstp-client set 0 ciphers=aes256-sha,aes256-gcm-sha384 port=443");
        Assert.Contains(
            "add ciphers=aes256-gcm-sha384,aes256-sha connect-to=vpn.example disabled=no \\\n    name=sstp-out1 user=u\n",
            router.Printed("/interface sstp-client export"));
    }

    [Fact]
    public void An_export_makes_the_same_configuration_again()
    {
        using var router = Configured();
        router.Run("/ppp secret add name=\"a b\\\"\\$x\\\\;\\n\" password=\"tab\\there\" comment=\"" + new string('y', 300) + " \\\"" + new string(' ', 90) + "z\\\"\"");
        router.Run("/ppp profile set default !idle-timeout use-ipv6=no");
        string export = router.Printed("/export show-sensitive");

        using var copy = TestRouter.InMemory();
        Assert.Empty(copy.Store.Import("export.rsc", export, copy));

        Assert.Equal(export, copy.Printed("/export show-sensitive"));
        Assert.Equal(router.Store.Current.Items(router["ppp/secret"]).Select(i => i["comment"]), copy.Store.Current.Items(copy["ppp/secret"]).Select(i => i["comment"]));

        using var verbose = TestRouter.InMemory();
        Assert.Empty(verbose.Store.Import("export.rsc", router.Printed("/export verbose show-sensitive"), verbose));
        Assert.Equal(export, verbose.Printed("/export show-sensitive"));
    }

    [Fact]
    public void A_file_is_written_eighty_columns_wide_into_the_directory_of_files()
    {
        using var folder = new StateFolder();
        using var router = TestRouter.On(folder);
        router.Width = 200;
        router.Run("/ppp secret add name=alice comment=\"" + new string('x', 60) + " y\"");

        Assert.Equal("", router.Printed("/export file=backup"));

        Assert.Equal(
            Head + "/ppp secret\nadd comment=\"" + new string('x', 60) + " y\" \\\n    name=alice\n",
            folder.Read("files/backup.rsc"));
        Assert.Equal("failure: bad file name, use letters and digits", router.Refusal("/export file=\"../config\""));
    }

    private static TestRouter Configured()
    {
        var router = TestRouter.InMemory();
        router.Run("""
            /ip pool add name=lan ranges=10.0.0.2-10.0.0.9
            /ppp profile add name=branch local-address=lan
            /ppp profile set default-encryption idle-timeout=5m
            /ppp secret add name=alice password=secret profile=branch comment="the boss"
            /interface sstp-client add connect-to=vpn.example user=u disabled=no
            /system identity set name=hq
            """);
        return router;
    }
}
