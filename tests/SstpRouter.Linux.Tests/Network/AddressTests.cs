using System.Net;
using System.Net.Sockets;
using SstpRouter.Linux.Tests.Support;

namespace SstpRouter.Linux.Tests.Network;

public sealed class AddressTests
{
    private static readonly IPAddress Local = IPAddress.Parse("10.0.0.1");
    private static readonly IPAddress Peer = IPAddress.Parse("10.0.0.5");

    [RootFact]
    public void A_point_to_point_address_names_its_peer_and_routes_to_it_alone() => Sandbox.RunWithTun((tun, routes) =>
    {
        InterfaceAddress address = Assert.Single(routes.Addresses(), a => a.InterfaceIndex == tun.Index);
        Assert.Equal((Local, 32, Peer), (address.Address, address.PrefixLength, address.Peer));
        Assert.True(address.Flags.HasFlag(AddressFlags.Permanent));
        Route route = Assert.Single(
            routes.Routes(AddressFamily.InterNetwork), r => r.Table == RouteSpec.MainTable);
        Assert.Equal(IPNetwork.Parse("10.0.0.5/32"), route.Destination);
        Assert.Equal((Local, tun.Index, RouteProtocol.Kernel), (route.PreferredSource, route.OutputInterface, route.Protocol));
        Assert.Equal((RouteScope.Link, RouteType.Unicast), (route.Scope, route.Type));
    });

    [RootFact]
    public void A_deleted_address_takes_its_route_along() => Sandbox.RunWithTun((tun, routes) =>
    {
        Assert.True(routes.DeleteAddress(tun.Index, Local, 32, Peer));
        Assert.DoesNotContain(routes.Addresses(), a => a.InterfaceIndex == tun.Index);
        Assert.DoesNotContain(routes.Routes(AddressFamily.InterNetwork), r => r.Table == RouteSpec.MainTable);
        Assert.False(routes.DeleteAddress(tun.Index, Local, 32, Peer));
        Assert.False(routes.DeleteAddress(9999, Local, 32, Peer));
    });

    [RootFact]
    public void An_address_given_twice_is_refused() => Sandbox.RunWithTun((tun, routes) =>
    {
        LinuxException e = Assert.Throws<LinuxException>(() => routes.AddAddress(tun.Index, Local, 32, Peer));
        Assert.Equal(Errno.Exists, e.ErrorNumber);
        Assert.StartsWith(
            $"cannot add address 10.0.0.1 peer 10.0.0.5/32 to interface {tun.Index}: File exists",
            e.Message,
            StringComparison.Ordinal);
    });

    [RootFact]
    public void A_network_gets_its_broadcast_address() => Sandbox.Run(routes =>
    {
        routes.AddVethPair("left", "right");
        int left = routes.Link("left")!.Index;
        routes.AddAddress(left, IPAddress.Parse("192.168.1.130"), 25);
        routes.SetLinkUp(left);
        Assert.Contains(
            routes.Routes(AddressFamily.InterNetwork),
            r => r.Type == RouteType.Broadcast && r.Destination == IPNetwork.Parse("192.168.1.255/32"));
        InterfaceAddress address = Assert.Single(routes.Addresses(), a => a.InterfaceIndex == left && a.Peer is null
            && a.Address.AddressFamily == AddressFamily.InterNetwork);
        Assert.Equal(25, address.PrefixLength);
    });

    [RootFact]
    public void IPv6_addresses_work_with_and_without_a_peer() => Sandbox.Run(routes =>
    {
        using TunDevice tun = TunDevice.Create("tun0");
        routes.AddAddress(tun.Index, IPAddress.Parse("fd00::1"), 64, flags: AddressFlags.NoDuplicateDetection);
        routes.AddAddress(tun.Index, IPAddress.Parse("fd01::1"), 128, IPAddress.Parse("fd01::5"));
        routes.SetLinkUp(tun.Index);
        Assert.Contains(
            routes.Addresses(),
            a => a.Address.Equals(IPAddress.Parse("fd00::1")) && a.PrefixLength == 64 && a.Peer is null
                && a.Flags.HasFlag(AddressFlags.NoDuplicateDetection));
        Assert.Contains(
            routes.Addresses(),
            a => a.Address.Equals(IPAddress.Parse("fd01::1")) && IPAddress.Parse("fd01::5").Equals(a.Peer));
        Assert.True(routes.DeleteAddress(tun.Index, IPAddress.Parse("fd00::1"), 64));
    });

    [Fact]
    public void Arguments_out_of_range_never_reach_the_kernel()
    {
        using RouteSocket routes = new();
        Assert.Throws<ArgumentOutOfRangeException>(() => routes.AddAddress(1, Local, 33));
        Assert.Throws<ArgumentOutOfRangeException>(() => routes.AddAddress(1, Local, -1));
        Assert.Throws<ArgumentException>(() => routes.AddAddress(1, Local, 32, IPAddress.IPv6Loopback));
    }
}
