using System.Buffers.Binary;

namespace SstpRouter.Tunnels.Tests.Support;

/// <summary>TCP packets by hand, and their checksum worked out the long way. RFC 9293 3.1</summary>
internal static class TcpPacket
{
    private const int TcpHeaderLength = 20;
    private const byte Tcp = 6;

    /// <summary>A packet from port 40000 to port 443; the options are filled up to a multiple of four.</summary>
    public static byte[] Make(bool ipv6, byte flags, byte[] options)
    {
        int padded = (options.Length + 3) / 4 * 4;
        int ip = ipv6 ? 40 : 20;
        byte[] packet = new byte[ip + TcpHeaderLength + padded];
        if (ipv6)
        {
            packet[0] = 0x60;
            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(4), (ushort)(packet.Length - ip));
            packet[6] = Tcp;
            packet.AsSpan(8, 32).Fill(0x20);
        }
        else
        {
            packet[0] = 0x45;
            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)packet.Length);
            packet[8] = 64;
            packet[9] = Tcp;
            packet.AsSpan(12, 8).Fill(10);
        }

        Span<byte> tcp = packet.AsSpan(ip);
        BinaryPrimitives.WriteUInt16BigEndian(tcp, 40_000);
        BinaryPrimitives.WriteUInt16BigEndian(tcp[2..], 443);
        tcp[12] = (byte)((TcpHeaderLength + padded) / 4 << 4);
        tcp[13] = flags;
        options.CopyTo(tcp[TcpHeaderLength..]);
        BinaryPrimitives.WriteUInt16BigEndian(tcp[16..], (ushort)~Sum(packet));
        return packet;
    }

    public static int HeadersOf(ReadOnlySpan<byte> packet) => Offset(packet) + TcpHeaderLength;

    /// <summary>True where the checksum fits the content.</summary>
    public static bool IsSound(ReadOnlySpan<byte> packet) => Sum(packet) == 0xFFFF;

    /// <summary>The first segment size that stands among the options, or 0.</summary>
    public static ushort Mss(ReadOnlySpan<byte> packet)
    {
        int tcp = Offset(packet);
        int end = tcp + ((packet[tcp + 12] >> 4) * 4);
        for (int at = tcp + TcpHeaderLength; at + 1 < end && packet[at] != 0; at += packet[at] == 1 ? 1 : packet[at + 1])
        {
            if (packet[at] == 2)
            {
                return BinaryPrimitives.ReadUInt16BigEndian(packet[(at + 2)..]);
            }
        }

        return 0;
    }

    private static int Offset(ReadOnlySpan<byte> packet) => packet[0] >> 4 == 6 ? 40 : (packet[0] & 0x0F) * 4;

    private static ushort Sum(ReadOnlySpan<byte> packet)
    {
        int tcp = Offset(packet);
        ReadOnlySpan<byte> addresses = packet[0] >> 4 == 6 ? packet.Slice(8, 32) : packet.Slice(12, 8);
        uint sum = (uint)(Tcp + packet.Length - tcp);
        Add(addresses, ref sum);
        Add(packet[tcp..], ref sum);
        return (ushort)sum;
    }

    private static void Add(ReadOnlySpan<byte> bytes, ref uint sum)
    {
        for (int at = 0; at < bytes.Length; at += 2)
        {
            sum += (uint)((bytes[at] << 8) | (at + 1 < bytes.Length ? bytes[at + 1] : 0));
            sum = (sum & 0xFFFF) + (sum >> 16);
        }
    }
}
