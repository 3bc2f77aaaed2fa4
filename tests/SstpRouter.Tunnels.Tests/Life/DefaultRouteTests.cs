using System.Net;
using System.Net.Sockets;
using SstpRouter.Linux;
using SstpRouter.Tunnels.Client;
using SstpRouter.Tunnels.Tests.Support;

namespace SstpRouter.Tunnels.Tests.Life;

/// <summary>All traffic goes through the tunnel, except the tunnel's own.</summary>
public sealed class DefaultRouteTests
{
    private const string FarHost = "203.0.113.2";
    private static readonly IPAddress Far = IPAddress.Parse(FarHost);
    private static readonly IPNetwork Everywhere = IPNetwork.Parse("0.0.0.0/0");
    private static readonly IPAddress Elsewhere = IPAddress.Parse("198.51.100.1");

    private static readonly DialOptions Dialling = Site.Dialling(FarHost) with { AddDefaultRoute = true };

    [RootFact]
    public void Everything_but_the_tunnel_itself_goes_through_it_and_nothing_stays_behind()
    {
        using Wire wire = Gateway();
        wire.Office.Listen(new Doorman());
        SstpDialler dialler = wire.Branch.Dial(Dialling);
        wire.Branch.AwaitUp(dialler);

        Assert.Equal(Tunnel(wire), wire.Branch.Routes.Lookup(Elsewhere)!.OutputInterface);
        Assert.Equal(wire.BranchLink, wire.Branch.Routes.Lookup(Far)!.OutputInterface);
        RouteSpec own = Assert.Single(MainRoutes(wire.Branch), route => route.Destination == new IPNetwork(Far, 32));
        Assert.Equal(IPAddress.Parse(Wire.OfficeHost), own.Gateway);
        Assert.Single(MainRoutes(wire.Branch), route => route.Destination == Everywhere && route.Metric == 1);

        wire.Branch.Stop(dialler);

        RouteSpec left = Assert.Single(MainRoutes(wire.Branch), route => route.Destination == Everywhere);
        Assert.Equal(20, left.Metric);
        Assert.DoesNotContain(MainRoutes(wire.Branch), route => route.Destination == new IPNetwork(Far, 32));
    }

    [RootFact]
    public void The_good_bye_still_finds_its_way_to_the_server()
    {
        using Wire wire = Gateway();
        wire.Office.Listen(new Doorman());
        SstpDialler dialler = wire.Branch.Dial(Dialling);
        wire.Branch.AwaitUp(dialler);
        wire.Office.Log.Await("<sstp-MT-User-1>: connected");
        wire.Branch.Stop(dialler);

        wire.Office.Log.Await("<sstp-MT-User-1>: terminating... - disconnected");
        Assert.True(wire.Branch.Log.Has("rcvd SSTP CALL_DISCONNECT_ACK"), wire.Branch.Log.ToString());
    }

    [RootFact]
    public void An_uplink_without_a_gateway_keeps_the_tunnel_out_of_itself_too()
    {
        using Wire wire = Gateway();
        Assert.True(wire.Branch.Routes.DeleteRoute(new RouteSpec { Destination = Everywhere }));
        wire.Branch.Routes.AddRoute(new RouteSpec { Destination = Everywhere, OutputInterface = wire.BranchLink, Metric = 20 });
        wire.Office.Space.Run(() => Site.SetSysctl("net/ipv4/conf/wire/proxy_arp", "1"));
        wire.Office.Listen(new Doorman());
        SstpDialler dialler = wire.Branch.Dial(Dialling with { KeepaliveTimeout = TimeSpan.FromMilliseconds(100) });
        wire.Branch.AwaitUp(dialler);

        Assert.Equal(wire.BranchLink, wire.Branch.Routes.Lookup(Far)!.OutputInterface);
        wire.Branch.Log.Await("rcvd SSTP ECHO_RESPONSE", 3);
        Assert.True(dialler.State.IsRunning);
    }

    [RootFact]
    public void A_server_on_the_link_needs_no_route_of_its_own()
    {
        using Wire wire = new();
        wire.Office.Listen(new Doorman());
        SstpDialler dialler = wire.Branch.Dial(Site.Dialling(Wire.OfficeHost) with { AddDefaultRoute = true });
        wire.Branch.AwaitUp(dialler);

        Assert.Equal(wire.BranchLink, wire.Branch.Routes.Lookup(IPAddress.Parse(Wire.OfficeHost))!.OutputInterface);
        Assert.DoesNotContain(
            MainRoutes(wire.Branch), route => route.Destination == new IPNetwork(IPAddress.Parse(Wire.OfficeHost), 32));
    }

    [RootFact]
    public void A_default_route_of_the_same_distance_is_left_alone_and_named()
    {
        using Wire wire = Gateway();
        wire.Office.Listen(new Doorman());
        SstpDialler dialler = wire.Branch.Dial(Dialling with { DefaultRouteDistance = 20 });
        wire.Branch.AwaitUp(dialler);

        wire.Branch.Log.Await("sstp-out1: could not add default route");
        Assert.Equal(wire.BranchLink, wire.Branch.Routes.Lookup(Elsewhere)!.OutputInterface);
    }

    [RootFact]
    public void A_host_route_that_the_user_set_stays_the_users()
    {
        using Wire wire = Gateway();
        RouteSpec users = new() { Destination = new IPNetwork(Far, 32), Gateway = IPAddress.Parse(Wire.OfficeHost) };
        wire.Branch.Routes.AddRoute(users);
        wire.Office.Listen(new Doorman());
        SstpDialler dialler = wire.Branch.Dial(Dialling);
        wire.Branch.AwaitUp(dialler);
        wire.Branch.Stop(dialler);

        Assert.Single(MainRoutes(wire.Branch), route => route.Destination == users.Destination);
    }

    [RootFact]
    public void Two_tunnels_to_one_server_share_the_way_to_it()
    {
        using Wire wire = Gateway();
        wire.Office.Listen(new Doorman());
        SstpDialler first = wire.Branch.Dial(Dialling);
        wire.Branch.AwaitUp(first);
        SstpDialler second = wire.Branch.Dial(Dialling with
        {
            Interface = new InterfaceName("sstp-out2", "sstp-out2", null),
            DefaultRouteDistance = 2,
        });
        wire.Branch.AwaitUp(second);
        wire.Branch.Stop(first);

        Assert.Equal(wire.BranchLink, wire.Branch.Routes.Lookup(Far)!.OutputInterface);
        wire.Branch.Stop(second);

        Assert.DoesNotContain(MainRoutes(wire.Branch), route => route.Destination == new IPNetwork(Far, 32));
    }

    /// <summary>The server stands behind a gateway; the way there is the default route.</summary>
    private static Wire Gateway()
    {
        Wire wire = new();
        wire.Office.Routes.AddAddress(wire.Office.Routes.Link("lo")!.Index, Far, 32);
        wire.Branch.Routes.AddRoute(
            new RouteSpec { Destination = Everywhere, Gateway = IPAddress.Parse(Wire.OfficeHost), Metric = 20 });
        return wire;
    }

    private static int Tunnel(Wire wire) => wire.Branch.Routes.Link("sstp-out1")!.Index;

    private static IEnumerable<Route> MainRoutes(Site site) =>
        site.Routes.Routes(AddressFamily.InterNetwork).Where(route => route.Table == RouteSpec.MainTable);
}
