using System.Buffers.Binary;
using SstpRouter.Linux.Segments;

namespace SstpRouter.Linux.Tests.Segments;

/// <summary>What is joined, and what never may be: net/ipv4/tcp_offload.c, udp_offload.c, af_inet.c and ip6_offload.c of the kernel.</summary>
public sealed class CoalescerTests
{
    private static readonly int Tries = Rounds.Or(400);
    private static readonly PacketShape Tcp = new() { Id = 100, Sequence = 1_000 };
    private static readonly PacketShape Udp = new() { IsUdp = true, Id = 100 };

    [Fact]
    public void Flows_of_all_kinds_come_out_of_joining_and_splitting_as_they_came()
    {
        int joined = 0;
        for (int round = 0; round < Tries; round++)
        {
            List<byte[]> packets = Traffic(new Random(round));
            RecordingSink sink = RecordingSink.Of(packets);
            foreach (IGrouping<string, byte[]> flow in packets.GroupBy(Flow))
            {
                List<byte[]> came = [.. sink.Packets.Where(p => Flow(p) == flow.Key)];
                Assert.True(flow.Select(Convert.ToHexString).SequenceEqual(came.Select(Convert.ToHexString)), $"round {round}, flow {flow.Key}");
            }

            Assert.Equal(packets.Sum(p => p.Length), sink.Octets);
            foreach (RecordingSink.Written write in sink.Writes.Where(w => w.IsJoined))
            {
                joined += write.Count;
                AssertJoinable(write.Packets, $"round {round}");
                Assert.InRange(write.Bytes.Length, 1, ushort.MaxValue);
            }
        }

        Assert.InRange(joined, Tries * 5, int.MaxValue);
    }

    [Theory]
    [InlineData(false, 4)]
    [InlineData(false, 6)]
    [InlineData(true, 4)]
    [InlineData(true, 6)]
    public void Splitting_and_joining_gives_the_super_packet_that_there_was(bool isUdp, int version)
    {
        for (int round = 0; round < Tries; round++)
        {
            Random dice = new(round);
            PacketShape shape = PacketShape.Random(dice, isUdp, version) with { Options = [], Extensions = [], Flags = PacketShape.Ack | PacketShape.Push };
            int segment = 100 + dice.Next(1_400);
            byte[] payload = new byte[segment + 1 + dice.Next(segment * 30)];
            dice.NextBytes(payload);
            RecordingSink sink = RecordingSink.Of(shape.Split(payload, segment));
            RecordingSink.Written write = Assert.Single(sink.Writes);
            Assert.Equal(shape.MakeSuper(payload), write.Bytes);
            Assert.Equal(shape.Header(segment), write.Header);
        }
    }

    [Fact]
    public void A_long_train_is_joined_up_to_64_KB_and_flows_between_do_not_hinder_it()
    {
        byte[] payload = new byte[80 * 1_448];
        List<byte[]> bulk = Tcp.Split(payload, 1_448);
        List<byte[]> other = (Tcp with { SourcePort = 9 }).Split(payload, 1_448);
        List<byte[]> mixed = [.. bulk.Zip(other).SelectMany(p => (byte[][])[p.First, p.Second])];

        Assert.Equal([45, 45, 35, 35], RecordingSink.Of(mixed).Writes.ConvertAll(w => w.Count));
    }

    [Fact]
    public void More_flows_than_places_lose_nothing()
    {
        List<byte[]> packets = [];
        for (int i = 0; i < 50; i++)
        {
            for (ushort port = 1; port <= 20; port++)
            {
                packets.Add((Udp with { SourcePort = port, Id = (ushort)i }).Make([(byte)i, 1, 2]));
            }
        }

        RecordingSink sink = RecordingSink.Of(packets);
        Assert.Equal(packets.Count, sink.Packets.Count());
        Assert.All(sink.Packets.GroupBy(Flow), f => Assert.Equal(Enumerable.Range(0, 50), f.Select(p => (int)p[^3])));
    }

