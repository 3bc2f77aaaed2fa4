using System.Security.Cryptography;
using SstpRouter.RouterOs.Schema;
using SstpRouter.Services.Tests.Support;

namespace SstpRouter.Services.Tests.Routers;

[Collection(OneAtATime.Name)]
public sealed class TunnelLifeTests
{
    [RootFact]
    public void A_comment_keeps_the_tunnel_and_a_password_dials_it_anew() => Office.Run(router =>
    {
        string session = Assert.Single(Office.SessionIds(router));
        router.Type("/interface sstp-client set sstp-out1 comment=\"to head office\"");
        router.Type("/ppp profile set default-encryption comment=all");

        router.Type("/ppp secret set MT-User password=Other; /interface sstp-client set sstp-out1 password=Other");

        Office.WaitForNewSession(router, session);
        Assert.Equal(2, router.Desk.Logged().Count(m => m == "sstp-out1: initializing..."));
    });

    [RootFact]
    public void Disable_ends_the_tunnel_and_enable_brings_it_back() => Office.Run(router =>
    {
        router.Type("/interface sstp-client disable sstp-out1");
        router.WaitFor("no interface is left", () => router.Kernel.Link("sstp-out1") is null && router.Desk.Rows("ppp/active").Count == 0);
        Assert.Equal("false", router.Get("/interface sstp-client", "sstp-out1", "running"));
        Assert.Contains("<sstp-MT-User>: disconnected", router.Desk.Logged());

        router.Type("/interface sstp-client enable sstp-out1");

        router.WaitForTunnel("sstp-out1");
    });

    [RootFact]
    public void A_renamed_interface_comes_back_under_its_new_name() => Office.Run(router =>
    {
        string session = Assert.Single(Office.SessionIds(router));

        router.Type("/interface sstp-client set sstp-out1 name=\"head office\"");

        Office.WaitForNewSession(router, session);
        Assert.Null(router.Kernel.Link("sstp-out1"));
        Assert.Contains(router.Desk.Rows("ip/address"), r => r.Text("interface") == "head office" && r.Text("address") == "10.0.0.5/32");
    });

    [RootFact]
    public void Remove_takes_the_interface_the_addresses_and_the_routes_away() => Office.Run(router =>
    {
        Assert.Contains(router.Desk.Rows("ip/route"), r => r.Text("gateway") == "sstp-out1");

        router.Type("/interface sstp-client remove sstp-out1");

        router.WaitFor("the interface is gone", () => router.Kernel.Link("sstp-out1") is null);
        router.WaitFor("the server's end is gone", () => router.Desk.Rows("interface").All(r => r.Text("type") == "loopback"));
        Assert.Empty(router.Desk.Rows("ip/address"));
        Assert.Empty(router.Desk.Rows("ip/route"));
        Assert.Equal(["lo"], router.Kernel.Links().Select(l => l.Name));
    });

