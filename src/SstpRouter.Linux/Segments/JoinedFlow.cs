using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace SstpRouter.Linux.Segments;

/// <summary>Packets of one flow that follow each other: the first one and where the payloads of the others lie.</summary>
internal sealed class JoinedFlow
{
    // UDP_MAX_SEGMENTS, <linux/udp.h>; TCP's limit is the length, but for segments that are tiny.
    private const int MaximumDatagrams = 64;
    private const int MaximumSegments = 128;
    private const int MaximumLength = ushort.MaxValue;

    private const byte Last = TcpHeader.Fin | TcpHeader.Push; // what only the last segment of a super-packet has
    private const byte Alone = TcpHeader.Syn | TcpHeader.Reset | TcpHeader.Urgent; // never joined

    private readonly BufferSlice[] _slices = new BufferSlice[MaximumSegments];
    private IpPacket _ip;
    private int _headers;
    private int _segment;
    private int _length;
    private int _octets;
    private uint _nextSequence;
    private ushort _nextId;
    private bool _isVerified;
    private byte _lastFlags;

    /// <summary>How many packets there are; 0 while it is free.</summary>
    public int Count { get; private set; }

    /// <summary>The flow's <see cref="IpPacket.FlowHash"/>.</summary>
    public uint Hash { get; private set; }

    /// <summary>True where nothing can follow.</summary>
    public bool IsFull { get; private set; }

    private bool IsTcp => _ip.Protocol == IpPacket.Tcp;

    private int ChecksumOffset => IsTcp ? TcpHeader.ChecksumOffset : IpPacket.UdpChecksumOffset;

    /// <summary>True where other packets may follow this one in a super-packet.</summary>
    public static bool MayBegin(ReadOnlySpan<byte> packet, in IpPacket ip)
    {
        if (ip.TransportOffset != (ip.Version == 4 ? IpPacket.Ipv4HeaderLength : IpPacket.Ipv6HeaderLength))
        {
            // Options, or extension headers: a kernel that forwards takes the latter for the header of TCP, and loses what would pass one by one.
            return false;
        }

        ReadOnlySpan<byte> transport = packet[ip.TransportOffset..];
        if (ip.Protocol == IpPacket.Udp)
        {
            return transport.Length > IpPacket.UdpHeaderLength
                && BinaryPrimitives.ReadUInt16BigEndian(transport[4..]) == transport.Length
                && MemoryMarshal.Read<ushort>(transport[6..]) != 0;
        }

        return transport.Length > TcpHeader.MinimumLength
            && (transport[TcpHeader.FlagsOffset] & (Alone | Last)) == 0
            && TcpHeader.LengthOf(transport) is >= TcpHeader.MinimumLength and var header && transport.Length > header;
    }

    /// <summary>Begins with a packet that <see cref="MayBegin"/>.</summary>
    public void Begin(ReadOnlySpan<byte> packet, int offset, in IpPacket ip, uint hash)
    {
        ReadOnlySpan<byte> transport = packet[ip.TransportOffset..];
        _ip = ip;
        Hash = hash;
        Count = 1;
        IsFull = false;
        _isVerified = false;
        _headers = ip.TransportOffset + (ip.Protocol == IpPacket.Tcp ? TcpHeader.LengthOf(transport) : IpPacket.UdpHeaderLength);
        _segment = packet.Length - _headers;
        _length = _octets = packet.Length;
        _slices[0] = new BufferSlice(offset, packet.Length);
        _lastFlags = 0;
        _nextId = ip.Version == 4 ? (ushort)(BinaryPrimitives.ReadUInt16BigEndian(packet[4..]) + 1) : (ushort)0;
        _nextSequence = ip.Protocol == IpPacket.Tcp ? BinaryPrimitives.ReadUInt32BigEndian(transport[4..]) + (uint)_segment : 0;
    }

    /// <summary>True where the packet has the same addresses, protocol and ports.</summary>
    public bool IsOf(ReadOnlySpan<byte> buffer, ReadOnlySpan<byte> packet, in IpPacket ip) =>
        ip.Protocol == _ip.Protocol
        && IsBetween(buffer, packet, ip)
        && packet.Length >= ip.TransportOffset + 4
        && packet.Slice(ip.TransportOffset, 4).SequenceEqual(buffer.Slice(_slices[0].Offset + _ip.TransportOffset, 4));

    /// <summary>True where the packet has the same addresses.</summary>
    public bool IsBetween(ReadOnlySpan<byte> buffer, ReadOnlySpan<byte> packet, in IpPacket ip)
    {
        ReadOnlySpan<byte> first = buffer[_slices[0].Offset..];
        return ip.Version == _ip.Version
            && (ip.Version == 4 ? packet.Slice(12, 8).SequenceEqual(first.Slice(12, 8)) : packet.Slice(8, 32).SequenceEqual(first.Slice(8, 32)));
    }

    /// <summary>Forgets what there is.</summary>
    public void Discard() => Count = 0;

