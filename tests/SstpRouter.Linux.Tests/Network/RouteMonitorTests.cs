using System.Net;
using SstpRouter.Linux.Tests.Support;

namespace SstpRouter.Linux.Tests.Network;

public sealed class RouteMonitorTests
{
    private static readonly IPAddress Local = IPAddress.Parse("10.0.0.1");
    private static readonly IPAddress Peer = IPAddress.Parse("10.0.0.5");
    private static readonly IPNetwork Lan = IPNetwork.Parse("172.16.0.0/12");

    [RootFact]
    public void A_quiet_network_has_no_events() => Sandbox.Run(() =>
    {
        using RouteMonitor monitor = new();
        Assert.False(monitor.TryRead(out RouteEvent? change));
        Assert.Null(change);
    });

    [RootFact]
    public void The_life_of_an_interface_is_told_in_order() => Sandbox.Run(routes =>
    {
        using RouteMonitor monitor = new();
        int index;
        using (TunDevice tun = TunDevice.Create("tun0"))
        {
            index = tun.Index;
            Link made = Next<RouteEvent.LinkChanged>(monitor).Link;
            Assert.Equal(("tun0", index, false), (made.Name, made.Index, made.IsUp));
            routes.AddAddress(index, Local, 32, Peer);
            InterfaceAddress added = Next<RouteEvent.AddressChanged>(monitor).Address;
            Assert.Equal((index, Local, Peer), (added.InterfaceIndex, added.Address, added.Peer));
            routes.SetLinkUp(index);
            Assert.True(Next<RouteEvent.LinkChanged>(monitor, e => e.Link.IsUp).Link.Index == index);
            routes.AddRoute(new RouteSpec { Destination = Lan, Gateway = Peer });
            Route route = Next<RouteEvent.RouteChanged>(monitor, e => e.Route.Destination == Lan).Route;
            Assert.Equal((Peer, index), (route.Gateway, route.OutputInterface));
            Assert.True(routes.DeleteRoute(route));
            Assert.Equal(Lan, Next<RouteEvent.RouteRemoved>(monitor).Route.Destination);
            Assert.True(routes.DeleteAddress(index, Local, 32, Peer));
            Assert.Equal(Local, Next<RouteEvent.AddressRemoved>(
                monitor, e => e.Address.Address.Equals(Local)).Address.Address);
        }

        Assert.Equal(index, Next<RouteEvent.LinkRemoved>(monitor).Link.Index);
    });

    [RootFact]
    public void Events_of_another_namespace_are_not_told() => Sandbox.Run(() =>
    {
        using RouteMonitor monitor = new();
        Sandbox.RunWithTun((_, _) => { });
        Assert.False(monitor.TryRead(out _));
    });

    [RootFact]
    public void Lost_events_are_told_and_watching_goes_on() => Sandbox.RunWithTun((tun, routes) =>
    {
        using RouteMonitor monitor = new(queue: 1);
        for (int i = 0; i < 256; i++)
        {
            routes.AddRoute(new RouteSpec
            {
                Destination = new IPNetwork(new IPAddress([100, 64, 0, (byte)i]), 32),
                OutputInterface = tun.Index,
            });
        }

        _ = Next<RouteEvent.ResyncNeeded>(monitor);
        while (monitor.TryRead(out _))
        {
        }

        routes.AddRoute(new RouteSpec { Destination = Lan, Gateway = Peer });
        _ = Next<RouteEvent.RouteChanged>(monitor, e => e.Route.Destination == Lan);
    });

    private static T Next<T>(RouteMonitor monitor, Func<T, bool>? wanted = null)
        where T : RouteEvent
    {
        while (true)
        {
            while (monitor.TryRead(out RouteEvent? change))
            {
                if (change is T found && wanted?.Invoke(found) != false)
                {
                    return found;
                }
            }

            _ = Sandbox.Await(monitor.Descriptor, EpollEvents.Readable);
        }
    }
}
