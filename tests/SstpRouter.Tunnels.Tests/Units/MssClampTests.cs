using System.Buffers.Binary;
using FsCheck;
using FsCheck.Fluent;
using SstpRouter.Tunnels.Data;
using SstpRouter.Tunnels.Tests.Support;

namespace SstpRouter.Tunnels.Tests.Units;

public sealed class MssClampTests
{
    private const byte Syn = 0x02;
    private const byte SynAck = 0x12;
    private const byte Ack = 0x10;

    [Theory]
    [InlineData(false, 1400, 1360)]
    [InlineData(true, 1400, 1340)]
    [InlineData(false, 1500, 1460)]
    public void A_larger_announcement_is_lowered_to_what_the_tunnel_carries(bool ipv6, int mtu, int announced)
    {
        byte[] packet = TcpPacket.Make(ipv6, Syn, [2, 4, 0x23, 0x00]);

        Assert.True(MssClamp.Apply(packet, mtu));
        Assert.Equal(announced, TcpPacket.Mss(packet));
        Assert.True(TcpPacket.IsSound(packet));
    }

    [Fact]
    public void The_answer_to_a_syn_is_lowered_as_well()
    {
        byte[] packet = TcpPacket.Make(ipv6: false, SynAck, [2, 4, 0x05, 0xB4]);

        Assert.True(MssClamp.Apply(packet, 1400));
        Assert.Equal(1360, TcpPacket.Mss(packet));
    }

    [Fact]
    public void The_checksum_stays_right_wherever_the_option_stands()
    {
        Prop.ForAll(Packets.ToArbitrary(), ArbMap.Default.ArbFor<PositiveInt>(), (packet, seed) =>
        {
            int mtu = 68 + (seed.Get % 9000);
            ushort before = TcpPacket.Mss(packet);
            bool changed = MssClamp.Apply(packet, mtu);
            int limit = mtu - TcpPacket.HeadersOf(packet);
            return TcpPacket.IsSound(packet)
                && changed == (limit > 0 && before > limit)
                && TcpPacket.Mss(packet) == (changed ? limit : before);
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("an acknowledgement")]
    [InlineData("a later fragment")]
    [InlineData("a first fragment")]
    [InlineData("a UDP packet")]
    [InlineData("a header shorter than a header")]
    [InlineData("a smaller announcement")]
    [InlineData("no options")]
    [InlineData("an option of length 0")]
    [InlineData("an option of length 1")]
    [InlineData("an option longer than the header")]
    [InlineData("a segment size of the wrong length")]
    [InlineData("an option behind the end of options")]
    [InlineData("an IPv6 extension header")]
    public void Anything_else_stays_as_it_is(string what)
    {
        byte[] packet = Odd(what);
        byte[] before = [.. packet];

        Assert.False(MssClamp.Apply(packet, 1400));
        Assert.Equal(before, packet);
    }

    [Fact]
    public void A_packet_cut_anywhere_is_survived()
    {
        byte[] whole = TcpPacket.Make(ipv6: false, Syn, [1, 1, 2, 4, 0x05, 0xB4, 0, 0]);
        for (int length = 0; length < whole.Length; length++)
        {
            _ = MssClamp.Apply(whole.AsSpan(0, length).ToArray(), 1400);
        }
    }

    [Fact]
    public void Random_bytes_are_survived_and_keep_their_length()
    {
        Prop.ForAll<byte[], bool, byte>((noise, ipv6, header) =>
        {
            byte[] packet = [(byte)((ipv6 ? 0x60 : 0x40) | (header & 0x0F)), .. noise, .. noise, .. noise];
            _ = MssClamp.Apply(packet, 576);
            packet[Math.Min(6, packet.Length - 1)] = 6;
            _ = MssClamp.Apply(packet, 68);
        }).QuickCheckThrowOnFailure();
    }

    /// <summary>SYNs with the segment size at an even or odd place among other options.</summary>
    private static Gen<byte[]> Packets =>
        from ipv6 in Gen.Elements(false, true)
        from before in Options
        from after in Options
        from mss in Gen.Choose(0, 65535)
        select TcpPacket.Make(ipv6, Syn, [.. before, 2, 4, (byte)(mss >> 8), (byte)mss, .. after]);

    private static Gen<byte[]> Options =>
        from pads in Gen.Choose(0, 5)
        from kind in Gen.Choose(3, 255)
        from length in Gen.Choose(2, 6)
        from other in Gen.Elements(false, true)
        select (byte[])[
            .. Enumerable.Repeat((byte)1, pads),
            .. other ? (byte[])[(byte)kind, (byte)length, .. new byte[length - 2]] : []];

    private static byte[] Odd(string what)
    {
        byte[] usual = [2, 4, 0x05, 0xB4];
        byte[] syn = TcpPacket.Make(ipv6: false, Syn, usual);
        switch (what)
        {
            case "an acknowledgement":
                return TcpPacket.Make(ipv6: false, Ack, usual);
            case "a later fragment":
                BinaryPrimitives.WriteUInt16BigEndian(syn.AsSpan(6), 185);
                return syn;
            case "a first fragment":
                BinaryPrimitives.WriteUInt16BigEndian(syn.AsSpan(6), 0x2000);
                return syn;
            case "a UDP packet":
                syn[9] = 17;
                return syn;
            case "a header shorter than a header":
                // Four bytes further on the SYN would be found.
                return [0x44, .. syn.AsSpan(1, 15), .. syn.AsSpan(20)];
            case "a smaller announcement":
                return TcpPacket.Make(ipv6: false, Syn, [2, 4, 0x02, 0x18]);
            case "no options":
                return TcpPacket.Make(ipv6: false, Syn, []);
            case "an option of length 0":
                return TcpPacket.Make(ipv6: false, Syn, [3, 0, .. usual, 0, 0]);
            case "an option of length 1":
                return TcpPacket.Make(ipv6: false, Syn, [3, 1, .. usual, 0, 0]);
            case "an option longer than the header":
                return TcpPacket.Make(ipv6: false, Syn, [3, 40, 0, 0]);
            case "a segment size of the wrong length":
                return TcpPacket.Make(ipv6: false, Syn, [2, 3, 0x23, 0]);
            case "an option behind the end of options":
                return TcpPacket.Make(ipv6: false, Syn, [0, 0, 0, 0, .. usual]);
            default:
                byte[] packet = TcpPacket.Make(ipv6: true, Syn, usual);
                packet[6] = 0;
                return packet;
        }
    }
}
