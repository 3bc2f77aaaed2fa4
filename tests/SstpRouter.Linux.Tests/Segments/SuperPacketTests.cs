using SstpRouter.Linux.Segments;

namespace SstpRouter.Linux.Tests.Segments;

/// <summary>What the kernel leaves to us to split, against packets that are made one by one.</summary>
public sealed class SuperPacketTests
{
    private static readonly int Tries = Rounds.Or(400);

    public static TheoryData<bool, int> Kinds => new() { { false, 4 }, { false, 6 }, { true, 4 }, { true, 6 } };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Its_packets_are_those_that_would_have_been_sent_one_by_one(bool isUdp, int version)
    {
        for (int round = 0; round < Tries; round++)
        {
            Random dice = new(round);
            PacketShape shape = PacketShape.Random(dice, isUdp, version) with { Flags = (byte)(PacketShape.Ack | (dice.Next(256) & 0xD9)) };
            byte[] payload = Payload(dice, 1 + dice.Next(65_535 - shape.HeadersLength));
            int segment = dice.Next(4) switch { 0 => 1 + dice.Next(8), 1 => 1_448, _ => 1 + dice.Next(9_000) };
            payload = payload.AsSpan(0, Math.Min(payload.Length, segment * 300)).ToArray();

            AssertSplit(shape.Split(payload, segment), shape, payload, segment, $"round {round}");
        }
    }

    [Fact]
    public void Sequence_and_identification_wrap()
    {
        PacketShape shape = new() { Sequence = uint.MaxValue - 100, Id = ushort.MaxValue, Flags = PacketShape.Ack | PacketShape.Push | PacketShape.Fin };
        byte[] payload = Payload(new Random(1), 4_000);
        AssertSplit(shape.Split(payload, 1_000), shape, payload, 1_000, "wrap");
    }

    [Fact]
    public void A_routing_header_s_final_destination_stays_in_the_checksum()
    {
        byte[] final = [0xfd, 9, .. new byte[13], 9];
        PacketShape shape = PacketShape.Random(new Random(3), isUdp: false, 6) with
        {
            Extensions = [(43, [0, 0, 4, 1, 0, 0, 0, 0, .. final])],
            FinalDestination = final,
        };
        byte[] payload = Payload(new Random(2), 5_000);
        AssertSplit(shape.Split(payload, 1_200), shape, payload, 1_200, "routing header");
    }

    [Fact]
    public void The_window_s_reduction_is_told_by_the_first_packet_only()
    {
        PacketShape shape = new() { Flags = PacketShape.Ack | PacketShape.WindowReduced | PacketShape.EcnEcho };
        List<byte[]> packets = Split(shape.Header(1_000), shape.MakeSuper(new byte[3_000]), out _);
        Assert.Equal([0xD0, 0x50, 0x50], packets.ConvertAll(p => (int)p[33]));
    }

