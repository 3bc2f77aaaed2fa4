using System.Net;
using SstpRouter.Linux.Segments;
using SstpRouter.Linux.Tests.Support;

namespace SstpRouter.Linux.Tests.Segments;

/// <summary>Our splitting and joining beside the kernel's: it forwards what is written to a device with offloads to one without.</summary>
public sealed class KernelSegmentsTests
{
    private static readonly int Tries = Rounds.Or(60);
    private const int Mtu = 1_500;

    [RootTheory]
    [MemberData(nameof(SuperPacketTests.Kinds), MemberType = typeof(SuperPacketTests))]
    public void The_kernel_splits_a_super_packet_as_we_do(bool isUdp, int version) => Run((device, plain) =>
    {
        if (Lacks(device, isUdp))
        {
            return;
        }

        for (int round = 0; round < Tries; round++)
        {
            Random dice = new(round);
            PacketShape shape = PacketShape.Random(dice, isUdp, version, forwardable: true) with
            {
                Flags = (byte)(PacketShape.Ack | (dice.Next(256) & (PacketShape.Push | PacketShape.Fin | PacketShape.EcnEcho | PacketShape.WindowReduced))),
            };
            int segment = Segment(dice, shape);

            // With no more than one segment it would be no super-packet, and the kernel, which subtracts the shortest header there is, loses some of those.
            byte[] payload = Payload(dice, segment + 1 + dice.Next(Math.Min(segment * 60, ushort.MaxValue - shape.HeadersLength) - segment));
            byte[] bytes = shape.MakeSuper(payload);

            Assert.True(device.Write(shape.Header(segment), bytes, [new BufferSlice(0, bytes.Length)]), $"round {round}");

            List<byte[]> expected = Forwarded(shape).Split(payload, segment);
            string where = $"round {round}: {shape}, {segment} of {payload.Length}";
            AssertSame(expected, Read(plain, expected.Count, version, where), where);
            PacketShape forwarded = Forwarded(shape);
            AssertSame(expected, SuperPacketTests.Split(forwarded.Header(segment), forwarded.MakeSuper(payload), out _), $"round {round}, ours");
        }
    });

    [RootTheory]
    [MemberData(nameof(SuperPacketTests.Kinds), MemberType = typeof(SuperPacketTests))]
    public void What_we_join_comes_out_of_the_kernel_as_it_came(bool isUdp, int version) => Run((device, plain) =>
    {
        if (Lacks(device, isUdp))
        {
            return;
        }

        DeviceSink sink = new(device);
        for (int round = 0; round < Tries; round++)
        {
            Random dice = new(round);
            PacketShape shape = PacketShape.Random(dice, isUdp, version, forwardable: true) with { Flags = PacketShape.Ack | PacketShape.Push };
            int segment = dice.Next(3) == 0 ? 1 + dice.Next(64) : Mtu - shape.HeadersLength - dice.Next(1_300);
            byte[] payload = Payload(dice, 1 + dice.Next(segment * 60));
            byte[][] packets = [.. shape.Split(payload, segment)];
            byte[] buffer = [.. packets.SelectMany(p => p)];
            int at = 0;
            Coalescer coalescer = new();
            foreach (byte[] packet in packets)
            {
                Assert.True(coalescer.Add(buffer, at, packet.Length, sink, device.Offload));
                at += packet.Length;
            }

            coalescer.Flush(sink);
            Assert.True(sink.AllTaken, $"round {round}");
            List<byte[]> expected = Forwarded(shape).Split(payload, segment);
            string where = $"round {round}: {shape}, {segment} of {payload.Length}";
            AssertSame(expected, Read(plain, expected.Count, version, where), where);
        }

        Assert.InRange(sink.Joined, Tries / 2, int.MaxValue); // none with options of IPv4 or extension headers of IPv6
    });

    [RootFact]
    public void A_device_tells_what_the_kernel_granted() => Run((device, plain) =>
    {
        Assert.Equal(TunOffload.Tcp, device.Offload & TunOffload.Tcp);
        Assert.Equal((VirtioNetHeader.Length, 0, TunOffload.None), (device.HeaderLength, plain.HeaderLength, plain.Offload));
    });

