using System.Net;
using System.Net.Sockets;
using SstpRouter.Lab.Tests.Harness;
using SstpRouter.Linux;
using SstpRouter.Tests.Shared;
using SstpRouter.Tunnels.Data;
using Xunit.Abstractions;

namespace SstpRouter.Lab.Tests.Traffic;

/// <summary>Small packets beside one TCP stream that fills a slow path, in the same tunnel.</summary>
public sealed class StandingQueueTests(ITestOutputHelper output)
{
    private const int Port = 7_000;
    private const int Pings = 50;

    /// <summary>Bytes a second: 5 Mbit/s.</summary>
    private const long Rate = 625_000;

    /// <summary>What waits on the path itself, in packets: 50 ms of the largest. No tunnel can do anything about those.</summary>
    private const int PathQueue = 20;

    /// <summary>What waits is felt by who comes next, if nobody may overtake and nobody is slowed down.</summary>
    private const long FullQueue = (long)FairQueue.MaximumRooms * PacketRoom.LargestRead;

    [RootTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_ping_waits_for_no_more_than_the_path_while_a_stream_fills_it(bool isOutward)
    {
        using var network = new FaultyNetwork();
        network.Cable.Be(new CableQuality { Rate = Rate, Queue = PathQueue });
        using var stream = new Stream(network, isOutward);
        Await.Until(() => stream.Arrived > 2 * Rate, () => $"{stream.Arrived} bytes arrived\n{network.Describe()}");

        long since = MonotonicClock.Milliseconds;
        long before = stream.Arrived;
        Await.Until(() => network.Pings.AnswersSince(since) >= Pings, () => $"{network.Pings.AnswersSince(since)} answers\n{network.Describe()}");

        double speed = (stream.Arrived - before) / (double)(MonotonicClock.Milliseconds - since);
        double median = network.Pings.MedianSince(since);
        double standing = FullQueue / speed;
        output.WriteLine($"beside {speed * 8 / 1_000:0.0} Mbit/s a ping takes {median:0.0} ms; a full queue would be {standing:0} ms");
        Assert.True(speed * 1_000 > Rate / 4.0, $"the stream got {speed * 1_000:0} of {Rate} bytes a second");
        Assert.InRange(median, 0, standing / 10);
    }

    /// <summary>One stream through the tunnel, as fast as it goes.</summary>
    private sealed class Stream : IDisposable
    {
        private readonly Socket _from;
        private readonly Socket _to;
        private readonly Thread _sending;
        private readonly Thread _receiving;
        private long _arrived;

        public Stream(FaultyNetwork network, bool isOutward)
        {
            using Socket listener = network.Hq.Host.Run(() => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
            listener.Bind(new IPEndPoint(IPAddress.Parse("10.0.0.1"), Port));
            listener.Listen();
            Socket branch = network.Branch.Host.Run(() => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
            branch.Connect("10.0.0.1", Port);
            Socket hq = listener.Accept();
            (_from, _to) = isOutward ? (branch, hq) : (hq, branch);
            _sending = Begin(() => _from.Send(new byte[64 * 1024]));
            byte[] room = new byte[64 * 1024];
            _receiving = Begin(() => Interlocked.Add(ref _arrived, _to.Receive(room)));
        }

        /// <summary>Bytes.</summary>
        public long Arrived => Interlocked.Read(ref _arrived);

        public void Dispose()
        {
            // Whoever waits in one of them is let go by this.
            _from.Shutdown(SocketShutdown.Both);
            _to.Shutdown(SocketShutdown.Both);
            _from.Dispose();
            _to.Dispose();
            _sending.Join();
            _receiving.Join();
        }

        private static Thread Begin(Action move)
        {
            var thread = new Thread(() => Go(move)) { IsBackground = true };
            thread.Start();
            return thread;
        }

        private static void Go(Action move)
        {
            try
            {
                while (true)
                {
                    move();
                }
            }
            catch (Exception end) when (end is SocketException or ObjectDisposedException)
            {
                // It is over.
            }
        }
    }
}
