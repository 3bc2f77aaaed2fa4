using SstpRouter.Tunnels.Client;
using SstpRouter.Tunnels.Server;
using SstpRouter.Tunnels.Tests.Support;

namespace SstpRouter.Tunnels.Tests.Life;

/// <summary>How a tunnel that was up ends, what both sides say, and how it comes back.</summary>
public sealed class EndTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [RootFact]
    public void A_peer_that_falls_silent_is_found_out_by_the_keepalive_and_dialled_again()
    {
        using Wire wire = new();
        wire.Office.Listen(new Doorman(), Site.Listening() with { KeepaliveTimeout = Second });
        SstpDialler dialler = wire.Branch.Dial(Site.Dialling(Wire.OfficeHost) with { KeepaliveTimeout = Second });
        wire.Branch.AwaitUp(dialler);
        wire.Office.Log.Await("<sstp-MT-User-1>: connected");
        wire.Cut();
        wire.Branch.Log.Await("sstp-out1: terminating... - peer is not responding");
        wire.Office.Log.Await("<sstp-MT-User-1>: terminating... - peer is not responding");
        wire.Office.Log.Await("<sstp-MT-User-1>: disconnected");
        Assert.Empty(wire.Office.TunnelLinks);

        wire.Mend();
        wire.Branch.AwaitUp(dialler);
    }

    [RootFact]
    public void A_quiet_peer_that_answers_stays()
    {
        using Wire wire = new();
        wire.Office.Listen(new Doorman());
        SstpDialler dialler = wire.Branch.Dial(
            Site.Dialling(Wire.OfficeHost) with { KeepaliveTimeout = TimeSpan.FromMilliseconds(100) });
        wire.Branch.AwaitUp(dialler);
        wire.Branch.Log.Await("rcvd SSTP ECHO_RESPONSE", 8);

        Assert.True(wire.Branch.Log.Has("rcvd LCP EchoRep"), wire.Branch.Log.ToString());
        Assert.True(dialler.State.IsRunning);
        Assert.False(wire.Branch.Log.Has("terminating"));
    }

    [RootFact]
    public void A_server_that_restarts_is_dialled_again()
    {
        using Wire wire = new();
        SstpListener listener = wire.Office.Listen(new Doorman());
        SstpDialler dialler = wire.Branch.Dial(Site.Dialling(Wire.OfficeHost));
        wire.Branch.AwaitUp(dialler);
        wire.Office.Stop(listener);
        wire.Branch.Log.Await("sstp-out1: terminating... - disconnected");
        wire.Branch.Log.Await("sstp-out1: disconnected");
        Assert.Empty(wire.Office.TunnelLinks);

        // The port was free as soon as the first listener had stopped.
        wire.Office.Listen(new Doorman());
        wire.Branch.AwaitUp(dialler);
        Assert.False(wire.Branch.Log.Has("hungup"), wire.Branch.Log.ToString());
    }

    [RootFact]
    public void A_call_that_the_server_hangs_up_is_dialled_again()
    {
        using Wire wire = new();
        Doorman doorman = new();
        wire.Office.Listen(doorman);
        SstpDialler dialler = wire.Branch.Dial(Site.Dialling(Wire.OfficeHost));
        wire.Branch.AwaitUp(dialler);
        wire.Office.Log.Await("<sstp-MT-User-1>: connected");
        Assert.Single(doorman.ConnectedCalls).HangUp();
        wire.Branch.Log.Await("sstp-out1: terminating... - disconnected");
        wire.Office.Log.Await("<sstp-MT-User-2>: connected");
        wire.Branch.AwaitUp(dialler);

        Assert.Same(doorman.ConnectedCalls.First(), Assert.Single(doorman.EndedCalls));
        Assert.Equal(TunnelEnd.UserRequest, doorman.EndedCalls.First().End);
    }

    [RootTheory]
    [InlineData("sstp-out1")]
    [InlineData("sstp-in1")]
    public void An_interface_that_another_program_deletes_ends_the_tunnel_which_comes_back(string deleted)
    {
        using Wire wire = new();
        wire.Office.Listen(new Doorman());
        SstpDialler dialler = wire.Branch.Dial(Site.Dialling(Wire.OfficeHost));
        wire.Branch.AwaitUp(dialler);
        wire.Office.Log.Await("<sstp-MT-User-1>: connected");
        Site there = deleted == "sstp-out1" ? wire.Branch : wire.Office;
        Assert.True(there.Routes.DeleteLink(there.Routes.Link(deleted)!.Index));
        there.Log.Await("terminating... - could not add address: the interface was removed by another program");
        wire.Office.Log.Await("<sstp-MT-User-2>: connected");
        wire.Branch.AwaitUp(dialler);

        Assert.Equal(["sstp-out1"], wire.Branch.TunnelLinks);
    }

    [RootFact]
    public void An_interface_name_that_is_taken_is_named_and_tried_again()
    {
        using Wire wire = new();
        wire.Office.Listen(new Doorman());
        wire.Branch.Routes.AddVethPair("sstp-out1", "other");
        SstpDialler dialler = wire.Branch.Dial(Site.Dialling(Wire.OfficeHost));
        wire.Branch.Log.Await("terminating... - could not add address: ", 2);
        Assert.True(wire.Branch.Log.Has("an interface with that name exists"), wire.Branch.Log.ToString());

        wire.Branch.Routes.DeleteLink(wire.Branch.Routes.Link("other")!.Index);
        wire.Branch.AwaitUp(dialler);
    }

    [RootFact]
    public void The_session_timeout_ends_a_tunnel_however_busy()
    {
        using Wire wire = new();
        Doorman doorman = new() { Limits = new TunnelLimits { SessionTimeout = Second } };
        wire.Office.Listen(doorman);
        wire.Branch.AwaitUp(wire.Branch.Dial(Site.Dialling(Wire.OfficeHost)));
        wire.Office.Log.Await("<sstp-MT-User-1>: terminating... - session timeout");
        wire.Branch.Log.Await("sstp-out1: terminating... - disconnected");

        wire.Office.Log.Await("<sstp-MT-User-1>: disconnected");
        Assert.Equal(TunnelEnd.SessionTimeout, doorman.EndedCalls.First().End);
    }

    [RootFact]
    public void The_idle_timeout_ends_a_tunnel_without_traffic()
    {
        using Wire wire = new();
        wire.Office.Listen(new Doorman());
        SstpDialler dialler = wire.Branch.Dial(
            Site.Dialling(Wire.OfficeHost) with { Limits = new TunnelLimits { IdleTimeout = Second } });
        wire.Branch.AwaitUp(dialler);
        wire.Branch.Log.Await("sstp-out1: terminating... - idle timeout");
        wire.Branch.AwaitUp(dialler);
    }

    [RootFact]
    public void Stopping_while_it_waits_ends_it_at_once()
    {
        using Site site = new();
        SstpDialler dialler = site.Dial(Site.Dialling() with { BackOff = new BackOff { First = 3_600_000, Cap = 3_600_000 } });
        site.Log.Await("sstp-out1: disconnected");
        site.Stop(dialler);

        Assert.Equal(TunnelPhase.Idle, dialler.State.Phase);
        Assert.Equal(1, site.Log.Count("initializing"));
    }

    [RootFact]
    public void Stopping_twice_is_the_same_as_once()
    {
        using Site site = new();
        SstpListener listener = site.Listen(new Doorman());
        SstpDialler dialler = site.Dial();
        site.AwaitUp(dialler);
        Task[] ends = [dialler.Stop(), dialler.Stop()];
        Await.Done(Task.WhenAll(ends), "the dialler is down", site.Log);
        Await.Done(dialler.Stop(), "it stays so", site.Log);
        Await.Done(Task.WhenAll(listener.Stop(), listener.Stop()), "the listener is down", site.Log);

        Assert.Equal(1, site.Log.Count("sstp-out1: disconnected"));
    }
}
