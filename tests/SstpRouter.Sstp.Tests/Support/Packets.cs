using System.Text;

namespace SstpRouter.Sstp.Tests.Support;

/// <summary>What travels on the wire, written down byte by byte and not by the code under test.</summary>
internal static class Packets
{
    public const string Path = "/sra_{BA195980-CD49-458b-9E23-C84EE0ADCD75}/";

    public static readonly byte[] Request = Hex("1001000E 0001 0001 00010006 0001");
    public static readonly byte[] Nak = Hex("10010016 0003 0001 0002000E 000000 01 00000004 0002");
    public static readonly byte[] Disconnect = Hex("10010014 0006 0001 0002000C 000000 00 00000000");
    public static readonly byte[] DisconnectAck = Hex("10010008 0007 0000");
    public static readonly byte[] EchoRequest = Hex("10010008 0008 0000");
    public static readonly byte[] EchoResponse = Hex("10010008 0009 0000");

    /// <summary>What this end answers a CALL_ABORT with, and sends for a message out of place.</summary>
    public static readonly byte[] AbortUnaccepted = Abort(2, 5);

    /// <summary>Nonce 00..1F, the certificate and the key of the worked example, SHA-256.</summary>
    public static readonly byte[] CallConnected = Hex(
        "10010070 0004 0001 00030068 000000 02"
        + "000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F"
        + "EB2C5C7F42FF4E01FF6E75C5050A0D633A447724E67C022BD5204B222E9C510C"
        + "607AF873C6DD01E02C8990D32E7B611FB7B5E150C997C5BC6881554078BAAB70");

    /// <summary>The same with SHA-1.</summary>
    public static readonly byte[] CallConnectedSha1 = Hex(
        "10010070 0004 0001 00030068 000000 01"
        + "000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F"
        + "206E5F0EE109D49CFAEEA2C8C5C13CF2E5FF513C000000000000000000000000"
        + "E80D943EB5544419F9EBFF26B3EEBA2FCD669501000000000000000000000000");

    public static readonly byte[] Certificate = Encoding.ASCII.GetBytes("TEST CERTIFICATE DER");
    public static readonly byte[] Hlak = Hex("D5F0E9521E3EA9589645E86051C822268B7CDC149B993A1BA118CB153F56DCCB");
    public static readonly byte[] Nonce = Hex("000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F");

    /// <summary>An LCP Configure-Request and an IPv4 packet, each as a PPP frame.</summary>
    public static readonly byte[] LcpFrame = Hex("FF03 C021 01 00 0004");
    public static readonly byte[] Ipv4Frame = Hex("FF03 0021 45000014");

    public static readonly byte[] HttpOk = Encoding.ASCII.GetBytes(
        "HTTP/1.1 200\r\nContent-Length: 18446744073709551615\r\nServer: Microsoft-HTTPAPI/2.0\r\n"
        + "Date: Thu, 09 Nov 2006 00:51:09 GMT\r\n\r\n");

    public static readonly byte[] HttpRequest = Encoding.ASCII.GetBytes(
        $"SSTP_DUPLEX_POST {Path} HTTP/1.1\r\n"
        + "SSTPCORRELATIONID: {6B29FC40-CA47-1067-B31D-00DD010662DA}\r\n"
        + "Content-Length: 18446744073709551615\r\nHost: vpn.example.com\r\n\r\n");

    public static byte[] Ack(byte hashes = 3) =>
        Concat(Hex("10010030 0002 0001 00040028 000000"), [hashes], Nonce);

    public static byte[] Abort(byte attribute, byte status) =>
        Concat(Hex("10010014 0005 0001 0002000C 000000"), [attribute, 0, 0, 0, status]);

    public static byte[] Data(byte[] frame) =>
        Concat([0x10, 0x00, (byte)((frame.Length + 4) >> 8), (byte)(frame.Length + 4)], frame);

    public static byte[] Concat(params byte[][] parts) => [.. parts.SelectMany(part => part)];

    public static byte[] Hex(string text) => Convert.FromHexString(text.Replace(" ", "", StringComparison.Ordinal));
}
