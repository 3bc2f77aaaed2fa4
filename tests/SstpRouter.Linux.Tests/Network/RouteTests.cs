using System.Net;
using System.Net.Sockets;
using SstpRouter.Linux.Tests.Support;

namespace SstpRouter.Linux.Tests.Network;

public sealed class RouteTests
{
    private static readonly IPNetwork Default = IPNetwork.Parse("0.0.0.0/0");
    private static readonly IPNetwork Lan = IPNetwork.Parse("172.16.0.0/12");
    private static readonly IPAddress Gateway = IPAddress.Parse("10.0.0.5");

    [RootFact]
    public void A_route_by_a_gateway_is_added_listed_and_deleted() => Sandbox.RunWithTun((tun, routes) =>
    {
        RouteSpec spec = new() { Destination = Default, Gateway = Gateway, Metric = 5 };
        routes.AddRoute(spec);
        Route route = Only(routes, Default);
        Assert.Equal((Gateway, tun.Index, 5), (route.Gateway, route.OutputInterface, route.Metric));
        Assert.Equal(
            (RouteSpec.MainTable, RouteProtocol.Static, RouteScope.Universe), (route.Table, route.Protocol, route.Scope));
        Assert.True(routes.DeleteRoute(spec));
        Assert.DoesNotContain(routes.Routes(AddressFamily.InterNetwork), r => r.Destination == Default);
        Assert.False(routes.DeleteRoute(spec));
    });

    [RootFact]
    public void A_route_by_an_interface_alone_is_on_the_link() => Sandbox.RunWithTun((tun, routes) =>
    {
        routes.AddRoute(new RouteSpec { Destination = Default, OutputInterface = tun.Index });
        Route route = Only(routes, Default);
        Assert.Equal((null, RouteScope.Link), (route.Gateway, route.Scope));
    });

    [RootFact]
    public void A_route_added_twice_is_refused_and_replacing_takes_its_place() => Sandbox.RunWithTun((tun, routes) =>
    {
        routes.AddRoute(new RouteSpec { Destination = Lan, OutputInterface = tun.Index });
        RouteSpec better = new() { Destination = Lan, Gateway = Gateway };
        LinuxException e = Assert.Throws<LinuxException>(() => routes.AddRoute(better));
        Assert.StartsWith(
            "cannot add route 172.16.0.0/12 via 10.0.0.5: File exists", e.Message, StringComparison.Ordinal);
        routes.ReplaceRoute(better);
        routes.ReplaceRoute(better);
        Assert.Equal(Gateway, Only(routes, Lan).Gateway);
    });

    [RootFact]
    public void A_preferred_route_comes_before_older_ones_and_leaves_them_in_reserve() => Sandbox.RunWithTun((tun, routes) =>
    {
        using TunDevice second = TunDevice.Create("tun-second");
        routes.SetLinkUp(second.Index);
        routes.AddRoute(new RouteSpec { Destination = Lan, OutputInterface = tun.Index });
        RouteSpec newer = new() { Destination = Lan, OutputInterface = second.Index };
        IPAddress inside = IPAddress.Parse("172.16.0.1");
        routes.PreferRoute(newer);
        routes.PreferRoute(newer);

        Assert.Equal(second.Index, routes.Lookup(inside)!.OutputInterface);
        Assert.Equal(2, routes.Routes(AddressFamily.InterNetwork).Count(r => r.Destination == Lan));
        Assert.True(routes.DeleteRoute(newer));
        Assert.Equal(tun.Index, routes.Lookup(inside)!.OutputInterface);
    });

    [RootFact]
    public void Deleting_leaves_the_routes_of_other_makers_alone() => Sandbox.RunWithTun((tun, routes) =>
    {
        IPNetwork connected = IPNetwork.Parse("10.0.0.5/32");
        Assert.False(routes.DeleteRoute(new RouteSpec { Destination = connected }));
        Assert.Equal(RouteProtocol.Kernel, Only(routes, connected).Protocol);
        Assert.True(routes.DeleteRoute(
            new RouteSpec { Destination = connected, Protocol = RouteProtocol.Unspecified }));
    });

    [RootFact]
    public void What_is_listed_can_be_deleted_as_it_is() => Sandbox.RunWithTun((tun, routes) =>
    {
        routes.AddRoute(new RouteSpec
        {
            Destination = Lan,
            Gateway = Gateway,
            PreferredSource = IPAddress.Parse("10.0.0.1"),
            Metric = 7,
            Protocol = (RouteProtocol)200,
        });
        Route route = Only(routes, Lan);
        Assert.Equal((RouteProtocol)200, route.Protocol);
        Assert.True(routes.DeleteRoute(route));
    });

    [RootFact]
    public void A_table_of_any_number_holds_routes_that_the_main_one_does_not_see() => Sandbox.RunWithTun((tun, routes) =>
    {
        routes.AddRoute(new RouteSpec { Destination = Lan, OutputInterface = tun.Index, Table = 100_000 });
        Assert.Equal(100_000, Only(routes, Lan).Table);
        Assert.Null(routes.Lookup(IPAddress.Parse("172.16.0.1")));
    });