    [Fact]
    public void A_zip_bomb_of_one_octet_segments_is_bounded_by_what_it_carries()
    {
        PacketShape shape = new();
        byte[] payload = Payload(new Random(4), 65_535 - shape.HeadersLength);
        Assert.True(SuperPacket.TryParse(shape.Header(1), shape.MakeSuper(payload), out SuperPacket packet));
        Assert.Equal((payload.Length, 41), (packet.SegmentCount, packet.LargestSegment));
        AssertSplit(shape.Split(payload, 1), shape, payload, 1, "one octet each");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_packet_whose_checksum_is_left_to_us_gets_it(bool isUdp, int version)
    {
        PacketShape shape = PacketShape.Random(new Random(5), isUdp, version);
        byte[] payload = Payload(new Random(6), 999);
        VirtioNetHeader header = shape.Header(0);
        header.Kind = VirtioNetKind.Packet;
        Assert.Equal([shape.Make(payload)], Split(header, shape.MakeSuper(payload), out SuperPacket packet));
        Assert.True(packet.IsSingle);
    }

    [Fact]
    public void A_packet_that_is_whole_stays_as_it_is_and_loses_what_is_behind_it()
    {
        byte[] packet = new PacketShape { Options = [1, 1, 1, 1], Fragment = 0x2000 }.Make(new byte[40]);
        packet[^1] ^= 1; // a wrong checksum is none of our business
        Assert.Equal([packet], Split(default, [.. packet, 9, 9, 9], out _));
    }

    [Theory]
    [InlineData(0x00, false)]
    [InlineData(0x01, true)]
    [InlineData(0x02, true)]
    [InlineData(0x03, true)]
    public void Congestion_is_marked_where_both_ends_know_of_it(byte ecn, bool isCapable)
    {
        foreach (int version in (int[])[4, 6])
        {
            PacketShape shape = PacketShape.Random(new Random(7), isUdp: false, version) with { Class = (byte)(0xB8 | ecn), Flags = PacketShape.Ack };
            byte[] payload = Payload(new Random(8), 3_000);
            byte[] bytes = shape.MakeSuper(payload);
            Assert.True(SuperPacket.TryParse(shape.Header(1_000), bytes, out SuperPacket packet));
            Assert.Equal(isCapable, packet.IsEcnCapable(bytes));
            byte[] room = new byte[2_000];
            int count = packet.WriteSegment(bytes, 1, room, congestion: true);
            PacketShape marked = shape with { Class = 0xB8 | 3 };
            Assert.Equal(marked.Split(payload, 1_000)[1], room[..count]);

            byte[] whole = shape.Make(payload);
            Assert.True(SuperPacket.TryParse(default, whole, out packet));
            room = new byte[4_000];
            count = packet.WriteSegment(whole, 0, room, congestion: true);
            Assert.Equal(marked.Make(payload), room[..count]);
        }
    }

    [Fact]
    public void What_contradicts_itself_is_refused()
    {
        PacketShape tcp = new();
        byte[] bytes = tcp.MakeSuper(new byte[3_000]);
        VirtioNetHeader sound = tcp.Header(1_000);
        Assert.True(SuperPacket.TryParse(sound, bytes, out _));

        Assert.False(Parses(sound with { SegmentLength = 0 }, bytes));
        Assert.False(Parses(sound with { NeedsChecksum = false }, bytes));
        Assert.False(Parses(sound with { Kind = VirtioNetKind.Tcp6 }, bytes));
        Assert.False(Parses(sound with { Kind = VirtioNetKind.Udp }, bytes));
        Assert.False(Parses(sound with { Kind = (VirtioNetKind)3 }, bytes)); // UFO, which is never asked for
        Assert.False(Parses(sound with { ChecksumStart = 24 }, bytes));
        Assert.False(Parses(sound with { ChecksumOffset = 6 }, bytes));
        Assert.False(Parses(sound, bytes.AsSpan(0, 40)));
        Assert.False(Parses(sound, bytes.AsSpan(0, 30)));
        Assert.False(Parses(sound, (tcp with { Fragment = 0x2000 }).MakeSuper(new byte[3_000])));
        Assert.False(Parses(default, []));
        Assert.False(Parses(default, bytes.AsSpan(0, 3_000))); // cut off
        Assert.False(Parses(new VirtioNetHeader { NeedsChecksum = true, ChecksumStart = 3_030, ChecksumOffset = 16 }, tcp.Make(new byte[3_000])));
        PacketShape extended = new() { Version = 6, Source = new byte[16], Destination = new byte[16], Extensions = [(60, [0, 0, 1, 4, 0, 0, 0, 0])] };
        Assert.False(Parses(new VirtioNetHeader { NeedsChecksum = true, ChecksumStart = 40, ChecksumOffset = 4 }, extended.Make(new byte[9])));
        Assert.True(Parses(new VirtioNetHeader { NeedsChecksum = true, ChecksumStart = 48, ChecksumOffset = 16 }, extended.Make(new byte[9])));
        Assert.False(Parses(default, (tcp with { Version = 6, Source = new byte[16], Destination = new byte[16] }).Make(new byte[65_510])));
    }

    private static bool Parses(VirtioNetHeader header, ReadOnlySpan<byte> bytes) => SuperPacket.TryParse(header, bytes, out _);

    private static void AssertSplit(List<byte[]> expected, PacketShape shape, byte[] payload, int segment, string where)
    {
        List<byte[]> packets = Split(shape.Header(segment), shape.MakeSuper(payload), out SuperPacket packet);
        Assert.True(expected.Count == packets.Count, where);
        Assert.True(packet.LargestSegment == expected.Max(p => p.Length) && packet.TotalLength == expected.Sum(p => p.Length), where);
        for (int i = 0; i < expected.Count; i++)
        {
            Assert.True(expected[i].AsSpan().SequenceEqual(packets[i]), $"{where}, packet {i} of {expected.Count}");
        }
    }

    /// <summary>Splits with guards on both sides of where each packet is written.</summary>
    internal static List<byte[]> Split(VirtioNetHeader header, byte[] bytes, out SuperPacket packet)
    {
        Assert.True(SuperPacket.TryParse(header, bytes, out packet));
        List<byte[]> packets = [];
        byte[] room = new byte[packet.LargestSegment + 2];
        for (int i = 0; i < packet.SegmentCount; i++)
        {
            room[0] = room[^1] = 0xA5;
            int count = packet.WriteSegment(bytes, i, room.AsSpan(1, packet.LargestSegment));
            Assert.True(room[0] == 0xA5 && room[^1] == 0xA5);
            packets.Add(room.AsSpan(1, count).ToArray());
        }

        return packets;
    }

    private static byte[] Payload(Random dice, int length)
    {
        byte[] payload = new byte[length];
        dice.NextBytes(payload);
        return payload;
    }
}
