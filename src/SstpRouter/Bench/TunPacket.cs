using System.Buffers.Binary;
using System.Net;
using SstpRouter.Linux;
using SstpRouter.Linux.Segments;

namespace SstpRouter.Bench;

/// <summary>A packet for the kernel to forward from one TUN device to another.</summary>
/// <param name="Header">What it is.</param>
/// <param name="Bytes">From the IP header on.</param>
internal sealed record TunPacket(VirtioNetHeader Header, byte[] Bytes)
{
    // RFC 791 3.1, RFC 768, RFC 9293 3.1
    private const int IpLength = 20;
    private const int TcpLength = 20;
    private const int TcpChecksum = 16;
    private const byte TcpHeaderWords = TcpLength / 4 << 4;
    private const byte TcpAcknowledgement = 0x10;
    private const ushort Port = 9; // discard: RFC 863

    /// <summary>The payload of a segment at a tunnel's usual MTU.</summary>
    private const int SegmentLength = 1_360;

    /// <summary>The kernel's address on the device that packets are written to.</summary>
    public static IPAddress EntryAddress { get; } = new([198, 18, 0, 1]); // RFC 2544 C.2.2: for benchmarks

    /// <summary>The kernel's address on the device that they are read from.</summary>
    public static IPAddress ExitAddress { get; } = new([198, 18, 1, 1]);

    /// <summary>One UDP datagram.</summary>
    /// <param name="length">Of the whole packet, in octets.</param>
    public static TunPacket Datagram(int length)
    {
        byte[] packet = Ip(length, IpPacket.Udp);
        Span<byte> udp = packet.AsSpan(IpLength);
        BinaryPrimitives.WriteUInt16BigEndian(udp, Port);
        BinaryPrimitives.WriteUInt16BigEndian(udp[2..], Port);
        BinaryPrimitives.WriteUInt16BigEndian(udp[4..], (ushort)udp.Length); // and no checksum: RFC 768
        return new TunPacket(default, packet);
    }

    /// <summary>As many full TCP segments as go into 64 KB.</summary>
    public static TunPacket Super()
    {
        const int headers = IpLength + TcpLength;
        byte[] packet = Ip(headers + ((ushort.MaxValue - headers) / SegmentLength * SegmentLength), IpPacket.Tcp);
        Span<byte> tcp = packet.AsSpan(IpLength);
        BinaryPrimitives.WriteUInt16BigEndian(tcp, Port);
        BinaryPrimitives.WriteUInt16BigEndian(tcp[2..], Port);
        tcp[12] = TcpHeaderWords;
        tcp[13] = TcpAcknowledgement;
        var header = new VirtioNetHeader
        {
            NeedsChecksum = true,
            Kind = VirtioNetKind.Tcp4,
            HeadersLength = headers,
            SegmentLength = SegmentLength,
            ChecksumStart = IpLength,
            ChecksumOffset = TcpChecksum,
        };
        return new TunPacket(header, packet);
    }

    private static byte[] Ip(int length, byte protocol)
    {
        byte[] packet = new byte[length];
        packet[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)length);
        packet[8] = 64;
        packet[9] = protocol;
        Neighbour(EntryAddress).CopyTo(packet, 12);
        Neighbour(ExitAddress).CopyTo(packet, 16);
        InternetChecksum.FinishIpv4(packet.AsSpan(0, IpLength));
        return packet;
    }

    private static byte[] Neighbour(IPAddress address)
    {
        byte[] octets = address.GetAddressBytes();
        octets[3]++;
        return octets;
    }
}
