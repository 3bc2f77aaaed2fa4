using System.Net;
using System.Net.Sockets;
using SstpRouter.Tunnels.Data;
using SstpRouter.Tunnels.Tests.Support;
using SstpRouter.Tunnels.Workers;

namespace SstpRouter.Tunnels.Tests.Traffic;

/// <summary>Packets between the TUN device and TLS.</summary>
public sealed class FastPathTests
{
    private const int Port = 7000;
    private const int Packets = 10_000;

    /// <summary>The runtime's own, for a measurement: far below one byte for each packet.</summary>
    private const long Slack = 4_000;

    [RootFact]
    public void Moving_packets_either_way_allocates_nothing()
    {
        using Wire wire = new();
        Doorman doorman = new();
        wire.Office.Listen(doorman);
        TunnelWorker branch = wire.Branch.Workers.Next();
        TunnelWorker office = wire.Office.Workers.Next();
        TunnelCounters counters = Up(wire);
        using Socket here = Bound(wire.Branch, Doorman.RemoteAddress(1));
        using Socket there = Bound(wire.Office, Doorman.LocalAddress);
        Exchange(here, there, counters, 500);

        // A worker makes its buffer for a full socket when the first is full: not in every round.
        long least = long.MaxValue;
        for (int round = 0; round < 3; round++)
        {
            long before = Allocated(branch) + Allocated(office);
            Exchange(here, there, counters, Packets);
            least = Math.Min(least, Allocated(branch) + Allocated(office) - before);
        }

        Assert.InRange(least, 0, Slack);
    }

    [RootFact]
    public void Packets_arrive_whole_and_are_counted()
    {
        using Wire wire = new();
        Doorman doorman = new();
        wire.Office.Listen(doorman);
        TunnelCounters counters = Up(wire);
        using Socket here = Bound(wire.Branch, Doorman.RemoteAddress(1));
        using Socket there = Bound(wire.Office, Doorman.LocalAddress);
        byte[] received = new byte[2_000];
        foreach (int length in (int[])[0, 1, 100, 1_472])
        {
            byte[] payload = new byte[length];
            Random.Shared.NextBytes(payload);
            here.SendTo(payload, there.LocalEndPoint!);
            Assert.True(there.Poll(Await.Patience, SelectMode.SelectRead), $"{length} bytes arrive");
            Assert.Equal(payload, received[..there.Receive(received)]);
        }

        Await.True(() => counters.PacketsOut == 4, "four packets are counted", wire.Branch.Log);
        Assert.Equal((4 * 28) + 1_573, counters.BytesOut);
        TunnelCounters served = Assert.Single(doorman.ConnectedCalls).Counters;
        Await.True(() => served.PacketsIn == 4, "and there too", wire.Office.Log);
        Assert.Equal(counters.BytesOut, served.BytesIn);
        Assert.Equal(0, counters.DroppedOut + counters.DroppedIn + served.DroppedIn + served.DroppedOut);
    }

    private static TunnelCounters Up(Wire wire)
    {
        var dialler = wire.Branch.Dial(Site.Dialling(Wire.OfficeHost));
        wire.Branch.AwaitUp(dialler);
        wire.Office.Log.Await("<sstp-MT-User-1>: connected");
        return dialler.Counters;
    }

    private static long Allocated(TunnelWorker worker)
    {
        long bytes = 0;
        worker.Invoke(() => bytes = GC.GetAllocatedBytesForCurrentThread());
        return bytes;
    }

    /// <summary>Sends in small bursts, so that all arrive, until so many have passed each way.</summary>
    private static void Exchange(Socket here, Socket there, TunnelCounters counters, int packets)
    {
        byte[] payload = new byte[600];
        long goalOut = counters.PacketsOut + packets;
        long goalIn = counters.PacketsIn + packets;
        Await.True(
            () =>
            {
                for (int i = 0; i < 64; i++)
                {
                    here.SendTo(payload, there.LocalEndPoint!);
                    there.SendTo(payload, here.LocalEndPoint!);
                }

                return counters.PacketsOut >= goalOut && counters.PacketsIn >= goalIn;
            },
            $"{packets} packets pass each way");
    }

    private static Socket Bound(Site site, IPAddress address)
    {
        Socket socket = site.Open(SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(address, Port));
        return socket;
    }
}