    [Fact]
    public void A_zip_bomb_of_one_octet_packets_is_joined_in_bounded_steps()
    {
        RecordingSink tcp = RecordingSink.Of(Tcp.Split(new byte[3_000], 1));
        Assert.Equal(3_000, tcp.Packets.Count());
        Assert.InRange(tcp.Writes.Max(w => w.Count), 2, 255); // what one write of TUN takes
        RecordingSink udp = RecordingSink.Of(Udp.Split(new byte[3_000], 1));
        Assert.Equal(3_000, udp.Packets.Count());
        Assert.InRange(udp.Writes.Max(w => w.Count), 2, 64); // UDP_MAX_SEGMENTS
    }

    /// <summary>The kernel's forwarding reads a destination option as if it were the header of TCP; what it makes of the sequence number there can be
    /// a header so long that the segments seem larger than the MTU.</summary>
    [Fact]
    public void Packets_with_extension_headers_stay_single()
    {
        PacketShape shape = PacketShape.Random(new Random(1), isUdp: false, 6) with { Extensions = [(60, [0, 0, 1, 4, 0, 0, 0, 0])] };
        List<byte[]> packets = shape.Split(new byte[9_000], 1_400);
        RecordingSink sink = RecordingSink.Of(packets);
        Assert.DoesNotContain(sink.Writes, w => w.IsJoined);
        Assert.Equal(packets, sink.Packets);
    }

    public static TheoryData<string> Strangers =>
    [
        "gap", "back", "syn", "reset", "urgent", "window reduced", "ecn echo", "no ack", "acknowledgement", "window", "options", "more options", "class", "lifetime",
        "identification", "fragment", "may fragment", "ip options", "larger", "empty", "wrong checksum", "urgent pointer", "wrong ip checksum",
    ];

    [Theory]
    [MemberData(nameof(Strangers))]
    public void What_the_kernel_would_not_join_is_not_joined(string why)
    {
        PacketShape next = Tcp with { Id = 101, Sequence = 2_000 };
        byte[] payload = new byte[1_000];
        byte[] second = why switch
        {
            "gap" => (next with { Sequence = 2_001 }).Make(payload),
            "back" => (next with { Sequence = 1_000 }).Make(payload),
            "syn" => (next with { Flags = PacketShape.Ack | PacketShape.Syn }).Make(payload),
            "reset" => (next with { Flags = PacketShape.Ack | PacketShape.Reset }).Make(payload),
            "urgent" => (next with { Flags = PacketShape.Ack | PacketShape.Urgent }).Make(payload),
            "window reduced" => (next with { Flags = PacketShape.Ack | PacketShape.WindowReduced }).Make(payload),
            "ecn echo" => (next with { Flags = PacketShape.Ack | PacketShape.EcnEcho }).Make(payload),
            "no ack" => (next with { Flags = 0 }).Make(payload),
            "acknowledgement" => (next with { Acknowledgement = 78 }).Make(payload),
            "window" => (next with { Window = 502 }).Make(payload),
            "options" => (next with { TcpOptions = [1, 1, 1, 1] }).Make(payload),
            "more options" => (next with { TcpOptions = [1, 1, 1, 1, 1, 1, 1, 1] }).Make(payload),
            "class" => (next with { Class = 3 }).Make(payload),
            "lifetime" => (next with { Lifetime = 63 }).Make(payload),
            "identification" => (next with { Id = 102 }).Make(payload),
            "fragment" => (next with { Fragment = 0x2000 }).Make(payload),
            "may fragment" => (next with { Fragment = 0 }).Make(payload),
            "ip options" => (next with { Options = [1, 1, 1, 1] }).Make(payload),
            "larger" => next.Make(new byte[1_001]),
            "empty" => next.Make([]),
            "urgent pointer" => (next with { UrgentPointer = 1 }).Make(payload),
            "wrong checksum" => Spoilt(next.Make(payload), 1_020),
            _ => Spoilt(next.Make(payload), 10),
        };
        byte[] first = Tcp.Make(payload);
        RecordingSink sink = RecordingSink.Of([first, second]);
        Assert.Equal([first, second], sink.Writes.ConvertAll(w => w.Bytes));

        // What comes after a wrong first one stays alone as well.
        Assert.All(RecordingSink.Of([Spoilt(first, 1_030), next.Make(payload)]).Writes, w => Assert.False(w.IsJoined));
    }

