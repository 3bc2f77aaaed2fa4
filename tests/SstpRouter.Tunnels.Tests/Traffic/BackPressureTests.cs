using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using SstpRouter.Tunnels.Data;
using SstpRouter.Tunnels.Server;
using SstpRouter.Tunnels.Tests.Support;
using SstpRouter.Tunnels.Workers;

namespace SstpRouter.Tunnels.Tests.Traffic;

/// <summary>A peer that stops reading its socket, and begins again.</summary>
public sealed class BackPressureTests
{
    private const int BulkPort = 9;
    private const int ProbePort = 10;

    [RootFact]
    public void A_peer_that_does_not_read_costs_a_bounded_queue_and_the_small_flow_comes_first_when_it_reads_again()
    {
        using Site site = new();
        Doorman doorman = new();
        SstpListener listener = site.Listen(doorman, Site.Listening() with { KeepaliveTimeout = null });
        using ScriptedCaller caller = new(site);
        caller.Start();
        caller.Run(() => caller.HasAddress && !doorman.ConnectedCalls.IsEmpty, "the tunnel is up", site.Log);
        TunnelCounters counters = doorman.ConnectedCalls.First().Counters;
        TunnelWorker worker = site.Workers.Next();

        // The caller reads nothing from here on: its socket fills, then ours, then the queue.
        using Socket bulk = site.Open(SocketType.Dgram, ProtocolType.Udp);
        byte[] datagram = new byte[1_200];
        int most = 0;
        Await.True(
            () =>
            {
                Enumerable.Range(0, 100).ToList().ForEach(_ => bulk.SendTo(datagram, new IPEndPoint(Doorman.RemoteAddress(1), BulkPort)));
                worker.Invoke(() => most = Math.Max(most, worker.InUse.Queues));
                return counters.Dropped(PacketDrop.Overflow) > 3_000;
            },
            () => $"the queue overflows: {counters.PacketsOut} packets out",
            site.Log);
        Assert.InRange(most, 2, FairQueue.MaximumChunks + 1);

        // The small flow's packets come last, and none of them is lost while more of the bulk flow comes.
        using Socket probe = site.Open(SocketType.Dgram, ProtocolType.Udp);
        for (byte i = 0; i < 20; i++)
        {
            AwaitRead(worker);
            probe.SendTo([i], new IPEndPoint(Doorman.RemoteAddress(1), ProbePort));
            Enumerable.Range(0, 50).ToList().ForEach(_ => bulk.SendTo(datagram, new IPEndPoint(Doorman.RemoteAddress(1), BulkPort)));
        }

        long sent = counters.PacketsOut;
        Assert.Equal(0, counters.DroppedOut);
        worker.Invoke(() => Assert.InRange(worker.InUse.Queues, 2, FairQueue.MaximumChunks + 1));
        Assert.Equal(sent, counters.PacketsOut);

        // It reads again.
        List<int> ports = [];
        List<byte> probes = [];
        caller.PacketReceived = packet =>
        {
            int port = BinaryPrimitives.ReadUInt16BigEndian(packet.AsSpan(22));
            ports.Add(port);
            if (port == ProbePort)
            {
                probes.Add(packet[28]);
            }
        };
        caller.Run(() => probes.Count == 20 && Queues(worker) == 0, () => $"all that waited arrives: {ports.Count} packets, {probes.Count} of the small flow, {Queues(worker)} still taken, {counters.Dropped(PacketDrop.Slowed)} slowed, {counters.Dropped(PacketDrop.Overflow)} over, {counters.DroppedOut}+{counters.DroppedIn} dropped, {counters.PacketsOut} out ({sent} before)", site.Log);
        Assert.Equal(Enumerable.Range(0, 20).Select(i => (byte)i), probes);
        int lastProbe = ports.LastIndexOf(ProbePort);
        int bulkBehind = ports.Count - 1 - lastProbe;
        Assert.True(bulkBehind > 100, $"{bulkBehind} packets of the bulk flow came after the last of the small one, of {ports.Count}");

        // And traffic goes on.
        probe.SendTo([99], new IPEndPoint(Doorman.RemoteAddress(1), ProbePort));
        caller.Run(() => probes.Contains(99), "a packet passes", site.Log);
        Await.Done(listener.Stop(), "the tunnel is down", site.Log);
        worker.Invoke(() => Assert.Equal((0, 0), (worker.InUse.Ciphertexts, worker.InUse.Queues)));
    }

    /// <summary>Waits until the worker has taken what the kernel had: its queue of 500 packets drops whatever comes when it is full.</summary>
    private static void AwaitRead(TunnelWorker worker)
    {
        for (int turn = 0; turn < 10; turn++)
        {
            worker.Invoke(static () => { });
        }
    }

    private static int Queues(TunnelWorker worker)
    {
        int queues = 0;
        worker.Invoke(() => queues = worker.InUse.Queues);
        return queues;
    }

    [RootFact]
    public void Malformed_packets_of_a_peer_reach_nobody_and_are_counted()
    {
        using Site site = new();
        Doorman doorman = new();
        site.Listen(doorman);
        using ScriptedCaller caller = new(site);
        caller.Start();
        caller.Run(() => caller.HasAddress && !doorman.ConnectedCalls.IsEmpty, "the tunnel is up", site.Log);
        TunnelCounters counters = doorman.ConnectedCalls.First().Counters;
        byte[] sound = TcpPacket.Make(ipv6: false, 0x10, []);
        byte[] longer = [.. sound];
        longer[3]++;
        byte[] headless = [.. sound];
        headless[0] = 0x41;

        Array.ForEach([[], [0x45], sound[..^1], longer, headless, TcpPacket.Make(ipv6: true, 0x10, [])], p => caller.SendPacket(p));
        caller.SendPacket(sound);

        Await.True(() => counters.PacketsIn == 1, "the sound one is in", site.Log);
        Assert.Equal((6, 6), (counters.Dropped(PacketDrop.Malformed), counters.DroppedIn));
        Assert.Equal(sound.Length, counters.BytesIn);
    }
}
