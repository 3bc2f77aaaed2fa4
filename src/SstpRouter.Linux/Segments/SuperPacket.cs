using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace SstpRouter.Linux.Segments;

/// <summary>
/// What one read of a TUN device gave: a packet, or up to 64 KB that the kernel left to us to split
/// (Documentation/networking/segmentation-offloads.rst). It holds no bytes, only what they mean.
/// </summary>
public readonly struct SuperPacket
{
    private readonly IpPacket _ip;
    private readonly ushort _headers;
    private readonly ushort _segment;
    private readonly int _payload;
    private readonly ushort _checksumStart;
    private readonly ushort _checksumOffset;
    private readonly bool _needsChecksum;

    private SuperPacket(VirtioNetHeader header, IpPacket ip, int headers, int segment, int payload)
    {
        _ip = ip;
        _headers = (ushort)headers;
        _segment = (ushort)segment;
        _payload = payload;
        _checksumStart = header.ChecksumStart;
        _checksumOffset = header.ChecksumOffset;
        _needsChecksum = header.NeedsChecksum;
        SegmentCount = segment == 0 ? 1 : (payload + segment - 1) / segment;
    }

    /// <summary>How many packets it makes, 1 or more.</summary>
    public int SegmentCount { get; }

    /// <summary>4 or 6.</summary>
    public int Version => _ip.Version;

    /// <summary>The length of its longest packet in octets.</summary>
    public int LargestSegment => _headers + (_segment == 0 ? _payload : Math.Min(_segment, _payload));

    /// <summary>The octets of all its packets.</summary>
    public int TotalLength => (_headers * SegmentCount) + _payload;

    /// <summary>True where it is one packet.</summary>
    public bool IsSingle => _segment == 0;

    /// <summary>Finds out what the kernel gave.</summary>
    /// <param name="header">The header in front of it.</param>
    /// <param name="bytes">The bytes behind that header.</param>
    /// <param name="packet">What it is.</param>
    /// <returns>False where the header and the bytes contradict each other, or no IP packet is there.</returns>
    public static bool TryParse(VirtioNetHeader header, ReadOnlySpan<byte> bytes, out SuperPacket packet)
    {
        packet = default;
        bool single = header.Kind == VirtioNetKind.Packet;
        if (bytes.Length > ushort.MaxValue || !IpPacket.TryParse(bytes, out IpPacket ip, lengthTold: single))
        {
            return false;
        }

        if (header.NeedsChecksum
            && (header.ChecksumStart < ip.TransportOffset || header.ChecksumStart + header.ChecksumOffset + sizeof(ushort) > ip.Length))
        {
            return false;
        }

        if (single)
        {
            packet = new SuperPacket(header, ip, ip.Length, 0, 0);
            return true;
        }

        int transport = ip.TransportOffset;
        int headers = header.Kind switch
        {
            VirtioNetKind.Tcp4 when ip is { Version: 4, Protocol: IpPacket.Tcp } => TcpHeaders(bytes, transport),
            VirtioNetKind.Tcp6 when ip is { Version: 6, Protocol: IpPacket.Tcp } => TcpHeaders(bytes, transport),
            VirtioNetKind.Udp when ip.Protocol == IpPacket.Udp => transport + IpPacket.UdpHeaderLength,
            _ => -1,
        };
        if (headers < 0 || headers >= bytes.Length || ip.IsFragment || header.SegmentLength == 0
            || !header.NeedsChecksum || header.ChecksumStart != transport
            || header.ChecksumOffset != (ip.Protocol == IpPacket.Tcp ? TcpHeader.ChecksumOffset : IpPacket.UdpChecksumOffset))
        {
            return false;
        }

        packet = new SuperPacket(header, ip, headers, header.SegmentLength, bytes.Length - headers);
        return true;
    }

    /// <summary>A number that packets of one flow share.</summary>
    public uint FlowHash(ReadOnlySpan<byte> bytes) => _ip.FlowHash(bytes);

    /// <summary>True where both ends of its flow can be told of congestion without a loss, or are told already: RFC 3168 5.</summary>
    public bool IsEcnCapable(ReadOnlySpan<byte> bytes) => (TrafficClass(bytes) & 0x03) != 0;

    /// <summary>Writes one of its packets, whole and with its checksums.</summary>
    /// <param name="bytes">The bytes that were given to <see cref="TryParse"/>.</param>
    /// <param name="index">Which, from 0.</param>
    /// <param name="destination">At least <see cref="LargestSegment"/> octets.</param>
    /// <param name="congestion">Mark it as having met congestion, which only <see cref="IsEcnCapable"/> allows.</param>
    /// <returns>Its length in octets.</returns>
    public int WriteSegment(ReadOnlySpan<byte> bytes, int index, Span<byte> destination, bool congestion = false)
    {
        if (_segment == 0)
        {
            bytes[.._headers].CopyTo(destination);
            destination = destination[.._headers];
            if (_needsChecksum)
            {
                Finish(destination);
            }

            if (congestion)
            {
                Mark(destination);
            }

            return _headers;
        }

        int offset = index * _segment;
        int count = Math.Min(_segment, _payload - offset);
        destination = destination[..(_headers + count)];
        bytes[.._headers].CopyTo(destination);
        bytes.Slice(_headers + offset, count).CopyTo(destination[_headers..]);
        WriteNetworkHeader(destination, index);
        WriteTransportHeader(destination, index, offset, isLast: index == SegmentCount - 1);
        if (congestion)
        {
            Mark(destination);
        }

        return destination.Length;
    }

    private static int TcpHeaders(ReadOnlySpan<byte> bytes, int transport)
    {
        if (bytes.Length < transport + TcpHeader.MinimumLength)
        {
            return -1;
        }

        int length = TcpHeader.LengthOf(bytes[transport..]);
        return length >= TcpHeader.MinimumLength ? transport + length : -1;
    }

    private int TrafficClass(ReadOnlySpan<byte> bytes) =>
        _ip.Version == 4 ? bytes[1] : BinaryPrimitives.ReadUInt16BigEndian(bytes) >> 4;

    private void WriteNetworkHeader(Span<byte> packet, int index)
    {
        if (_ip.Version == 6)
        {
            BinaryPrimitives.WriteUInt16BigEndian(packet[4..], (ushort)(packet.Length - IpPacket.Ipv6HeaderLength));
            return;
        }

        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], (ushort)packet.Length);
        BinaryPrimitives.WriteUInt16BigEndian(packet[4..], (ushort)(BinaryPrimitives.ReadUInt16BigEndian(packet[4..]) + index));
        InternetChecksum.FinishIpv4(packet[..((packet[0] & 0x0F) * 4)]);
    }

    private void WriteTransportHeader(Span<byte> packet, int index, int offset, bool isLast)
    {
        Span<byte> transport = packet[_ip.TransportOffset..];
        int at = IpPacket.UdpChecksumOffset;
        if (_ip.Protocol == IpPacket.Tcp)
        {
            at = TcpHeader.ChecksumOffset;
            Span<byte> sequence = transport[TcpHeader.SequenceOffset..];
            BinaryPrimitives.WriteUInt32BigEndian(sequence, BinaryPrimitives.ReadUInt32BigEndian(sequence) + (uint)offset);
            if (!isLast)
            {
                transport[TcpHeader.FlagsOffset] &= unchecked((byte)~(TcpHeader.Fin | TcpHeader.Push));
            }

            if (index > 0)
            {
                // RFC 3168 6.1.2: it belongs to the first packet of the new window.
                transport[TcpHeader.FlagsOffset] &= unchecked((byte)~TcpHeader.CongestionWindowReduced);
            }
        }
        else
        {
            BinaryPrimitives.WriteUInt16BigEndian(transport[4..], (ushort)transport.Length);
        }

        // The field holds the sum of the pseudo header with the length of all: only the length is changed, because the addresses in it
        // need not be those of the header (RFC 8200 8.1, routing header).
        ulong others = (ulong)InternetChecksum.Word((ushort)transport.Length)
            + (ushort)~InternetChecksum.Word((ushort)(_headers + _payload - _ip.TransportOffset));
        MemoryMarshal.Write(transport[at..], InternetChecksum.ToField(InternetChecksum.Add(transport, others), _ip.Protocol == IpPacket.Udp));
    }

    // The field holds the sum of the pseudo header already.
    private void Finish(Span<byte> packet)
    {
        ushort field = InternetChecksum.ToField(InternetChecksum.Add(packet[_checksumStart..]), _ip.Protocol == IpPacket.Udp);
        MemoryMarshal.Write(packet[(_checksumStart + _checksumOffset)..], field);
    }

    private void Mark(Span<byte> packet)
    {
        if (_ip.Version == 6)
        {
            packet[1] |= 0x30;
            return;
        }

        packet[1] |= 0x03;
        InternetChecksum.FinishIpv4(packet[..((packet[0] & 0x0F) * 4)]);
    }
}