    [Theory]
    [InlineData(PacketShape.Fin)]
    [InlineData(PacketShape.Push)]
    public void Nothing_follows_a_packet_that_is_the_last_of_its_kind(byte flag)
    {
        byte[] payload = new byte[500];
        byte[] one = Tcp.Make(payload);
        byte[] two = (Tcp with { Id = 101, Sequence = 1_500, Flags = (byte)(PacketShape.Ack | flag) }).Make(payload);
        byte[] three = (Tcp with { Id = 102, Sequence = 2_000 }).Make(payload);

        Assert.Equal([2, 1], RecordingSink.Of([one, two, three]).Writes.ConvertAll(w => w.Count));
        Assert.Equal([1, 1], RecordingSink.Of([two, three]).Writes.ConvertAll(w => w.Count));
    }

    [Fact]
    public void UDP_without_a_checksum_or_with_another_length_stays_alone()
    {
        byte[] payload = new byte[500];
        byte[] sound = Udp.Make(payload);
        byte[] next = (Udp with { Id = 101 }).Make(payload);
        byte[] none = (Udp with { Id = 101, HasChecksum = false }).Make(payload);
        byte[] lying = [.. next];
        BinaryPrimitives.WriteUInt16BigEndian(lying.AsSpan(24), 300);

        Assert.Equal([2], RecordingSink.Of([sound, next]).Writes.ConvertAll(w => w.Count));
        Assert.Equal([sound, none], RecordingSink.Of([sound, none]).Writes.ConvertAll(w => w.Bytes));
        Assert.Equal([sound, lying], RecordingSink.Of([sound, lying]).Writes.ConvertAll(w => w.Bytes));
        Assert.Equal([none, next], RecordingSink.Of([none, next]).Writes.ConvertAll(w => w.Bytes));
    }

    [Fact]
    public void A_fragment_does_not_overtake_what_was_held_back()
    {
        byte[] payload = new byte[500];
        byte[] sound = Udp.Make(payload);
        byte[] fragment = (Udp with { Id = 101, Fragment = 0x2000 }).Make(payload);
        Assert.Equal([sound, fragment], RecordingSink.Of([sound, fragment]).Writes.ConvertAll(w => w.Bytes));
    }

    [Fact]
    public void Only_what_the_device_takes_is_joined()
    {
        byte[] payload = new byte[3_000];
        List<byte[]> packets = [.. Tcp.Split(payload, 1_000), .. Udp.Split(payload, 1_000)];
        Assert.Equal([3, 3], RecordingSink.Of(packets).Writes.ConvertAll(w => w.Count));
        Assert.Equal([1, 1, 1, 3], RecordingSink.Of(packets, TunOffload.Tcp).Writes.ConvertAll(w => w.Count));
        Assert.Equal(packets, RecordingSink.Of(packets, TunOffload.None).Writes.ConvertAll(w => w.Bytes));
    }

    [Fact]
    public void Padding_of_PPP_does_not_reach_the_kernel()
    {
        List<byte[]> packets = [.. Tcp.Split(new byte[3_000], 1_000), Udp.Make([1])];
        RecordingSink sink = RecordingSink.Of(packets, padding: 3);
        Assert.Equal([3, 1], sink.Writes.ConvertAll(w => w.Count));
        Assert.Equal(packets, sink.Packets);
    }

    [Fact]
    public void What_is_no_packet_is_refused()
    {
        Coalescer coalescer = new();
        RecordingSink sink = new();
        byte[] cut = Tcp.Make(new byte[100])[..^1];
        Assert.False(coalescer.Add(cut, 0, cut.Length, sink, TunOffload.All));
        Assert.False(coalescer.Add([0x45], 0, 1, sink, TunOffload.All));
        coalescer.Flush(sink);
        Assert.Empty(sink.Writes);
    }

    [Fact]
    public void What_waits_for_one_never_goes_to_another()
    {
        Coalescer coalescer = new();
        RecordingSink failed = new(), next = new();
        byte[] packet = Udp.Make(new byte[100]);
        Assert.True(coalescer.Add(packet, 0, packet.Length, failed, TunOffload.All));
        coalescer.Flush(next);
        Assert.True(coalescer.Add(packet, 0, packet.Length, next, TunOffload.All));
        coalescer.Flush(failed);
        coalescer.Flush(next);
        Assert.Empty(failed.Writes);
        Assert.Single(next.Writes);
    }

