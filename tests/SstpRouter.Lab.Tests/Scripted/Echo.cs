using System.Buffers.Binary;

namespace SstpRouter.Lab.Tests.Scripted;

/// <summary>Pings inside IPv4 (RFC 792), written by hand for a peer that has no network stack.</summary>
internal static class Echo
{
    private const byte Icmp = 1;
    private const byte Request = 8;
    private const byte Reply = 0;

    /// <summary>An echo request; addresses are four bytes.</summary>
    public static byte[] MakeRequest(byte[] from, byte[] to)
    {
        byte[] packet =
        [
            0x45, 0x00, 0x00, 0x20, 0x00, 0x01, 0x40, 0x00, 0x40, Icmp, 0x00, 0x00, .. from, .. to,
            Request, 0x00, 0x00, 0x00, 0x12, 0x34, 0x00, 0x01, .. "ping"u8,
        ];
        Sum(packet.AsSpan(0, 20), 10);
        Sum(packet.AsSpan(20), 2);
        return packet;
    }

    public static bool IsRequest(ReadOnlySpan<byte> packet) => IsEcho(packet, Request);

    public static bool IsReply(ReadOnlySpan<byte> packet) => IsEcho(packet, Reply);

    /// <summary>The answer to an echo request: the addresses change places.</summary>
    public static byte[] Answer(ReadOnlySpan<byte> request)
    {
        byte[] packet = request.ToArray();
        request[16..20].CopyTo(packet.AsSpan(12));
        request[12..16].CopyTo(packet.AsSpan(16));
        packet[20] = Reply;
        Sum(packet.AsSpan(20), 2);
        return packet;
    }

    private static bool IsEcho(ReadOnlySpan<byte> packet, byte type) =>
        packet.Length >= 28 && packet[0] == 0x45 && packet[9] == Icmp && packet[20] == type;

    // RFC 1071.
    private static void Sum(Span<byte> bytes, int at)
    {
        bytes.Slice(at, 2).Clear();
        uint sum = 0;
        for (int i = 0; i < bytes.Length; i += 2)
        {
            sum += (uint)(bytes[i] << 8) + (i + 1 < bytes.Length ? bytes[i + 1] : 0u);
        }

        while (sum > 0xFFFF)
        {
            sum = (sum & 0xFFFF) + (sum >> 16);
        }

        BinaryPrimitives.WriteUInt16BigEndian(bytes[at..], (ushort)~sum);
    }
}
