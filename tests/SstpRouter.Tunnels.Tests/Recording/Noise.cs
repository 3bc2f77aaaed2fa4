using System.Buffers.Binary;
using SstpRouter.Ppp;
using SstpRouter.Sstp;

namespace SstpRouter.Tunnels.Tests.Recording;

/// <summary>Packets that a careless or hostile peer could send, half sound and half not.</summary>
internal static class Noise
{
    private static readonly ushort[] Protocols =
        [PppFrame.Lcp, PppFrame.Lcp, PppFrame.Pap, PppFrame.Chap, PppFrame.Ipcp, PppFrame.Ipv6cp, PppFrame.Ipv4, 0xC227, 0x80FD];

    public static byte[] Packet(Random random) => random.Next(6) switch
    {
        0 => Control(random),
        1 => Frame(Protocols[random.Next(Protocols.Length)], Bytes(random, 12)),
        2 => [0x10, 0x00, 0x00, (byte)(4 + 3), .. Bytes(random, 3, exact: true)],
        3 => Telltale(random),
        _ => Frame(Protocols[random.Next(Protocols.Length)], PppPacket(random)),
    };

    public static byte[] Frame(ushort protocol, byte[] information)
    {
        var packet = new byte[SstpPacket.DataHeaderLength + PppFrame.HeaderLength + information.Length];
        SstpPacket.WriteDataHeader(packet, packet.Length - SstpPacket.DataHeaderLength);
        PppFrame.WriteHeader(packet.AsSpan(SstpPacket.DataHeaderLength), protocol);
        information.CopyTo(packet, SstpPacket.DataHeaderLength + PppFrame.HeaderLength);
        return packet;
    }

    private static byte[] PppPacket(Random random)
    {
        byte[] data = random.Next(3) switch
        {
            0 => [16, .. Bytes(random, 16, exact: true), .. "MT-User"u8],
            1 => [49, .. Bytes(random, 49, exact: true), .. "MT-User"u8],
            _ => Bytes(random, 20),
        };
        return [.. PppPacket((byte)random.Next(1, 13), (byte)random.Next(0, 4), data), .. Bytes(random, 3)];
    }

    /// <summary>What has a password in it: a login, also in the wrong direction, and one that comes back rejected.</summary>
    private static byte[] Telltale(Random random)
    {
        byte[] login = PppPacket(1, (byte)random.Next(0, 4), [7, .. "MT-User"u8, 10, .. "StrongPass"u8]);
        return random.Next(3) switch
        {
            0 => Frame(PppFrame.Lcp, PppPacket(8, 1, [0xC0, 0x23, .. login])),
            1 => Frame(0xC027, login),
            _ => Frame(PppFrame.Pap, login),
        };
    }

    private static byte[] PppPacket(byte code, byte identifier, byte[] data)
    {
        byte[] packet = [code, identifier, 0, 0, .. data];
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)packet.Length);
        return packet;
    }

    private static byte[] Control(Random random)
    {
        // Mostly an echo, which ends nothing.
        int type = random.Next(4) > 0 ? 8 : random.Next(0, 11);
        byte[] body = random.Next(3) switch
        {
            0 when type != 8 => [0, 2, 0, 12, 0, 0, 0, 1, 0, 0, 0, 4, .. Bytes(random, 8)],
            1 when type != 8 => [0, 3, 0, 104, .. Bytes(random, 100, exact: true)],
            _ => [],
        };
        return [0x10, 0x01, 0x00, (byte)(8 + body.Length), 0, (byte)type, 0, (byte)(body.Length > 0 ? 1 : 0), .. body];
    }

    private static byte[] Bytes(Random random, int length, bool exact = false)
    {
        var bytes = new byte[exact ? length : random.Next(length + 1)];
        random.NextBytes(bytes);
        return bytes;
    }
}