    [Fact]
    public void Joining_and_splitting_allocates_nothing()
    {
        List<byte[]> packets = Tcp.Split(new byte[60_000], 1_400);
        byte[] buffer = [.. packets.SelectMany(p => p)];
        byte[] work = new byte[buffer.Length];
        Splitter sink = new();
        Coalescer coalescer = new();
        Turn();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            Turn();
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(101L * packets.Count, sink.Packets);

        void Turn()
        {
            buffer.CopyTo(work, 0);
            for (int at = 0; at < work.Length; at += BinaryPrimitives.ReadUInt16BigEndian(work.AsSpan(at + 2)))
            {
                coalescer.Add(work, at, BinaryPrimitives.ReadUInt16BigEndian(work.AsSpan(at + 2)), sink, TunOffload.All);
            }

            coalescer.Flush(sink);
        }
    }

    private sealed class Splitter : IPacketSink
    {
        private readonly byte[] _super = new byte[ushort.MaxValue];
        private readonly byte[] _packet = new byte[2_000];

        public long Packets { get; private set; }

        public void Write(ReadOnlySpan<byte> packet) => Packets++;

        public void Write(VirtioNetHeader header, ReadOnlySpan<byte> buffer, ReadOnlySpan<BufferSlice> slices, int octets)
        {
            int length = 0;
            foreach (BufferSlice slice in slices)
            {
                buffer.Slice(slice.Offset, slice.Length).CopyTo(_super.AsSpan(length));
                length += slice.Length;
            }

            ReadOnlySpan<byte> bytes = _super.AsSpan(0, length);
            _ = SuperPacket.TryParse(header, bytes, out SuperPacket packet);
            for (int i = 0; i < packet.SegmentCount; i++, Packets++)
            {
                _ = packet.WriteSegment(bytes, i, _packet);
            }
        }
    }

    /// <summary>Several flows whose packets come mixed, most in sequence, some with something about them that keeps them apart.</summary>
    private static List<byte[]> Traffic(Random dice)
    {
        List<Queue<byte[]>> flows = [];
        for (int flow = 0; flow < 1 + dice.Next(12); flow++)
        {
            PacketShape shape = PacketShape.Random(dice, isUdp: dice.Next(3) == 0, version: dice.Next(2) == 0 ? 4 : 6) with
            {
                SourcePort = (ushort)(1_000 + flow),
                Class = (byte)dice.Next(256),
            };
            flows.Add(new Queue<byte[]>(FlowOf(dice, shape)));
        }

        List<byte[]> packets = [];
        while (flows.Count > 0)
        {
            Queue<byte[]> flow = flows[dice.Next(flows.Count)];
            for (int burst = 1 + dice.Next(6); burst > 0 && flow.Count > 0; burst--)
            {
                packets.Add(flow.Dequeue());
            }

            flows.RemoveAll(f => f.Count == 0);
        }

        return packets;
    }

    private static IEnumerable<byte[]> FlowOf(Random dice, PacketShape shape)
    {
        int segment = 36 + dice.Next(1_400);
        for (int count = dice.Next(30); count > 0; count--)
        {
            byte[] payload = new byte[dice.Next(12) switch { 0 => dice.Next(segment), 1 => segment + dice.Next(50), _ => segment }];
            dice.NextBytes(payload);
            PacketShape one = dice.Next(15) switch
            {
                0 => shape with { Flags = (byte)dice.Next(256) },
                1 => shape with { Class = (byte)dice.Next(256) },
                2 => shape with { Window = (ushort)dice.Next(65_536) },
                3 => shape with { HasChecksum = shape.Version == 6 },
                4 => shape with { Sequence = shape.Sequence + 1 },
                5 => shape with { Id = (ushort)dice.Next(65_536) },
                6 => shape with { Flags = PacketShape.Ack | PacketShape.Push },
                7 when shape.Version == 4 => shape with { Fragment = (ushort)(0x2000 + dice.Next(2)) },
                _ => shape,
            };
            byte[] packet = one.Make(payload);
            if (dice.Next(25) == 0)
            {
                packet = Spoilt(packet, shape.TransportOffset + 4 + dice.Next(packet.Length - shape.TransportOffset - 4));
            }

            yield return packet;
            shape = shape with { Sequence = unchecked(one.Sequence + (uint)payload.Length), Id = (ushort)(one.Id + 1) };
        }
    }

