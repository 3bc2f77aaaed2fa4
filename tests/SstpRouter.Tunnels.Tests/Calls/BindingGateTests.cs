using SstpRouter.Tunnels.Tests.Support;

namespace SstpRouter.Tunnels.Tests.Calls;

/// <summary>Before the crypto binding is verified, a right password alone opens nothing. [MS-SSTP] 3.3.7.2</summary>
public sealed class BindingGateTests
{
    [RootFact]
    public void Data_never_passes_before_the_binding_and_the_deadline_ends_it()
    {
        using Site site = new();
        Doorman doorman = new();
        site.Listen(doorman, Site.Listening() with { LoginDeadline = TimeSpan.FromSeconds(4) });
        using ScriptedCaller caller = new(site) { KeepsBindingToHimself = true };
        caller.Start();
        caller.Run(() => caller.IsAuthenticated, "the password is accepted", site.Log);
        caller.Run(
            () =>
            {
                caller.SendPacket(TcpPacket.Make(ipv6: false, 0x02, []));
                Assert.Empty(site.TunnelLinks);
                return caller.IsClosed;
            },
            "the server closes",
            site.Log);
        site.Log.Await("<sstp-MT-User-1>: disconnected");

        Assert.Equal(1, doorman.Admitted);
        Assert.Empty(doorman.LoggedInCalls);
        Assert.Empty(doorman.ConnectedCalls);
        Assert.Equal("timed-out", Assert.Single(doorman.EndedCalls).End!.Name);
        Assert.Equal(0, doorman.EndedCalls.First().Counters.PacketsIn);
        Assert.True(site.Log.Has("did not log in within 4 s"));
        Assert.False(site.Log.Has(": authenticated"));
    }

    [RootFact]
    public void The_same_caller_with_the_binding_comes_up()
    {
        using Site site = new();
        Doorman doorman = new();
        site.Listen(doorman);
        using ScriptedCaller caller = new(site);
        caller.Start();
        caller.Run(() => caller.HasAddress && !doorman.ConnectedCalls.IsEmpty, "the tunnel is up", site.Log);

        Assert.Equal([Doorman.KernelName(1)], site.TunnelLinks);
        caller.SendPacket(TcpPacket.Make(ipv6: false, 0x02, []));
        Await.True(() => doorman.ConnectedCalls.First().Counters.PacketsIn == 1, "the packet is in", site.Log);
    }

    [RootFact]
    public void A_packet_of_another_version_than_its_protocol_says_is_dropped()
    {
        using Site site = new();
        Doorman doorman = new();
        site.Listen(doorman);
        using ScriptedCaller caller = new(site);
        caller.Start();
        caller.Run(() => caller.HasAddress && !doorman.ConnectedCalls.IsEmpty, "the tunnel is up", site.Log);
        caller.SendPacket(TcpPacket.Make(ipv6: true, 0x02, []));
        caller.SendPacket([]);
        Await.True(() => doorman.ConnectedCalls.First().Counters.DroppedIn == 2, "both are dropped", site.Log);

        Assert.Equal(0, doorman.ConnectedCalls.First().Counters.PacketsIn);
    }
}
