using System.Net;
using System.Net.Sockets;
using SstpRouter.Linux;
using SstpRouter.Tests.Shared;
using SstpRouter.Tunnels.Client;
using SstpRouter.Tunnels.Server;
using SstpRouter.Tunnels.Tests.Support;

namespace SstpRouter.Tunnels.Tests.Life;

/// <summary>The path to the server goes and comes back, wholly or for some connections only.</summary>
public sealed class PathTests
{
    private static readonly BackOff Never = new() { First = 3_600_000, Cap = 3_600_000 };

    [RootFact]
    public void A_connection_whose_path_comes_back_is_kept()
    {
        using CableWire wire = new();
        Doorman doorman = new();
        wire.Office.Listen(doorman);
        SstpDialler dialler = Up(wire);
        wire.SendSteadily(Doorman.LocalAddress);
        wire.Cable.Cut();
        wire.Branch.Log.Await("nothing that was sent is acknowledged");
        Assert.True(dialler.State.IsRunning);

        wire.Cable.Mend();

        // An older kernel cannot hurry its retransmissions: the tunnel may be replaced there.
        bool mayBeReplaced = Environment.OSVersion.Version < new Version(6, 15);
        Await.True(
            () => wire.Branch.Log.Has("the connection has come back to life and is kept") || doorman.Admitted > 1,
            "the connection is kept or replaced",
            wire.Branch.Log);
        Assert.True(mayBeReplaced || !wire.Branch.Log.Has("terminating"), wire.Branch.Log.ToString());
    }

    [RootFact]
    public void A_connection_that_is_forgotten_on_the_way_is_replaced_once_something_is_to_be_sent()
    {
        using CableWire wire = new();
        Doorman doorman = new();
        wire.Office.Listen(doorman);
        SstpDialler dialler = Up(wire);
        Forget(wire, doorman);
        Thread.Sleep(3_200); // nothing is outstanding: that nothing happens needs time to be seen
        Assert.False(wire.Branch.Log.Has("nothing that was sent is acknowledged"), wire.Branch.Log.ToString());

        wire.SendSteadily(Doorman.LocalAddress);

        wire.Branch.Log.Await("sstp-out1: terminating... - peer is not responding");
        wire.Branch.Log.Await("192.168.62.2:443 can be reached, but this connection has brought nothing for more than");
        wire.Office.Log.Await("<sstp-MT-User-2>: connected");
        wire.Branch.AwaitUp(dialler);
        Assert.Equal([CableWire.Link, "sstp-out1"], wire.Branch.TunnelLinks);
    }

    [RootFact]
    public void Everything_goes_through_the_new_tunnel_and_its_own_packets_past_it()
    {
        using CableWire wire = new();
        Doorman doorman = new();
        wire.Office.Listen(doorman);
        IPAddress far = IPAddress.Parse("203.0.113.2");
        wire.Office.Routes.AddAddress(wire.Office.Routes.Link("lo")!.Index, far, 32);
        RouteSpec uplink = new() { Destination = IPNetwork.Parse("0.0.0.0/0"), Gateway = IPAddress.Parse(Wire.OfficeHost), Metric = 20 };
        wire.Branch.Routes.AddRoute(uplink);
        SstpDialler dialler = wire.Branch.Dial(Site.Dialling("203.0.113.2") with { AddDefaultRoute = true });
        wire.Branch.AwaitUp(dialler);
        wire.Office.Log.Await(": connected");
        Forget(wire, doorman);

        // The kernel drops the routes of an interface that goes down; a DHCP client brings back only its own.
        wire.Branch.Routes.SetLinkDown(wire.BranchLink);
        wire.Branch.Routes.SetLinkUp(wire.BranchLink);
        Assert.Equal(wire.Branch.Routes.Link("sstp-out1")!.Index, wire.Branch.Routes.Lookup(far)!.OutputInterface);
        wire.Branch.Routes.AddRoute(uplink);
        dialler.PathChanged(new PathChange(null));
        Await.True(() => wire.Branch.Routes.Lookup(far)!.OutputInterface == wire.BranchLink, "the way to the server is back", wire.Branch.Log);
        wire.SendSteadily(Doorman.LocalAddress);
        wire.Office.Log.Await("<sstp-MT-User-2>: connected");
        wire.Branch.AwaitUp(dialler);

        Assert.Equal(wire.BranchLink, wire.Branch.Routes.Lookup(far)!.OutputInterface);
        Assert.Equal(wire.Branch.Routes.Link("sstp-out1")!.Index, wire.Branch.Routes.Lookup(IPAddress.Parse("198.51.100.1"))!.OutputInterface);
        wire.Branch.Stop(dialler);
        Route left = Assert.Single(wire.Branch.Routes.Routes(AddressFamily.InterNetwork), route => route.Destination.Contains(far));
        Assert.Equal(20, left.Metric);
    }

