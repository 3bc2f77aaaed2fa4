using System.Net;
using System.Net.Sockets;
using SstpRouter.Linux.Segments;
using SstpRouter.Linux.Tests.Support;

namespace SstpRouter.Linux.Tests.Segments;

/// <summary>Real TCP between a kernel whose device has offloads and one whose device has none; between them stand our splitting and joining.</summary>
public sealed class RealTcpTests
{
    private const int Mtu = 1_500;
    private const int Octets = 8 * 1024 * 1024;

    [RootTheory]
    [InlineData("10.0.0.1", "10.0.0.5")]
    [InlineData("fd00::1", "fd00::5")]
    public void A_stream_passes_whole_either_way_in_sound_packets_no_larger_than_the_MTU(string near, string far)
    {
        using Bench bench = new(near, far);
        using Socket listener = bench.Far.Run(() => new Socket(IPAddress.Parse(far).AddressFamily, SocketType.Stream, ProtocolType.Tcp));
        listener.Bind(new IPEndPoint(IPAddress.Parse(far), 7_000));
        listener.Listen();
        using Socket client = bench.Near.Run(() => new Socket(IPAddress.Parse(near).AddressFamily, SocketType.Stream, ProtocolType.Tcp));
        client.Connect(IPAddress.Parse(far), 7_000);
        using Socket server = listener.Accept();

        Pass(client, server);
        Assert.InRange(bench.Split, 100, int.MaxValue);
        Pass(server, client);
        Assert.InRange(bench.Joined, 100, int.MaxValue);
        bench.Stop();
        Assert.Equal((0, 0), (WrongChecksums(bench.Near), WrongChecksums(bench.Far)));
    }

    private static void Pass(Socket from, Socket to)
    {
        byte[] sent = new byte[Octets];
        new Random(1).NextBytes(sent);
        Task sending = Task.Run(() => from.Send(sent));
        byte[] received = new byte[sent.Length];
        int count = 0;
        while (count < received.Length && to.Poll(TimeSpan.FromMilliseconds(Sandbox.Patience), SelectMode.SelectRead))
        {
            count += to.Receive(received.AsSpan(count));
        }

        Assert.Equal(sent.Length, count);
        Assert.True(sent.AsSpan().SequenceEqual(received));
        sending.Wait();
    }

    /// <summary>How many TCP segments the kernel refused for their checksums: /proc/net/snmp, InCsumErrors.</summary>
    private static int WrongChecksums(NetworkNamespace space) => space.Run(() =>
    {
        string[][] lines = [.. File.ReadLines("/proc/thread-self/net/snmp").Where(l => l.StartsWith("Tcp:", StringComparison.Ordinal)).Select(l => l.Split(' '))];
        return int.Parse(lines[1][Array.IndexOf(lines[0], "InCsumErrors")], System.Globalization.CultureInfo.InvariantCulture);
    });

    private sealed class Bench : IDisposable, IPacketSink
    {
        private readonly TunDevice _near;
        private readonly TunDevice _far;
        private readonly Thread _thread;
        private readonly Coalescer _coalescer = new();
        private volatile bool _stopping;
        private Exception? _fault;

        public Bench(string near, string far)
        {
            _near = Near.Run(() => Device(TunOffload.All, near, far));
            _far = Far.Run(() => Device(TunOffload.None, far, near));
            _thread = new Thread(Run) { IsBackground = true };
            _thread.Start();
        }

        public NetworkNamespace Near { get; } = NetworkNamespace.Create();

        public NetworkNamespace Far { get; } = NetworkNamespace.Create();

        public int Split { get; private set; }

        public int Joined { get; private set; }

        public void Write(ReadOnlySpan<byte> packet) => _near.Write(packet);

        public void Write(VirtioNetHeader header, ReadOnlySpan<byte> buffer, ReadOnlySpan<BufferSlice> slices, int octets)
        {
            Joined++;
            Assert.True(_near.Write(header, buffer, slices));
        }

        public void Stop()
        {
            _stopping = true;
            _thread.Join();
            Assert.Null(_fault);
        }

        public void Dispose()
        {
            _stopping = true;
            _thread.Join();
            _near.Dispose();
            _far.Dispose();
            Near.Dispose();
            Far.Dispose();
        }

        private static TunDevice Device(TunOffload offload, string own, string other)
        {
            using RouteSocket routes = new();
            TunDevice device = TunDevice.Create("tun-test", offload);
            Sandbox.SetSysctl("net/ipv6/conf/tun-test/addr_gen_mode", "1");
            IPAddress address = IPAddress.Parse(own);
            if (address.AddressFamily == AddressFamily.InterNetwork)
            {
                routes.AddAddress(device.Index, address, 32, IPAddress.Parse(other));
            }
            else
            {
                routes.AddAddress(device.Index, address, 64, flags: AddressFlags.NoDuplicateDetection);
            }

            routes.SetLinkUp(device.Index);
            return device;
        }

        private void Run()
        {
            try
            {
                using Epoll epoll = new();
                epoll.Add(_near.Descriptor, EpollEvents.Readable, 0);
                epoll.Add(_far.Descriptor, EpollEvents.Readable, 1);
                EpollReady[] ready = new EpollReady[2];
                while (!_stopping)
                {
                    if (epoll.Wait(ready, 20) > 0)
                    {
                        FromNear();
                        FromFar();
                    }
                }
            }
            catch (Exception fault)
            {
                _fault = fault;
            }
        }

        private void FromNear()
        {
            byte[] buffer = new byte[ushort.MaxValue + VirtioNetHeader.Length];
            byte[] packet = new byte[ushort.MaxValue];
            for (int count; (count = _near.Read(buffer)) > 0;)
            {
                ReadOnlySpan<byte> bytes = buffer.AsSpan(VirtioNetHeader.Length, count - VirtioNetHeader.Length);
                Assert.True(SuperPacket.TryParse(VirtioNetHeader.Read(buffer), bytes, out SuperPacket parsed));
                Split += parsed.SegmentCount > 1 ? 1 : 0;
                for (int i = 0; i < parsed.SegmentCount; i++)
                {
                    int length = parsed.WriteSegment(bytes, i, packet);
                    Assert.InRange(length, 1, Mtu);
                    byte[] one = packet[..length];
                    bool isTcp = (one[0] >> 4 == 4 ? one[9] : one[6]) == 6;
                    Assert.True(!isTcp || CoalescerTests.IsSound(one, CoalescerTests.Transport(one)));
                    _ = _far.Write(one);
                }
            }
        }

        private void FromFar()
        {
            byte[] buffer = new byte[64 * 2_048];
            for (int i = 0; i < 64; i++)
            {
                int count = _far.Read(buffer.AsSpan(i * 2_048, 2_048));
                if (count <= 0)
                {
                    break;
                }

                Assert.InRange(count, 1, Mtu);
                _coalescer.Add(buffer, i * 2_048, count, this, _near.Offload);
            }

            _coalescer.Flush(this);
        }
    }
}
