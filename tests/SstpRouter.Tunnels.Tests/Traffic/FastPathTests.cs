using System.Globalization;
using System.Net;
using System.Net.Sockets;
using SstpRouter.Linux;
using SstpRouter.Tunnels.Data;
using SstpRouter.Tunnels.Tests.Support;
using SstpRouter.Tunnels.Workers;

namespace SstpRouter.Tunnels.Tests.Traffic;

/// <summary>Packets between the TUN device and TLS.</summary>
public sealed class FastPathTests
{
    private const int Port = 7000;
    private const int Packets = 10_000;

    private static readonly long Streamed =
        long.TryParse(Environment.GetEnvironmentVariable("SSTP_ROUTER_PACKETS"), NumberStyles.None, CultureInfo.InvariantCulture, out long packets) ? packets : 200_000;

    /// <summary>The runtime's own, for a measurement: far below one byte for each packet.</summary>
    private const long Slack = 4_000;

    /// <summary>No buffer that a worker makes once and keeps is larger.</summary>
    private const int LargestBuffer = 128 * 1024;

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

    /// <summary>A TCP stream comes in super-packets and goes out joined, and the queue before the socket is full most of the time.</summary>
    [RootFact]
    public void A_stream_either_way_allocates_nothing()
    {
        using Wire wire = new();
        wire.Office.Listen(new Doorman());
        TunnelCounters counters = Up(wire);
        TunnelWorker branch = wire.Branch.Workers.Next();
        TunnelWorker office = wire.Office.Workers.Next();
        using Socket listener = wire.Office.Open(SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(Doorman.LocalAddress, Port));
        listener.Listen();
        using Socket here = wire.Branch.Open(SocketType.Stream, ProtocolType.Tcp);
        here.Connect(Doorman.LocalAddress, Port);
        using Socket there = listener.Accept();
        Stream(here, there, counters, 20_000);
        Stream(there, here, counters, 20_000);

        for (int round = 0; round < 3; round++)
        {
            Link device = wire.Branch.Routes.Link("sstp-out1")!;
            (long packets, long writes) = (counters.PacketsIn + counters.PacketsOut, Passed(device));
            int made = Made(branch) + Made(office);
            long before = Allocated(branch) + Allocated(office);
            Stream(here, there, counters, Streamed / 6);
            Stream(there, here, counters, Streamed / 6);
            long allocated = Allocated(branch) + Allocated(office) - before;
            made = Made(branch) + Made(office) - made;
            packets = counters.PacketsIn + counters.PacketsOut - packets;
            writes = Passed(wire.Branch.Routes.Link("sstp-out1")!) - writes;
            Console.WriteLine($"{packets} packets in {writes} writes: {allocated} bytes allocated, with {made} buffers that the workers had not needed before");
            Assert.InRange(allocated, 0, Slack + ((long)made * LargestBuffer));
            Assert.InRange(writes, 1, packets / 2);
        }

        Assert.Equal(0, counters.DroppedIn + counters.DroppedOut);
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

    private static long Passed(Link device) => (long)(device.Statistics.RxPackets + device.Statistics.TxPackets);

    /// <summary>Streams one way until so many packets have passed, acknowledgements included.</summary>
    private static void Stream(Socket from, Socket to, TunnelCounters counters, long packets)
    {
        byte[] sent = new byte[64 * 1024];
        byte[] received = new byte[256 * 1024];
        long goal = counters.PacketsIn + counters.PacketsOut + packets;
        long total = 0;
        long arrived = 0;
        var receiving = new Thread(() =>
        {
            while (Volatile.Read(ref total) >= 0 || arrived < ~Volatile.Read(ref total))
            {
                if (to.Poll(10_000, SelectMode.SelectRead))
                {
                    arrived += to.Receive(received);
                }
            }
        });
        receiving.Start();
        long octets = 0;
        while (counters.PacketsIn + counters.PacketsOut < goal)
        {
            octets += from.Send(sent);
            Volatile.Write(ref total, octets);
        }

        Volatile.Write(ref total, ~octets); // no more will come
        Assert.True(receiving.Join(Await.Patience), "all arrives");
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

    private static int Made(TunnelWorker worker)
    {
        int made = 0;
        worker.Invoke(() => made = worker.Pools.Sum(pool => pool.Made));
        return made;
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