    [RootFact]
    public void A_host_that_answers_without_a_server_ends_the_tunnel_too()
    {
        using CableWire wire = new();
        Doorman doorman = new();
        SstpListener listener = wire.Office.Listen(doorman);
        SstpDialler dialler = Up(wire);
        Forget(wire, doorman);
        _ = listener.Stop(); // the port is free at once; the good-bye to the forgotten call takes ten seconds

        wire.SendSteadily(Doorman.LocalAddress);

        wire.Branch.Log.Await("sstp-out1: terminating... - peer is not responding");
        wire.Branch.Log.Await("sstp-out1: terminating... - connection refused");
        Assert.False(dialler.State.IsRunning);
        Assert.DoesNotContain("sstp-out1", wire.Branch.TunnelLinks);
    }

    [RootFact]
    public void A_dialler_that_waits_is_there_as_soon_as_the_server_is()
    {
        using CableWire wire = new();
        SstpDialler dialler = wire.Branch.Dial(Site.Dialling(Wire.OfficeHost) with { BackOff = Never });
        wire.Branch.Log.Await("terminating... - connection refused");
        Assert.Equal(TunnelPhase.Waiting, dialler.State.Phase);

        wire.Office.Listen(new Doorman());

        wire.Branch.AwaitUp(dialler);
        Assert.Equal(2, wire.Branch.Log.Count("initializing"));
    }

    [RootFact]
    public void A_server_that_hangs_up_on_a_call_is_not_pressed()
    {
        using CableWire wire = new();
        wire.Office.Listen(new Doorman(), Site.Listening() with { MaximumUnauthenticated = 0, MaximumWaiting = 0 });
        SstpDialler dialler = wire.Branch.Dial(Site.Dialling(Wire.OfficeHost) with { BackOff = Never });
        wire.Branch.Log.Await("sstp-out1: disconnected");
        long carried = wire.Cable.Carried;
        dialler.PathChanged(new PathChange(null));

        Thread.Sleep(1_500); // that nothing happens needs time to be seen
        Assert.Equal(carried, wire.Cable.Carried);
        Assert.Equal(1, wire.Branch.Log.Count("initializing"));
    }

    [RootFact]
    public void An_address_that_is_gone_ends_the_tunnel_at_once_and_others_do_not()
    {
        using CableWire wire = new();
        Doorman doorman = new();
        wire.Office.Listen(doorman);
        SstpDialler dialler = Up(wire);
        dialler.PathChanged(new PathChange(new HashSet<IPAddress> { IPAddress.Loopback, CableWire.BranchAddress }));
        dialler.PathChanged(new PathChange(null));

        wire.Branch.Routes.DeleteAddress(wire.BranchLink, CableWire.BranchAddress, 24);
        wire.Branch.Routes.AddAddress(wire.BranchLink, IPAddress.Parse("192.168.62.7"), 24);
        dialler.PathChanged(new PathChange(new HashSet<IPAddress> { IPAddress.Loopback, IPAddress.Parse("192.168.62.7") }));

        wire.Branch.Log.Await("sstp-out1: terminating... - address changed");
        wire.Branch.Log.Await("192.168.62.1, which the connection to the server came from, is gone");
        wire.Office.Log.Await("<sstp-MT-User-2>: connected");
        Assert.Equal("192.168.62.7", doorman.ConnectedCalls.Last().Peer.Address.ToString());
        Assert.Equal(1, wire.Branch.Log.Count("address changed"));

        // Else the server says its good-bye to the old call for ten seconds.
        wire.Branch.Routes.AddAddress(wire.BranchLink, CableWire.BranchAddress, 24);
    }

    [RootTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void Stopping_while_a_connection_is_doubted_leaves_nothing_behind(bool reachable)
    {
        using CableWire wire = new();
        Doorman doorman = new();
        wire.Office.Listen(doorman);
        int sockets = Descriptors.Count("socket:");
        SstpDialler dialler = Up(wire);
        if (reachable)
        {
            Forget(wire, doorman);
        }
        else
        {
            wire.Cable.Cut();
        }

        wire.SendSteadily(Doorman.LocalAddress);
        wire.Branch.Log.Await("nothing that was sent is acknowledged");

        Task stopped = dialler.Stop();
        wire.Cable.Mend();
        Await.Done(stopped, "the dialler is down", wire.Branch.Log);

        Assert.Equal(TunnelPhase.Idle, dialler.State.Phase);
        Assert.DoesNotContain("sstp-out1", wire.Branch.TunnelLinks);
        wire.Office.Log.Await("<sstp-MT-User-1>: disconnected");
        Await.True(() => Descriptors.Count("socket:") <= sockets + 1, "only the test's own socket is left", wire.Branch.Log, wire.Office.Log);
    }

    private static SstpDialler Up(CableWire wire)
    {
        SstpDialler dialler = wire.Branch.Dial(Site.Dialling(Wire.OfficeHost));
        wire.Branch.AwaitUp(dialler);
        wire.Office.Log.Await(": connected");
        return dialler;
    }

    /// <summary>The way forgets the connection that stands now; others pass.</summary>
    private static void Forget(CableWire wire, Doorman doorman) =>
        wire.Cable.Be(new CableQuality { ForgottenPort = doorman.ConnectedCalls.Last().Peer.Port });
}
