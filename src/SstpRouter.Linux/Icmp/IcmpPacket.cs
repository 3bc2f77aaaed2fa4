using System.Buffers.Binary;
using System.Net.Sockets;
using SstpRouter.Linux.Segments;

namespace SstpRouter.Linux.Icmp;

/// <summary>What an ICMP packet says about one of our echo requests.</summary>
/// <param name="Status">An answer, or an error.</param>
/// <param name="Identifier">The request's identifier.</param>
/// <param name="Sequence">The request's number.</param>
internal readonly record struct EchoOutcome(PingStatus Status, ushort Identifier, ushort Sequence);

/// <summary>Echo requests, and what comes back for them: RFC 792 for IPv4, RFC 4443 for IPv6.</summary>
internal static class IcmpPacket
{
    /// <summary>Octets before the payload of an echo request.</summary>
    public const int HeaderSize = 8;

    public const int IPv4HeaderSize = 20;
    public const int IPv6HeaderSize = 40;

    // RFC 792
    public const int EchoReply = 0;
    public const int Unreachable = 3;
    public const int TimeExceeded = 11;
    private const byte EchoRequest = 8;

    // RFC 4443
    public const int UnreachableV6 = 1;
    public const int TooBigV6 = 2;
    public const int TimeExceededV6 = 3;
    public const int EchoReplyV6 = 129;
    private const byte EchoRequestV6 = 128;

    private const byte ProtocolIcmp = 1;
    private const byte ProtocolIcmpV6 = 58;

    /// <summary>Makes an echo request of what is in the buffer. The kernel sets an ICMPv6 checksum itself.</summary>
    /// <param name="packet">The header and the payload; the payload stays.</param>
    /// <param name="family">Which ICMP.</param>
    /// <param name="identifier">The identifier.</param>
    /// <param name="sequence">The number.</param>
    public static void WriteRequest(Span<byte> packet, AddressFamily family, ushort identifier, ushort sequence)
    {
        bool isIPv4 = family == AddressFamily.InterNetwork;
        packet[..HeaderSize].Clear();
        packet[0] = isIPv4 ? EchoRequest : EchoRequestV6;
        BinaryPrimitives.WriteUInt16BigEndian(packet[4..], identifier);
        BinaryPrimitives.WriteUInt16BigEndian(packet[6..], sequence);
        if (isIPv4)
        {
            BinaryPrimitives.WriteUInt16BigEndian(packet[2..], Checksum(packet));
        }
    }

    /// <summary>Reads a received ICMP packet.</summary>
    /// <param name="packet">The packet from the ICMP header on.</param>
    /// <param name="family">Which ICMP.</param>
    /// <param name="outcome">What it says.</param>
    /// <returns>False when it is damaged, or not about an echo request.</returns>
    public static bool TryRead(ReadOnlySpan<byte> packet, AddressFamily family, out EchoOutcome outcome)
    {
        outcome = default;
        if (packet.Length < HeaderSize)
        {
            return false;
        }

        // A raw IPv4 socket sees packets before their checksum is looked at; the kernel verifies ICMPv6.
        return family == AddressFamily.InterNetwork
            ? Checksum(packet) == 0 && TryReadV4(packet, out outcome)
            : TryReadV6(packet, out outcome);
    }

    /// <summary>Strips the header of a received IPv4 packet: RFC 791 3.1.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="payload">What follows the header.</param>
    /// <returns>False when it is no IPv4 packet with ICMP in it.</returns>
    public static bool TryStripIPv4(ReadOnlySpan<byte> packet, out ReadOnlySpan<byte> payload)
    {
        payload = default;
        if (packet.Length < IPv4HeaderSize || packet[0] >> 4 != 4 || packet[9] != ProtocolIcmp)
        {
            return false;
        }

        int length = (packet[0] & 0xF) * 4;
        if (length < IPv4HeaderSize || length > packet.Length)
        {
            return false;
        }

        payload = packet[length..];
        return true;
    }

    /// <summary>The Internet checksum: RFC 1071. Over a packet with a right checksum in it, 0.</summary>
    public static ushort Checksum(ReadOnlySpan<byte> packet) => InternetChecksum.Word(InternetChecksum.ToField(InternetChecksum.Add(packet)));

    private static bool TryReadV4(ReadOnlySpan<byte> packet, out EchoOutcome outcome)
    {
        byte code = packet[1];
        switch (packet[0])
        {
            case EchoReply:
                outcome = Of(PingStatus.Ok, packet);
                return true;
            case Unreachable:
                return TryReadQuoted(packet, UnreachableStatus(code), out outcome);
            case TimeExceeded:
                return TryReadQuoted(packet, PingStatus.TtlExceeded, out outcome);
            default:
                outcome = default;
                return false;
        }
    }

    private static bool TryReadV6(ReadOnlySpan<byte> packet, out EchoOutcome outcome)
    {
        switch (packet[0])
        {
            case EchoReplyV6:
                outcome = Of(PingStatus.Ok, packet);
                return true;
            case UnreachableV6:
                return TryReadQuotedV6(packet, UnreachableStatusV6(packet[1]), out outcome);
            case TooBigV6:
                return TryReadQuotedV6(packet, PingStatus.PacketTooLarge, out outcome);
            case TimeExceededV6:
                return TryReadQuotedV6(packet, PingStatus.TtlExceeded, out outcome);
            default:
                outcome = default;
                return false;
        }
    }

    // RFC 792 and RFC 1812 5.2.7.1: the codes of "destination unreachable"
    private static PingStatus UnreachableStatus(byte code) => code switch
    {
        0 or 6 or 11 => PingStatus.NetworkUnreachable,
        1 or 7 or 12 => PingStatus.HostUnreachable,
        4 => PingStatus.PacketTooLarge,
        9 or 10 or 13 => PingStatus.Prohibited,
        _ => PingStatus.Refused,
    };

    // RFC 4443 3.1
    private static PingStatus UnreachableStatusV6(byte code) => code switch
    {
        0 => PingStatus.NoRoute,
        1 or 5 => PingStatus.Prohibited,
        2 => PingStatus.NetworkUnreachable,
        3 => PingStatus.HostUnreachable,
        _ => PingStatus.Refused,
    };

    // RFC 792: an error quotes the packet's IP header and at least eight octets after it.
    private static bool TryReadQuoted(ReadOnlySpan<byte> packet, PingStatus status, out EchoOutcome outcome)
    {
        outcome = default;
        if (!TryStripIPv4(packet[HeaderSize..], out ReadOnlySpan<byte> quoted)
            || quoted.Length < HeaderSize || quoted[0] != EchoRequest)
        {
            return false;
        }

        outcome = Of(status, quoted);
        return true;
    }

    private static bool TryReadQuotedV6(ReadOnlySpan<byte> packet, PingStatus status, out EchoOutcome outcome)
    {
        outcome = default;
        ReadOnlySpan<byte> quoted = packet[HeaderSize..];
        if (quoted.Length < IPv6HeaderSize + HeaderSize || quoted[6] != ProtocolIcmpV6
            || quoted[IPv6HeaderSize] != EchoRequestV6)
        {
            return false;
        }

        outcome = Of(status, quoted[IPv6HeaderSize..]);
        return true;
    }

    private static EchoOutcome Of(PingStatus status, ReadOnlySpan<byte> echo) => new(
        status, BinaryPrimitives.ReadUInt16BigEndian(echo[4..]), BinaryPrimitives.ReadUInt16BigEndian(echo[6..]));
}
