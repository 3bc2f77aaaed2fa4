using System.Buffers.Binary;

namespace SstpRouter.Lab.Tests.Scripted;

/// <summary>What holds for each packet that the router sends to anybody: the demands of all peers together.</summary>
internal static class RouterRules
{
    private const ushort Lcp = 0xC021;
    private const ushort Pap = 0xC023;
    private const ushort Chap = 0xC223;
    private const ushort Ipcp = 0x8021;
    private const ushort Ipv6cp = 0x8057;

    /// <summary>Why a packet breaks a rule, or null.</summary>
    /// <param name="packet">The packet, header included.</param>
    /// <param name="isServer">Whether it comes from the router as a server.</param>
    public static string? Broken(byte[] packet, bool isServer)
    {
        if (packet[0] != 0x10 || packet[1] > 1 || packet[2] > 0x0F)
        {
            return "accel-ppp and Open SSTP Client read byte 1 and the length without masks: reserved bits are zero";
        }

        return packet[1] == 1 ? BrokenMessage(packet) : BrokenFrame(packet, isServer);
    }

    /// <summary>What identifies a request that is repeated only where its answer is late; null for everything else.</summary>
    public static string? Request(byte[] packet)
    {
        if (packet[1] == 1 || packet.Length < 9)
        {
            return null;
        }

        bool asks = (Protocol(packet), Code(packet)) is (Lcp or Ipcp or Ipv6cp, 1) or (Chap, 1 or 2) or (Pap, 1);
        return asks ? Convert.ToHexString(packet) : null;
    }

    /// <summary>Whether the packet carries IP.</summary>
    public static bool IsData(byte[] packet) => packet[1] == 0 && Protocol(packet) is 0x0021 or 0x0057;

    /// <summary>Whether the packet asks for a sign of life.</summary>
    public static bool IsProbe(byte[] packet) => packet[1] == 1 ? Word(packet, 4) == 8 : Protocol(packet) == Lcp && Code(packet) == 9;

    private static string? BrokenMessage(byte[] packet)
    {
        int type = Word(packet, 4);
        int attributes = Word(packet, 6);
        if (type is >= 7 and <= 9)
        {
            return attributes == 0 && packet.Length == 8 ? null : "CALL_DISCONNECT_ACK and echoes have no attributes";
        }

        // A NAK may list several; the other five have one.
        if (type is < 1 or > 6 || (type != 3 && attributes != 1))
        {
            return "sstpc reads exactly one attribute in a message, and its ABORT and DISCONNECT not without Status Info";
        }

        return type != 3 && Word(packet, 10) != packet.Length - 8 ? "the attribute fills its message, reserved bits are zero" : null;
    }

    private static string? BrokenFrame(byte[] packet, bool isServer)
    {
        if (packet.Length < 9 || packet[4] != 0xFF || packet[5] != 0x03 || (packet[6] & 1) != 0 || (packet[7] & 1) != 1)
        {
            return "SoftEther and Open SSTP Client need FF 03 and a protocol of two bytes in every frame";
        }

        if (IsData(packet))
        {
            return null;
        }

        if (packet.Length < 12 || Word(packet, 10) != packet.Length - 8)
        {
            return "Open SSTP Client needs the PPP length to be the SSTP length less 8";
        }

        return Protocol(packet) switch
        {
            Lcp when Code(packet) > 11 => "codes above 11 end a call of Open SSTP Client",
            Lcp when isServer && Code(packet) == 1 && !Options(packet).Contains((byte)3) => "Open SSTP Client demands an authentication option",
            Ipcp or Ipv6cp when Code(packet) > 4 => "codes above 4 in IPCP or IPV6CP end a call of Open SSTP Client",
            Ipcp when isServer && Code(packet) == 1 && Options(packet).Any(o => o >= 129) => "Open SSTP Client and pppd refuse name servers in a server's request",
            _ => null,
        };
    }

    private static int Word(byte[] packet, int at) => BinaryPrimitives.ReadUInt16BigEndian(packet.AsSpan(at));

    private static ushort Protocol(byte[] packet) => (ushort)Word(packet, 6);

    private static byte Code(byte[] packet) => packet[8];

    private static IEnumerable<byte> Options(byte[] packet)
    {
        for (int at = 12; at + 1 < packet.Length && packet[at + 1] >= 2; at += packet[at + 1])
        {
            yield return packet[at];
        }
    }
}
