using System.Buffers.Binary;
using System.Text;

namespace SstpRouter.Lab.Tests.Hostile;

/// <summary>What an attacker sends, written down byte by byte: the program under test does not help him to be sound.</summary>
internal static class Wire
{
    public const ushort Lcp = 0xC021;
    public const ushort Pap = 0xC023;
    public const ushort Chap = 0xC223;
    public const ushort Eap = 0xC227;
    public const ushort Ipcp = 0x8021;
    public const ushort Ipv6cp = 0x8057;
    public const ushort Ipv4 = 0x0021;
    public const ushort Multilink = 0x003D;

    public const int ConfReq = 1;
    public const int ConfAck = 2;
    public const int ConfNak = 3;
    public const int ConfRej = 4;

    public static readonly byte[] Head = Encoding.ASCII.GetBytes(
        "SSTP_DUPLEX_POST /sra_{BA195980-CD49-458b-9E23-C84EE0ADCD75}/ HTTP/1.1\r\nContent-Length: 18446744073709551615\r\nHost: hq\r\n\r\n");

    public static readonly byte[] ConnectRequest = Hex("1001000E 0001 0001 00010006 0001");

    /// <summary>The authentication option of LCP that asks for PAP.</summary>
    public static readonly byte[] PapOption = Hex("0304 C023");

    public static byte[] Hex(string text) => Convert.FromHexString(text.Replace(" ", "", StringComparison.Ordinal));

    /// <summary>A message of SSTP whose lengths are right.</summary>
    public static byte[] Message(int type, params byte[][] attributes)
    {
        byte[] body = [.. attributes.SelectMany(a => a)];
        byte[] packet = [0x10, 0x01, 0, 0, 0, 0, 0, (byte)attributes.Length, .. body];
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)packet.Length);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(4), (ushort)type);
        return packet;
    }

    /// <summary>A data packet of SSTP around a PPP frame.</summary>
    public static byte[] Data(byte[] frame)
    {
        byte[] packet = [0x10, 0x00, 0, 0, .. frame];
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)packet.Length);
        return packet;
    }

    /// <summary>A data packet with a PPP frame of any protocol.</summary>
    public static byte[] Frame(ushort protocol, byte[] information) => Data([0xFF, 0x03, (byte)(protocol >> 8), (byte)protocol, .. information]);

    /// <summary>A PPP control packet whose length is right.</summary>
    public static byte[] Control(ushort protocol, int code, int identifier, params byte[][] data)
    {
        byte[] body = [.. data.SelectMany(d => d)];
        byte[] packet = [(byte)code, (byte)identifier, 0, 0, .. body];
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)packet.Length);
        return Frame(protocol, packet);
    }

    /// <summary>A PAP Authenticate-Request.</summary>
    public static byte[] PapRequest(byte[] user, byte[] password) =>
        Control(Pap, 1, 1, [(byte)user.Length], user, [(byte)password.Length], password);

    public static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);

    public static byte[] Repeat(byte[] part, int count) => [.. Enumerable.Repeat(part, count).SelectMany(p => p)];

    /// <summary>The protocol of the frame in a data packet; 0 for a message.</summary>
    public static ushort ProtocolOf(byte[] packet) =>
        (packet[1] & 1) == 0 && packet.Length >= 8 ? BinaryPrimitives.ReadUInt16BigEndian(packet.AsSpan(6)) : (ushort)0;

    /// <summary>The control packet of PPP in a data packet.</summary>
    public static byte[] InformationOf(byte[] packet) => packet[8..];

    /// <summary>The type of a message; 0 for data.</summary>
    public static int TypeOf(byte[] packet) => (packet[1] & 1) != 0 ? BinaryPrimitives.ReadUInt16BigEndian(packet.AsSpan(4)) : 0;
}