    private static bool Lacks(TunDevice device, bool isUdp)
    {
        bool lacks = isUdp && (device.Offload & TunOffload.Udp4) == 0;
        if (lacks)
        {
            Console.WriteLine("not tested: the kernel has no segmentation of UDP for TUN");
        }

        return lacks;
    }

    /// <summary>Room is left for an error of the kernel's: where it forwards a super-packet it takes the destination options of IPv6 for the
    /// header of TCP, a length of up to 60 octets in it, and finds too large what is not.</summary>
    private static int Segment(Random dice, PacketShape shape) => dice.Next(3) == 0
        ? 1 + dice.Next(64)
        : Mtu - shape.HeadersLength - (shape.Extensions.Length > 0 ? 60 : 0) - dice.Next(1_300);

    private static PacketShape Forwarded(PacketShape shape) => shape with { Lifetime = (byte)(shape.Lifetime - 1) };

    private static void AssertSame(List<byte[]> expected, List<byte[]> came, string where)
    {
        Assert.True(expected.Count == came.Count, $"{where}: {expected.Count} packets expected, {came.Count} came");
        for (int i = 0; i < expected.Count; i++)
        {
            Assert.True(
                expected[i].AsSpan().SequenceEqual(came[i]),
                $"{where}, packet {i} of {expected.Count}\n{Convert.ToHexString(expected[i].AsSpan(0, Math.Min(80, expected[i].Length)))}\n{Convert.ToHexString(came[i].AsSpan(0, Math.Min(80, came[i].Length)))}");
        }
    }

    /// <summary>The packets of ours that come out; what the kernel has to say for itself is passed over.</summary>
    private static List<byte[]> Read(TunDevice plain, int count, int version, string where)
    {
        List<byte[]> packets = [];
        byte[] buffer = new byte[70_000];
        while (packets.Count < count)
        {
            int length = plain.Read(buffer);
            if (length < 0)
            {
                Assert.True(Sandbox.Wait(plain.Descriptor, EpollEvents.Readable) != EpollEvents.None, $"{where}: {packets.Count} of {count} packets came");
                continue;
            }

            bool isOurs = version == 4 ? buffer[0] >> 4 == 4 && buffer[9] != 1 : buffer[0] >> 4 == 6 && buffer[24] == 0xfd;
            if (isOurs)
            {
                packets.Add(buffer.AsSpan(0, length).ToArray());
            }
        }

        return packets;
    }

    private static byte[] Payload(Random dice, int length)
    {
        byte[] payload = new byte[length];
        dice.NextBytes(payload);
        return payload;
    }

    private static void Run(Action<TunDevice, TunDevice> test) => Sandbox.Run(routes =>
    {
        Sandbox.SetSysctl("net/ipv4/ip_forward", "1");
        Sandbox.SetSysctl("net/ipv6/conf/all/forwarding", "1");
        Sandbox.SetSysctl("net/ipv4/conf/all/rp_filter", "0");
        Sandbox.SetSysctl("net/ipv4/conf/default/rp_filter", "0");
        using TunDevice device = TunDevice.Create("joined", TunOffload.All);
        using TunDevice plain = TunDevice.Create("plain");
        SetUp(routes, device, "10.1.0.1", "fd01::1");
        SetUp(routes, plain, "10.2.0.1", "fd02::1");
        test(device, plain);
    });

    private static void SetUp(RouteSocket routes, TunDevice device, string ipv4, string ipv6)
    {
        Sandbox.SetSysctl($"net/ipv6/conf/{device.Name}/addr_gen_mode", "1");
        routes.AddAddress(device.Index, IPAddress.Parse(ipv4), 24);
        routes.AddAddress(device.Index, IPAddress.Parse(ipv6), 64, flags: AddressFlags.NoDuplicateDetection);
        routes.SetLinkUp(device.Index);
    }

    private sealed class DeviceSink(TunDevice device) : IPacketSink
    {
        public bool AllTaken { get; private set; } = true;

        public int Joined { get; private set; }

        public void Write(ReadOnlySpan<byte> packet) => AllTaken &= device.Write(packet);

        public void Write(VirtioNetHeader header, ReadOnlySpan<byte> buffer, ReadOnlySpan<BufferSlice> slices, int octets)
        {
            Joined++;
            AllTaken &= device.Write(header, buffer, slices);
        }
    }
}
