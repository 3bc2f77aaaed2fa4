using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace SstpRouter.Linux.Segments;

/// <summary>Where the headers of an IP packet stand: RFC 791 3.1, RFC 8200 3 and 4.</summary>
public readonly record struct IpPacket
{
    /// <summary>The protocol number of TCP.</summary>
    public const byte Tcp = 6;

    /// <summary>The protocol number of UDP.</summary>
    public const byte Udp = 17;

    internal const int Ipv4HeaderLength = 20;
    internal const int Ipv6HeaderLength = 40;
    internal const int UdpHeaderLength = 8;
    internal const int UdpChecksumOffset = 6;

    private const int FragmentMask = 0x3FFF; // more fragments, and the offset of this one
    private const int MaximumExtensions = 8;

    /// <summary>4 or 6.</summary>
    public byte Version { get; private init; }

    /// <summary>The protocol behind the IP header and its extensions; <see cref="Tcp"/>, <see cref="Udp"/> or another.</summary>
    public byte Protocol { get; private init; }

    /// <summary>Where the header of that protocol begins.</summary>
    public ushort TransportOffset { get; private init; }

    /// <summary>The length that the IP header tells, header included; at most that of the bytes at hand.</summary>
    public int Length { get; private init; }

    /// <summary>True for a part of a packet, whose transport header may be missing.</summary>
    public bool IsFragment { get; private init; }

    /// <summary>Finds the headers.</summary>
    /// <param name="bytes">From the IP header on; there may be more behind the packet.</param>
    /// <param name="packet">What was found.</param>
    /// <param name="lengthTold">False for a super-packet, whose length field the kernel leaves as it comes out.</param>
    /// <returns>False where this is no whole IP packet.</returns>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out IpPacket packet, bool lengthTold = true)
    {
        packet = default;
        if (bytes.Length < Ipv4HeaderLength)
        {
            return false;
        }

        return (bytes[0] >> 4) switch
        {
            4 => TryParse4(bytes, out packet, lengthTold),
            6 => TryParse6(bytes, out packet, lengthTold),
            _ => false,
        };
    }

    /// <summary>The sum of the pseudo header (RFC 9293 3.1, RFC 8200 8.1), for <see cref="InternetChecksum.Fold"/>.</summary>
    /// <param name="bytes">The packet.</param>
    /// <param name="transportLength">The length of the transport header and its data.</param>
    internal ulong PseudoHeaderSum(ReadOnlySpan<byte> bytes, int transportLength) =>
        InternetChecksum.Add(
            Version == 4 ? bytes.Slice(12, 8) : bytes.Slice(8, 32),
            (ulong)InternetChecksum.Word((ushort)transportLength) + InternetChecksum.Word(Protocol));

    /// <summary>A number that packets of one flow share.</summary>
    internal uint FlowHash(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> addresses = Version == 4 ? bytes.Slice(12, 8) : bytes.Slice(8, 32);
        ulong hash = Protocol;
        foreach (ulong word in MemoryMarshal.Cast<byte, ulong>(addresses))
        {
            hash = (hash ^ word) * 0x9E37_79B9_7F4A_7C15;
            hash ^= hash >> 32;
        }

        if (!IsFragment && Protocol is Tcp or Udp && bytes.Length >= TransportOffset + 4)
        {
            hash = (hash ^ MemoryMarshal.Read<uint>(bytes[TransportOffset..])) * 0x9E37_79B9_7F4A_7C15;
        }

        return (uint)(hash >> 32);
    }

    private static bool TryParse4(ReadOnlySpan<byte> bytes, out IpPacket packet, bool lengthTold)
    {
        int header = (bytes[0] & 0x0F) * 4;
        int length = lengthTold ? BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]) : bytes.Length;
        packet = new IpPacket
        {
            Version = 4,
            Protocol = bytes[9],
            TransportOffset = (ushort)header,
            Length = length,
            IsFragment = (BinaryPrimitives.ReadUInt16BigEndian(bytes[6..]) & FragmentMask) != 0,
        };
        return header >= Ipv4HeaderLength && length >= header && length <= bytes.Length;
    }

    private static bool TryParse6(ReadOnlySpan<byte> bytes, out IpPacket packet, bool lengthTold)
    {
        packet = default;
        if (bytes.Length < Ipv6HeaderLength)
        {
            return false;
        }

        int length = lengthTold ? Ipv6HeaderLength + BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]) : bytes.Length;
        if (length > bytes.Length)
        {
            return false;
        }

        int at = Ipv6HeaderLength;
        byte next = bytes[6];
        bool fragment = false;
        for (int i = 0; i < MaximumExtensions && at + 8 <= length && !fragment; i++)
        {
            switch (next)
            {
                case 0 or 43 or 60: // hop-by-hop, routing, destination options
                    next = bytes[at];
                    at += (bytes[at + 1] + 1) * 8;
                    continue;
                case 44:
                    fragment = true;
                    continue;
            }

            break;
        }

        packet = new IpPacket { Version = 6, Protocol = next, TransportOffset = (ushort)at, Length = length, IsFragment = fragment };
        return at <= length;
    }
}