    [RootFact]
    public void A_gateway_that_cannot_be_reached_is_refused_in_the_kernels_words() => Sandbox.RunWithTun((tun, routes) =>
    {
        RouteSpec spec = new() { Destination = Lan, Gateway = IPAddress.Parse("192.0.2.1") };
        LinuxException e = Assert.Throws<LinuxException>(() => routes.AddRoute(spec));
        Assert.Equal(
            "cannot add route 172.16.0.0/12 via 192.0.2.1: Network is unreachable; Nexthop has invalid gateway",
            e.Message);
        routes.AddRoute(spec with { OutputInterface = tun.Index, OnLink = true });
        Assert.False(Only(routes, Lan).IsCloned);
    });

    [RootFact]
    public void A_lookup_tells_gateway_interface_and_source() => Sandbox.RunWithTun((tun, routes) =>
    {
        routes.AddRoute(new RouteSpec { Destination = Default, Gateway = Gateway });
        Route? far = routes.Lookup(IPAddress.Parse("198.51.100.7"));
        Assert.Equal(
            (Gateway, tun.Index, IPAddress.Parse("10.0.0.1")), (far!.Gateway, far.OutputInterface, far.PreferredSource));
        Route? near = routes.Lookup(Gateway);
        Assert.Equal((null, tun.Index), (near!.Gateway, near.OutputInterface));
        Assert.Equal(RouteType.Local, routes.Lookup(IPAddress.Parse("10.0.0.1"))!.Type);
    });

    [RootFact]
    public void A_lookup_without_a_way_finds_nothing() => Sandbox.Run(routes =>
    {
        Assert.Null(routes.Lookup(IPAddress.Parse("198.51.100.7")));
        Assert.Null(routes.Lookup(IPAddress.Parse("2001:db8::7")));
        foreach (RouteType type in new[] { RouteType.Blackhole, RouteType.Unreachable, RouteType.Prohibit })
        {
            routes.ReplaceRoute(new RouteSpec { Destination = Default, Type = type });
            Assert.Equal(type, Only(routes, Default).Type);
            Assert.Null(routes.Lookup(IPAddress.Parse("198.51.100.7")));
        }
    });

    [RootFact]
    public void IPv6_routes_work_alike() => Sandbox.Run(routes =>
    {
        using TunDevice tun = TunDevice.Create("tun0");
        routes.AddAddress(tun.Index, IPAddress.Parse("fd00::1"), 64);
        routes.SetLinkUp(tun.Index);
        IPNetwork destination = IPNetwork.Parse("2001:db8::/32");
        RouteSpec spec = new() { Destination = destination, Gateway = IPAddress.Parse("fd00::5"), OutputInterface = tun.Index };
        routes.AddRoute(spec);
        Route route = Assert.Single(routes.Routes(AddressFamily.InterNetworkV6), r => r.Destination == destination);
        Assert.Equal((IPAddress.Parse("fd00::5"), 1024), (route.Gateway, route.Metric));
        Route? found = routes.Lookup(IPAddress.Parse("2001:db8::99"));
        Assert.Equal((IPAddress.Parse("fd00::5"), tun.Index), (found!.Gateway, found.OutputInterface));
        Assert.True(routes.DeleteRoute(spec));
        Assert.Null(routes.Lookup(IPAddress.Parse("2001:db8::99")));
    });

    [RootFact]
    public void An_IPv4_route_may_have_an_IPv6_gateway() => Sandbox.Run(routes =>
    {
        using TunDevice tun = TunDevice.Create("tun0");
        routes.AddAddress(tun.Index, IPAddress.Parse("fd00::1"), 64);
        routes.SetLinkUp(tun.Index);
        routes.AddRoute(new RouteSpec
        {
            Destination = Lan,
            Gateway = IPAddress.Parse("fd00::5"),
            OutputInterface = tun.Index,
        });
        Assert.Equal(IPAddress.Parse("fd00::5"), Only(routes, Lan).Gateway);
    });

    [RootFact]
    public void Many_routes_are_all_listed() => Sandbox.RunWithTun((tun, routes) =>
    {
        for (int i = 0; i < 2000; i++)
        {
            routes.AddRoute(new RouteSpec
            {
                Destination = new IPNetwork(new IPAddress([100, 64, (byte)(i / 256), (byte)i]), 32),
                OutputInterface = tun.Index,
            });
        }

        Assert.Equal(2000, routes.Routes(AddressFamily.InterNetwork).Count(r => r.Protocol == RouteProtocol.Static));
    });

    private static Route Only(RouteSocket routes, IPNetwork destination) =>
        Assert.Single(routes.Routes(AddressFamily.InterNetwork), r => r.Destination == destination);
}
