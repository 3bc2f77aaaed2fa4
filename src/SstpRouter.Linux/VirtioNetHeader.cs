using System.Runtime.InteropServices;

namespace SstpRouter.Linux;

/// <summary>What a super-packet is made of.</summary>
public enum VirtioNetKind : byte
{
    /// <summary>One packet.</summary>
    Packet = 0,

    /// <summary>TCP over IPv4.</summary>
    Tcp4 = 1,

    /// <summary>TCP over IPv6.</summary>
    Tcp6 = 4,

    /// <summary>UDP datagrams over either.</summary>
    Udp = 5,
}

/// <summary>
/// The header in front of each packet of a TUN device with offloads, <c>struct virtio_net_hdr</c> of
/// &lt;linux/virtio_net.h&gt;, in the machine's own byte order.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct VirtioNetHeader
{
    /// <summary>Its length in octets.</summary>
    public const int Length = 10;

    private const byte FlagNeedsChecksum = 0x01;
    private const byte KindEcn = 0x80;

    private byte _flags;
    private byte _kind;

    /// <summary>The length of all headers before the payload, in octets: a hint, not to be relied on.</summary>
    public ushort HeadersLength;

    /// <summary>The payload of each segment but the last, in octets; 0 for one packet.</summary>
    public ushort SegmentLength;

    /// <summary>Where the part begins that the transport checksum covers.</summary>
    public ushort ChecksumStart;

    /// <summary>Where the checksum stands, counted from <see cref="ChecksumStart"/>.</summary>
    public ushort ChecksumOffset;

    /// <summary>The checksum is still to be made: its field holds the sum of the pseudo header.</summary>
    public bool NeedsChecksum
    {
        readonly get => (_flags & FlagNeedsChecksum) != 0;
        set => _flags = value ? FlagNeedsChecksum : (byte)0;
    }

    /// <summary>What it is; a number without a name stays what it is.</summary>
    public VirtioNetKind Kind
    {
        readonly get => (VirtioNetKind)(_kind & ~KindEcn);
        set => _kind = (byte)value;
    }

    /// <summary>TCP's first segment carries ECN's CWR, which the others must not: RFC 3168 6.1.2. Set it after <see cref="Kind"/>.</summary>
    public bool IsWindowReduced
    {
        readonly get => (_kind & KindEcn) != 0;
        set => _kind = (byte)(value ? _kind | KindEcn : _kind & ~KindEcn);
    }

    /// <summary>Reads the header at the front of what a device gave.</summary>
    /// <param name="buffer">At least <see cref="Length"/> octets.</param>
    public static VirtioNetHeader Read(ReadOnlySpan<byte> buffer) => MemoryMarshal.Read<VirtioNetHeader>(buffer);
}
