using System.Buffers.Binary;
using SstpRouter.Ppp.Session;

namespace SstpRouter.Ppp;

/// <summary>
/// The PPP frame inside a tunnel: no flags, no stuffing, no FCS (RFC 1661 2). Only <see cref="Describe"/> allocates.
/// </summary>
public static class PppFrame
{
    /// <summary>Internet Protocol version 4 (RFC 1332).</summary>
    public const ushort Ipv4 = 0x0021;

    /// <summary>Internet Protocol version 6 (RFC 5072).</summary>
    public const ushort Ipv6 = 0x0057;

    /// <summary>IP Control Protocol (RFC 1332).</summary>
    public const ushort Ipcp = 0x8021;

    /// <summary>IPv6 Control Protocol (RFC 5072).</summary>
    public const ushort Ipv6cp = 0x8057;

    /// <summary>Link Control Protocol (RFC 1661).</summary>
    public const ushort Lcp = 0xC021;

    /// <summary>Password Authentication Protocol (RFC 1334).</summary>
    public const ushort Pap = 0xC023;

    /// <summary>Challenge Handshake Authentication Protocol (RFC 1994).</summary>
    public const ushort Chap = 0xC223;

    /// <summary>The length of the header that <see cref="WriteHeader"/> writes: address, control, protocol.</summary>
    public const int HeaderLength = 4;

    private const byte Address = 0xFF; // RFC 1662 3.1, all stations
    private const byte Control = 0x03; // RFC 1662 3.1, unnumbered information

    /// <summary>
    /// Finds the protocol and the information field. Address and control may be missing (RFC 1661 6.6), and the
    /// protocol field may be one byte (RFC 1661 6.5), whatever was negotiated.
    /// </summary>
    /// <param name="frame">The frame.</param>
    /// <param name="protocol">The protocol number.</param>
    /// <param name="informationOffset">Where the information field starts; it may be empty.</param>
    /// <returns>False if the frame ends before the protocol does, or the number is not a legal one.</returns>
    public static bool TryParse(ReadOnlySpan<byte> frame, out ushort protocol, out int informationOffset)
    {
        int at = frame.Length >= 2 && frame[0] == Address && frame[1] == Control ? 2 : 0;
        protocol = 0;
        informationOffset = 0;
        if (at >= frame.Length)
        {
            return false;
        }

        // RFC 1661 2: the last byte of a protocol number is odd and every other one is even.
        if ((frame[at] & 1) != 0)
        {
            protocol = frame[at];
            informationOffset = at + 1;
            return true;
        }

        if (at + 1 >= frame.Length || (frame[at + 1] & 1) == 0)
        {
            return false;
        }

        protocol = BinaryPrimitives.ReadUInt16BigEndian(frame[at..]);
        informationOffset = at + 2;
        return true;
    }

    /// <summary>Writes the header in the form that every peer accepts: FF 03 and a protocol of two bytes.</summary>
    /// <param name="destination">At least <see cref="HeaderLength"/> bytes.</param>
    /// <param name="protocol">The protocol number.</param>
    public static void WriteHeader(Span<byte> destination, ushort protocol)
    {
        destination[3] = (byte)protocol;
        destination[2] = (byte)(protocol >> 8);
        destination[1] = Control;
        destination[0] = Address;
    }

    /// <summary>
    /// A frame on one line, as RouterOS names it; with its options, but without what PAP and CHAP carry.
    /// </summary>
    /// <param name="frame">The frame.</param>
    /// <returns><c>LCP ConfReq id=0x1 &lt;mru 1500&gt;</c>; allocates.</returns>
    public static string Describe(ReadOnlySpan<byte> frame) =>
        TryParse(frame, out ushort protocol, out int offset)
            ? PacketText.DescribeOnOneLine(protocol, frame[offset..])
            : $"unreadable frame, {frame.Length} bytes";
}
