using SstpRouter.Lab.Tests.Harness;
using SstpRouter.Linux;
using SstpRouter.Tests.Shared;

namespace SstpRouter.Lab.Tests.Faults;

/// <summary>What the routers show while something is wrong with the network, and that traffic is back soon after it.</summary>
public sealed class FaultTests
{
    private const int SignalStop = 19; // signal(7)
    private const int SignalContinue = 18;

    /// <summary>In milliseconds, after the fault's end; usual are one or two seconds.</summary>
    private const long Promise = 10_000;

    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(3.3);

    [RootFact]
    public void A_short_silence_leaves_the_tunnel_up_and_one_session_after_it()
    {
        using var network = new FaultyNetwork();
        foreach (Fault fault in (Fault[])[Fault.CableCut, Fault.InterfaceDown, Fault.OutwardLost, Fault.InwardLost])
        {
            fault.Begin(network);
            Thread.Sleep(Outage);
            Assert.True(network.IsRunning && network.HasTunnelRoute, fault.Name); // the keepalive has not spoken yet
            fault.End(network);
            long mended = MonotonicClock.Milliseconds;
            Assert.InRange(network.Pings.WaitForAnswerSince(mended, network.Describe), 0, Promise);
            network.AwaitUp();
        }
    }

    [RootFact]
    public void A_server_that_lost_its_power_is_dialled_anew()
    {
        using var network = new FaultyNetwork();
        string session = Assert.Single(network.Sessions);

        Assert.InRange(Fault.PowerCut.Strike(network, Outage), 0, Promise);

        network.AwaitUp();
        Assert.NotEqual(session, Assert.Single(network.Sessions));
        Assert.Contains("sstp-out1: terminating...", string.Join('\n', network.Branch.LogOf("sstp-out1")));
    }

    [RootFact]
    public void A_server_that_was_killed_takes_the_flag_and_the_routes_away_until_it_is_back()
    {
        using var network = new FaultyNetwork();

        Fault.ServerKilled.Begin(network);

        network.Branch.Program.WaitForLine("sstp-out1: terminating... - hungup");
        network.Branch.Program.WaitForLine("sstp-out1: terminating... - connection refused");
        Assert.False(network.IsRunning || network.HasTunnelRoute, network.Describe());
        string monitor = network.Branch.Exec("/interface sstp-client monitor sstp-out1 once");
        Assert.DoesNotContain("uptime", monitor);
        Assert.DoesNotContain("local-address", monitor);
        Fault.ServerKilled.End(network);
        Assert.InRange(network.Pings.WaitForAnswerSince(MonotonicClock.Milliseconds, network.Describe), 0, Promise);
        network.AwaitUp();
        Assert.Contains("status: connected", network.Branch.Exec("/interface sstp-client monitor sstp-out1 once"));
    }

    [RootFact]
    public void Another_address_ends_the_tunnel_by_its_name_and_the_old_session_does_not_stand_in_the_way()
    {
        using var network = new FaultyNetwork();
        string session = Assert.Single(network.Sessions);

        Assert.InRange(Fault.AddressChanged.Strike(network, TimeSpan.FromSeconds(1)), 0, Promise);

        network.AwaitUp();
        Assert.NotEqual(session, Assert.Single(network.Sessions));
        Assert.Contains("sstp-out1: terminating... - address changed", network.Branch.LogOf("sstp-out1"));
        network.Hq.Program.WaitForLine("from-branch: terminating... - replaced");
        Assert.Equal(0, network.Hq.Program.Count("authentication failed"));
    }

    [RootFact]
    public void A_silence_longer_than_the_keepalive_gives_the_tunnel_up_until_the_path_is_back()
    {
        using var network = new FaultyNetwork(client: "keepalive-timeout=1");

        network.Cable.Cut();

        network.Branch.Program.WaitForLine("sstp-out1: terminating... - peer is not responding");
        network.Branch.Program.WaitForLine("sstp-out1: disconnected");
        Assert.False(network.IsRunning || network.HasTunnelRoute, network.Describe());
        Assert.DoesNotContain("sstp-out1", network.Branch.Host.KernelInterfaces());
        network.Cable.Mend();
        Assert.InRange(network.Pings.WaitForAnswerSince(MonotonicClock.Milliseconds, network.Describe), 0, Promise);
        network.AwaitUp();
    }

    [RootFact]
    public void A_slow_and_lossy_path_and_a_server_that_pauses_keep_their_session()
    {
        using var network = new FaultyNetwork();
        string session = Assert.Single(network.Sessions);
        foreach (CableQuality quality in (CableQuality[])
        [
            new() { Delay = TimeSpan.FromMilliseconds(40), Jitter = TimeSpan.FromMilliseconds(40), Loss = 0.1 },
            new() { Delay = TimeSpan.FromMilliseconds(400), Jitter = TimeSpan.FromMilliseconds(100), Loss = 0.05 },
            new() { Delay = TimeSpan.FromMilliseconds(20), Rate = 20_000, Queue = 50 },
        ])
        {
            network.Cable.Be(quality);
            long since = MonotonicClock.Milliseconds;
            Await.Until(() => network.Pings.AnswersSince(since) >= 25, () => $"{quality}: {network.Pings.AnswersSince(since)} answers\n{network.Describe()}");
        }

        network.Cable.Mend();
        network.Hq.Program.Signal(SignalStop);
        Thread.Sleep(Outage); // the pause is what is tested
        network.Hq.Program.Signal(SignalContinue);
        network.Pings.WaitForAnswerSince(MonotonicClock.Milliseconds, network.Describe);

        Assert.Equal(session, Assert.Single(network.Sessions));
        Assert.Equal(0, network.Branch.Program.Count("sstp-out1: terminating"));
        Assert.True(network.Cable.Lost > 0, "the cable lost nothing");
    }
}