    /// <summary>Takes the packet in where it follows those that are there.</summary>
    /// <returns>False where it does not; nothing has changed then.</returns>
    public bool TryAppend(ReadOnlySpan<byte> buffer, int offset, int length, in IpPacket ip)
    {
        ReadOnlySpan<byte> first = buffer.Slice(_slices[0].Offset, _slices[0].Length);
        ReadOnlySpan<byte> packet = buffer.Slice(offset, length);
        int payload = length - _headers;
        if (payload <= 0 || payload > _segment || ip.TransportOffset != _ip.TransportOffset
            || _length + payload > MaximumLength || !HasSameNetworkHeader(first, packet))
        {
            return false;
        }

        ReadOnlySpan<byte> transport = packet[ip.TransportOffset..];
        byte flags = 0;
        if (IsTcp)
        {
            flags = transport[TcpHeader.FlagsOffset];
            if (!Follows(first[ip.TransportOffset.._headers], transport))
            {
                return false;
            }
        }
        else if (BinaryPrimitives.ReadUInt16BigEndian(transport[4..]) != transport.Length || MemoryMarshal.Read<ushort>(transport[6..]) == 0)
        {
            return false;
        }

        if (!(_isVerified || IsSound(first)) || !IsSound(packet))
        {
            return false;
        }

        _isVerified = true;
        _slices[Count++] = new BufferSlice(offset + _headers, payload);
        _length += payload;
        _octets += length;
        _nextId++;
        _nextSequence += (uint)payload;
        _lastFlags = (byte)(flags & Last);
        IsFull = payload < _segment || _lastFlags != 0 || Count == (IsTcp ? MaximumSegments : MaximumDatagrams)
            || _length + _segment > MaximumLength;
        return true;
    }

    /// <summary>Gives what there is to the sink, and is free again.</summary>
    public void WriteTo(IPacketSink sink, byte[] buffer)
    {
        Span<byte> first = buffer.AsSpan(_slices[0].Offset, _slices[0].Length);
        int count = Count;
        Count = 0;
        if (count == 1)
        {
            sink.Write(first);
            return;
        }

        WriteHeaders(first);
        var header = new VirtioNetHeader
        {
            NeedsChecksum = true,
            Kind = !IsTcp ? VirtioNetKind.Udp : _ip.Version == 4 ? VirtioNetKind.Tcp4 : VirtioNetKind.Tcp6,
            HeadersLength = (ushort)_headers,
            SegmentLength = (ushort)_segment,
            ChecksumStart = _ip.TransportOffset,
            ChecksumOffset = (ushort)ChecksumOffset,
            IsWindowReduced = IsTcp && (first[_ip.TransportOffset + TcpHeader.FlagsOffset] & TcpHeader.CongestionWindowReduced) != 0,
        };
        sink.Write(header, buffer, _slices.AsSpan(0, count), _octets);
    }

    // All but the lengths, the identification, which counts up, and the checksum.
    private bool HasSameNetworkHeader(ReadOnlySpan<byte> first, ReadOnlySpan<byte> packet)
    {
        if (_ip.Version == 4)
        {
            return MemoryMarshal.Read<ushort>(packet) == MemoryMarshal.Read<ushort>(first)
                && MemoryMarshal.Read<uint>(packet[6..]) == MemoryMarshal.Read<uint>(first[6..])
                && BinaryPrimitives.ReadUInt16BigEndian(packet[4..]) == _nextId;
        }

        return MemoryMarshal.Read<uint>(packet) == MemoryMarshal.Read<uint>(first)
            && MemoryMarshal.Read<ushort>(packet[6..]) == MemoryMarshal.Read<ushort>(first[6..]);
    }

    private bool Follows(ReadOnlySpan<byte> first, ReadOnlySpan<byte> next)
    {
        int flags = next[TcpHeader.FlagsOffset];
        return BinaryPrimitives.ReadUInt32BigEndian(next[4..]) == _nextSequence
            && MemoryMarshal.Read<uint>(next[8..]) == MemoryMarshal.Read<uint>(first[8..]) // acknowledgement
            && next[12] == first[12]
            && (flags & (Alone | TcpHeader.CongestionWindowReduced)) == 0
            && ((flags ^ first[TcpHeader.FlagsOffset]) & ~(Last | TcpHeader.CongestionWindowReduced)) == 0
            && MemoryMarshal.Read<ushort>(next[14..]) == MemoryMarshal.Read<ushort>(first[14..]) // window
            && MemoryMarshal.Read<ushort>(next[18..]) == MemoryMarshal.Read<ushort>(first[18..]) // urgent pointer
            && next[20..first.Length].SequenceEqual(first[20..]); // options, time stamps among them
    }

    // Joined packets count as verified in the kernel, so each is verified here.
    private bool IsSound(ReadOnlySpan<byte> packet)
    {
        if (_ip.Version == 4 && InternetChecksum.Fold(InternetChecksum.Add(packet[..IpPacket.Ipv4HeaderLength])) != ushort.MaxValue)
        {
            return false;
        }

        ReadOnlySpan<byte> transport = packet[_ip.TransportOffset..];
        return InternetChecksum.Fold(InternetChecksum.Add(transport, _ip.PseudoHeaderSum(packet, transport.Length))) == ushort.MaxValue;
    }

    private void WriteHeaders(Span<byte> first)
    {
        int transportLength = _length - _ip.TransportOffset;
        if (_ip.Version == 4)
        {
            BinaryPrimitives.WriteUInt16BigEndian(first[2..], (ushort)_length);
            InternetChecksum.FinishIpv4(first[..IpPacket.Ipv4HeaderLength]);
        }
        else
        {
            BinaryPrimitives.WriteUInt16BigEndian(first[4..], (ushort)(_length - IpPacket.Ipv6HeaderLength));
        }

        Span<byte> transport = first[_ip.TransportOffset..];
        if (IsTcp)
        {
            transport[TcpHeader.FlagsOffset] |= _lastFlags;
        }
        else
        {
            BinaryPrimitives.WriteUInt16BigEndian(transport[4..], (ushort)transportLength);
        }

        MemoryMarshal.Write(transport[ChecksumOffset..], InternetChecksum.Fold(_ip.PseudoHeaderSum(first, transportLength)));
    }
}
