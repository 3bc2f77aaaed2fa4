using System.Net;
using System.Text.RegularExpressions;
using SstpRouter.Linux;
using SstpRouter.Services.Tests.Routers;
using SstpRouter.Services.Tests.Support;

namespace SstpRouter.Services.Tests.Interfaces;

/// <summary>What the running system looks like through the prompt.</summary>
[Collection(OneAtATime.Name)]
public sealed partial class ScreenTests
{
    [RootFact]
    public void The_interfaces_of_a_router_with_a_tunnel() => Office.Run(
        router => Check(router, "interface-print", "/interface print"),
        "/interface sstp-client add name=spare connect-to=192.0.2.1 user=x disabled=yes comment=\"not in use\"",
        "/interface sstp-server add name=\"for bob\" user=bob");

    [RootFact]
    public void The_addresses_of_a_router_with_a_tunnel() => Office.Run(router => Check(router, "ip-address-print", "/ip address print"));

    [RootFact]
    public void The_routes_of_a_router() => Office.Run(router =>
    {
        router.PlugIn("ether1");
        router.Type("/ip address add address=192.168.62.2/24 interface=ether1");
        router.Kernel.SetLinkUp(router.Kernel.Link("ether1p")!.Index);
        router.Kernel.AddRoute(new RouteSpec
        {
            Destination = IPNetwork.Parse("172.16.0.0/12"),
            Gateway = IPAddress.Parse("192.168.62.1"),
            OutputInterface = router.Kernel.Link("ether1")!.Index,
            Metric = 5,
        });

        Check(router, "ip-route-print", "/ip route print");
        Check(router, "ip-route-print-detail", "/ip route print detail");
    });

    [RootFact]
    public void The_counters_of_a_tunnel_are_its_own_with_the_reasons_of_drops() => Office.Run(router =>
    {
        string table = router.Type("/interface print stats where type=sstp-in");
        Assert.Contains("TX-QUEUE-DROP", table);
        Assert.DoesNotContain("MALFORMED", table);
        string all = router.Type("/interface print stats-detail where type=sstp-in");
        Assert.Matches(
            @"(?s)rx-drop-malformed=0.+rx-drop-unexpected=0.+rx-drop-refused=0.+tx-drop-unsendable=0.+tx-drop-slowed=0.+rx-drop=0.+tx-queue-drop=\d+.+rx-error=0",
            all);
    });

    [RootFact]
    public void The_users_who_are_in() => Office.Run(router =>
    {
        Check(router, "ppp-active-print", "/ppp active print");
        Check(router, "sstp-server-print", "/interface sstp-server print");
    });

    [RootFact]
    public void Both_ends_of_a_tunnel_can_be_monitored() => Office.Run(
        router =>
        {
            Check(router, "sstp-server-monitor", "/interface sstp-server monitor \"<sstp-MT-User>\" once");
            Assert.Equal("status: waiting for call...\n", router.Type("/interface sstp-server monitor \"for bob\" once").TrimStart());
            Assert.Equal("connected\n", router.Type(":put ([/interface sstp-client monitor sstp-out1 once as-value]->\"status\")"));
            Assert.Equal("  status: connected\n", router.Type("/interface sstp-client monitor sstp-out1 once proplist=status"));
        },
        "/interface sstp-server add name=\"for bob\" user=bob");

    [RootFact]
    public void One_menu_switches_the_interfaces_of_all_kinds() => Office.Run(router =>
    {
        router.Type("/interface disable sstp-out1; /interface set sstp-out1 comment=\"not today\"");

        Assert.Equal("true", router.Get("/interface sstp-client", "sstp-out1", "disabled"));
        Assert.Contains(";;; not today\n", router.Type("/interface print"), StringComparison.Ordinal);
        Assert.Equal("failure: interface <lo> is of the system and can not be changed here", router.Desk.Refused("/interface disable lo"));
    });

    [RootFact]
    public void A_tunnel_of_any_name_stands_once_among_the_interfaces() => RunningRouter.Run(router =>
    {
        foreach (string name in (string[])["branch of the north", "büro@example.com", "日本", new string('a', 64)])
        {
            router.Type($"/interface sstp-client add name=\"{name}\" connect-to=192.0.2.1 user=x");
            Assert.Single(router.Desk.Rows("interface"), r => r.Text("name") == name);
            Assert.Contains(name, router.Type("/interface print detail where name~\"" + name + "\""));
        }
    });

    [RootFact]
    public void A_name_that_hardware_has_is_refused_to_a_tunnel() => RunningRouter.Run(router =>
    {
        router.PlugIn("ether1");

        Assert.Equal(
            "failure: already have interface with such name",
            router.Desk.Refused("/interface sstp-client add name=ether1 connect-to=192.0.2.1 user=x"));
    });

    private static void Check(RunningRouter router, string name, string command) =>
        GoldenScreen.Check(name, Mask(router.Type(command)));

    /// <summary>Times, addresses of hardware and the like become words of the same length where columns depend on it.</summary>
    private static string Mask(string screen) =>
        UptimePattern().Replace(LinkLocalPattern().Replace(MacPattern().Replace(screen, "MM:MM:MM:MM:MM:MM"), "fe80::x"), "1s");

    [GeneratedRegex("([0-9A-F]{2}:){5}[0-9A-F]{2}")]
    private static partial Regex MacPattern();

    [GeneratedRegex("fe80::[0-9a-f:]+")]
    private static partial Regex LinkLocalPattern();

    [GeneratedRegex(@"\b[0-9]s\b")]
    private static partial Regex UptimePattern();
}
