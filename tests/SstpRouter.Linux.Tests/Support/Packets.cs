using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using SstpRouter.Linux.Icmp;

namespace SstpRouter.Linux.Tests.Support;

/// <summary>IPv4 packets by hand.</summary>
internal static class Packets
{
    /// <summary>An echo request: RFC 791 3.1 and RFC 792.</summary>
    public static byte[] EchoRequest(string from, string to, ushort identifier, ushort sequence, int payload = 28)
    {
        byte[] packet = new byte[IcmpPacket.IPv4HeaderSize + IcmpPacket.HeaderSize + payload];
        packet[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)packet.Length);
        packet[8] = 64;
        packet[9] = 1;
        IPAddress.Parse(from).GetAddressBytes().CopyTo(packet, 12);
        IPAddress.Parse(to).GetAddressBytes().CopyTo(packet, 16);
        BinaryPrimitives.WriteUInt16BigEndian(
            packet.AsSpan(10), IcmpPacket.Checksum(packet.AsSpan(0, IcmpPacket.IPv4HeaderSize)));
        IcmpPacket.WriteRequest(
            packet.AsSpan(IcmpPacket.IPv4HeaderSize), AddressFamily.InterNetwork, identifier, sequence);
        return packet;
    }

    /// <summary>The answer to an echo request.</summary>
    public static byte[] Answer(ReadOnlySpan<byte> request)
    {
        byte[] packet = request.ToArray();
        request.Slice(12, 4).CopyTo(packet.AsSpan(16));
        request.Slice(16, 4).CopyTo(packet.AsSpan(12));
        Span<byte> icmp = packet.AsSpan(IcmpPacket.IPv4HeaderSize);
        icmp[0] = IcmpPacket.EchoReply;
        icmp.Slice(2, 2).Clear();
        BinaryPrimitives.WriteUInt16BigEndian(icmp[2..], IcmpPacket.Checksum(icmp));
        return packet;
    }

    public static IPAddress Source(ReadOnlySpan<byte> packet) => new(packet.Slice(12, 4));

    public static IPAddress Destination(ReadOnlySpan<byte> packet) => new(packet.Slice(16, 4));
}