    [RootFact]
    public void An_interface_that_is_removed_and_added_at_once_under_a_name_that_the_kernel_cannot_take_keeps_that_name() => Office.Run(router =>
    {
        string first = Assert.Single(Office.SessionIds(router));
        router.Type("/interface sstp-client set sstp-out1 name=\"head office\"");
        Office.WaitForNewSession(router, first);
        for (int turn = 0; turn < 3; turn++)
        {
            string session = Assert.Single(Office.SessionIds(router));
            router.Type("/interface sstp-client remove \"head office\"");
            router.Type(Office.Client.Replace("sstp-out1", "\"head office\"", StringComparison.Ordinal));
            Office.WaitForNewSession(router, session);
        }

        Assert.Equal(
            ["<sstp-MT-User>", "head office", "lo"], router.Desk.Rows("interface").Select(r => r.Text("name")).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(router.Desk.Logged(), m => m.Contains("could not add address", StringComparison.Ordinal));
    });

    [RootFact]
    public void Changes_in_quick_succession_end_at_the_last_one() => Office.Run(router =>
    {
        string session = Assert.Single(Office.SessionIds(router));
        for (int mtu = 1400; mtu <= 1420; mtu++)
        {
            router.Type($"/interface sstp-client set sstp-out1 max-mtu={mtu}");
        }

        Office.WaitForNewSession(router, session);
        router.WaitFor("the last MTU", () => router.Kernel.Link("sstp-out1")?.Mtu == 1420);
    });

    [RootFact]
    public void A_profile_renamed_under_a_tunnel_keeps_it_and_a_limit_dials_it_anew() => Office.Run(
        router =>
        {
            string session = Assert.Single(Office.SessionIds(router));
            router.Type("/ppp profile set branch name=branches; /interface sstp-client set sstp-out1 comment=x");
            Assert.Equal("branches", router.Get("/interface sstp-client", "sstp-out1", "profile"));

            router.Type("/ppp profile set branches idle-timeout=1h");

            Office.WaitForNewSession(router, session);
            Assert.Equal(2, router.Desk.Logged().Count(m => m == "sstp-out1: initializing..."));
        },
        "/ppp profile add name=branch",
        "/interface sstp-client set sstp-out1 profile=branch");

    [RootFact]
    public void A_server_with_other_settings_takes_the_port_over_from_itself() => Office.Run(router =>
    {
        string session = Assert.Single(Office.SessionIds(router));

        router.Type("/interface sstp-server server set keepalive-timeout=30");

        Office.WaitForNewSession(router, session);
        Assert.DoesNotContain(router.Desk.Logged("error"), m => m.StartsWith("sstp server:", StringComparison.Ordinal));
    });

    [RootFact]
    public void Another_certificate_of_the_server_is_for_new_calls_and_none_at_all_is_another_server()
    {
        using var files = new PemFiles();
        Office.Run(
            router =>
            {
                router.Type($"/certificate import file-name={files.Pair("office.pem", files.Office)} name=office");
                router.Type($"/certificate import file-name={files.Pair("authority.pem", files.Authority)} name=other");
                string anonymous = Assert.Single(Office.SessionIds(router));
                router.Type("/interface sstp-server server set certificate=office");
                Office.WaitForNewSession(router, anonymous);
                string session = Assert.Single(Office.SessionIds(router));

                router.Type("/interface sstp-server server set certificate=other");
                router.WaitForLog("sstp server: new calls see the new certificates, those that are up go on");
                Assert.Equal(session, Assert.Single(Office.SessionIds(router)));

                router.Type("/interface sstp-client disable sstp-out1; /interface sstp-client enable sstp-out1");
                Office.WaitForNewSession(router, session);
                Assert.Equal(
                    $"server-fingerprint: {Convert.ToHexStringLower(SHA256.HashData(files.Authority.RawData))}\n",
                    router.Type("/interface sstp-client pin sstp-out1"));
            });
    }

    [RootFact]
    public void A_stopped_router_leaves_nothing_in_the_kernel() => Office.Run(router =>
    {
        router.Stop();

        Assert.Equal(["lo"], router.Kernel.Links().Select(l => l.Name));
        Assert.Empty(router.Desk.Rows("ip/route"));
        Assert.Contains("sstp-out1: disconnected", router.Desk.Logged());
    });

    [RootFact]
    public void A_tunnel_whose_certificate_has_no_key_says_so_and_dials_when_the_key_arrives() => Office.Run(
        router =>
        {
            using var files = new PemFiles();
            string session = Assert.Single(Office.SessionIds(router));
            router.Type($"/certificate import file-name={files.Certificate("office.crt", files.Office)} name=office");
            Assert.Contains(
                "no key for certificate found (6)", router.Desk.Refused("/interface sstp-client set sstp-out1 certificate=office"));

            router.Type($"/certificate import file-name={files.Key("office.key", files.Office)}");
            router.Type("/interface sstp-server server set certificate=office");

            Office.WaitForNewSession(router, session);
            Row server = router.Desk.Rows("interface/sstp-server").Single();
            Assert.Contains("AES256-GCM", server.Text("encoding"));
        });
}
