using System.Buffers.Binary;

namespace SstpRouter.Tunnels.Data;

/// <summary>Lowers the maximum segment size that a TCP SYN announces, so that no segment is larger than the tunnel carries (<c>change-tcp-mss</c>).</summary>
public static class MssClamp
{
    private const int Ipv4HeaderLength = 20;
    private const int Ipv6HeaderLength = 40;
    private const int TcpHeaderLength = 20;
    private const int FragmentMask = 0x3FFF; // more fragments, and the offset of this one: RFC 791 3.1
    private const byte Tcp = 6;
    private const byte Syn = 0x02;
    private const byte EndOfOptions = 0;
    private const byte NoOperation = 1;
    private const byte MaximumSegmentSize = 2; // RFC 9293 3.2
    private const int MaximumSegmentSizeLength = 4;

    /// <summary>Changes the packet in place where it is a SYN with a larger segment size, and mends its checksum.</summary>
    /// <param name="packet">A whole IPv4 or IPv6 packet. Anything else, fragments and IPv6 extension headers stay as they are.</param>
    /// <param name="mtu">The tunnel's MTU in bytes.</param>
    /// <returns>True where the packet was changed.</returns>
    public static bool Apply(Span<byte> packet, int mtu)
    {
        if (!IsSyn(packet))
        {
            return false;
        }

        int tcp = TcpOffset(packet, out int headers);
        int end = Math.Min(tcp + ((packet[tcp + 12] >> 4) * 4), packet.Length);
        int at = tcp + TcpHeaderLength;
        while (at + 1 < end && packet[at] != EndOfOptions)
        {
            if (packet[at] == NoOperation)
            {
                at++;
                continue;
            }

            int length = packet[at + 1];
            if (length < 2 || at + length > end)
            {
                return false;
            }

            if (packet[at] == MaximumSegmentSize && length == MaximumSegmentSizeLength)
            {
                return Lower(packet, tcp, at + 2, mtu - headers);
            }

            at += length;
        }

        return false;
    }

    /// <summary>True where the packet is a TCP SYN that <see cref="Apply"/> would look into.</summary>
    public static bool IsSyn(ReadOnlySpan<byte> packet)
    {
        int tcp = TcpOffset(packet, out _);
        return tcp >= 0 && packet.Length >= tcp + TcpHeaderLength && (packet[tcp + 13] & Syn) != 0;
    }

    private static int TcpOffset(ReadOnlySpan<byte> packet, out int headers)
    {
        headers = 0;
        if (packet.Length >= Ipv4HeaderLength && packet[0] >> 4 == 4)
        {
            headers = Ipv4HeaderLength + TcpHeaderLength;
            int headerLength = (packet[0] & 0x0F) * 4;
            bool whole = (BinaryPrimitives.ReadUInt16BigEndian(packet[6..]) & FragmentMask) == 0;
            return packet[9] == Tcp && whole && headerLength >= Ipv4HeaderLength ? headerLength : -1;
        }

        if (packet.Length >= Ipv6HeaderLength && packet[0] >> 4 == 6)
        {
            headers = Ipv6HeaderLength + TcpHeaderLength;
            return packet[6] == Tcp ? Ipv6HeaderLength : -1;
        }

        return -1;
    }

    private static bool Lower(Span<byte> packet, int tcp, int at, int limit)
    {
        ushort announced = BinaryPrimitives.ReadUInt16BigEndian(packet[at..]);
        if (limit <= 0 || announced <= limit)
        {
            return false;
        }

        // RFC 1624 eqn. 3: HC' = ~(~HC + ~m + m'). An odd offset within the segment swaps the bytes of both m and m'.
        Span<byte> checksum = packet.Slice(tcp + 16, 2);
        bool odd = ((at - tcp) & 1) != 0;
        uint sum = (ushort)~BinaryPrimitives.ReadUInt16BigEndian(checksum);
        sum += (ushort)~Swap(announced, odd);
        sum += Swap((ushort)limit, odd);
        sum = (sum & 0xFFFF) + (sum >> 16);
        sum = (sum & 0xFFFF) + (sum >> 16);
        BinaryPrimitives.WriteUInt16BigEndian(checksum, (ushort)~sum);
        BinaryPrimitives.WriteUInt16BigEndian(packet[at..], (ushort)limit);
        return true;
    }

    private static ushort Swap(ushort value, bool odd) => odd ? BinaryPrimitives.ReverseEndianness(value) : value;
}