    private static void AssertJoinable(List<byte[]> packets, string where)
    {
        byte[] first = packets[0];
        int transport = Transport(first);
        bool isTcp = IsTcp(first);
        int headers = transport + (isTcp ? (first[transport + 12] >> 4) * 4 : 8);
        uint sequence = isTcp ? BinaryPrimitives.ReadUInt32BigEndian(first.AsSpan(transport + 4)) : 0;
        for (int i = 0; i < packets.Count; i++)
        {
            byte[] packet = packets[i];
            bool isLast = i == packets.Count - 1;
            Assert.True(isLast ? packet.Length > headers && packet.Length <= first.Length : packet.Length == first.Length, where);
            Assert.True(IsSound(packet, transport), where);
            Assert.True(first[0] >> 4 == 6 || (first[0] == 0x45 && (packet[6] & 0x3F) == 0 && packet[7] == 0), where);
            if (isTcp)
            {
                byte flags = packet[transport + 13];
                Assert.True((flags & (PacketShape.Syn | PacketShape.Reset | PacketShape.Urgent)) == 0, where);
                Assert.True(isLast || (flags & (PacketShape.Fin | PacketShape.Push)) == 0, where);
                Assert.True(i == 0 || (flags & PacketShape.WindowReduced) == 0, where);
                Assert.Equal(sequence, BinaryPrimitives.ReadUInt32BigEndian(packet.AsSpan(transport + 4)));
                Assert.True(first.AsSpan(transport + 8, 4).SequenceEqual(packet.AsSpan(transport + 8, 4)), where);
                Assert.True(first.AsSpan(transport + 20, headers - transport - 20).SequenceEqual(packet.AsSpan(transport + 20, headers - transport - 20)), where);
                sequence = unchecked(sequence + (uint)(packet.Length - headers));
            }
            else
            {
                Assert.True(packet[transport + 6] != 0 || packet[transport + 7] != 0, where);
            }
        }
    }

    internal static bool IsSound(byte[] packet, int transport)
    {
        int length = packet.Length - transport;
        ReadOnlySpan<byte> addresses = packet[0] >> 4 == 4 ? packet.AsSpan(12, 8) : packet.AsSpan(8, 32);
        byte protocol = (byte)(IsTcp(packet) ? 6 : 17);
        return PacketShape.Sum([.. addresses, 0, protocol, (byte)(length >> 8), (byte)length, .. packet.AsSpan(transport)]) == ushort.MaxValue
            && (packet[0] >> 4 == 6 || PacketShape.Sum(packet.AsSpan(0, (packet[0] & 15) * 4)) == ushort.MaxValue);
    }

    private static bool IsTcp(byte[] packet) => Kind(packet) == 6;

    private static byte Kind(byte[] packet)
    {
        byte kind = packet[0] >> 4 == 4 ? packet[9] : packet[6];
        for (int at = 40; packet[0] >> 4 == 6 && kind is 0 or 60; at += (packet[at + 1] + 1) * 8)
        {
            kind = packet[at];
        }

        return kind;
    }

    internal static int Transport(byte[] packet)
    {
        if (packet[0] >> 4 == 4)
        {
            return (packet[0] & 15) * 4;
        }

        int at = 40;
        for (byte kind = packet[6]; kind is 0 or 60;)
        {
            kind = packet[at];
            at += (packet[at + 1] + 1) * 8;
        }

        return at;
    }

    private static string Flow(byte[] packet)
    {
        int at = Transport(packet);
        return $"{packet[0] >> 4} {Kind(packet)} {Convert.ToHexString(packet.AsSpan(at, 2))}";
    }

    private static byte[] Spoilt(byte[] packet, int at)
    {
        byte[] spoilt = [.. packet];
        spoilt[at] ^= 0x40;
        return spoilt;
    }
}
