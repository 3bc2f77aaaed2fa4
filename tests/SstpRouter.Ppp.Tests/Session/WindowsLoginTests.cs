using System.Net;
using static SstpRouter.Ppp.Tests.Conversation;

namespace SstpRouter.Ppp.Tests.Session;

/// <summary>A Windows 10 login as a server sees it, byte by byte without the SSTP header.</summary>
public sealed class WindowsLoginTests
{
    [Fact]
    public void A_windows_client_gets_in()
    {
        RandomFill random = destination =>
            Bytes(destination.Length == 4 ? "11223344" : "5B5D7C7D7B3F2F3E3C2C602132262628").CopyTo(destination);
        var server = new Conversation(ServerOptions with { FirstRequestDelay = 500 }, random);
        server.Start().At(40);

        server.Hears(
            "FF03C021 0100 0015 0104 0FFB 0506 1A2B3C4D 0702 0802 0D03 06",
            Hex("FF03C021 0101 0013 0104 05DC 0305 C22381 0506 11223344"),
            Hex("FF03C021 0400 000B 0702 0802 0D03 06"));
        server.Hears(
            "FF03C021 0101 000E 0104 0FFB 0506 1A2B3C4D",
            Hex("FF03C021 0201 000E 0104 0FFB 0506 1A2B3C4D"));
        server.Hears(
            "FF03C021 0201 0013 0104 05DC 0305 C22381 0506 11223344",
            Hex("FF03C223 0101 0015 10 5B5D7C7D7B3F2F3E3C2C602132262628"));
        server.Hears(Lcp(12, 2, "1A2B3C4D" + Ascii("MSRASV5.20")))
            .Hears(Lcp(12, 3, "1A2B3C4D" + Ascii("MSRAS-0-DESKTOP")))
            .Hears(Lcp(12, 4, "1A2B3C4D 00112233445566778899AABBCCDDEEFF"));
        server.Hears(
            "FF03C223 0201 003A 31 21402324255E262A28295F2B3A337C7E 0000000000000000"
            + "82309ECD8D708B5EA08FAA3981CD83544233114A3D85D6DF 00 55736572");
        PppAuthenticationAttempt attempt = server.Takes<PppOutput.AuthenticationRequested>().Attempt;
        server.Does(session => session.Grant(
            new PppGrant
            {
                Proof = attempt.Verify("clientPass")!,
                LocalAddress = IPAddress.Parse("10.0.0.1"),
                RemoteAddress = IPAddress.Parse("10.0.0.2"),
                DnsServers = [IPAddress.Parse("10.0.0.1"), IPAddress.Parse("10.0.0.1")],
            },
            server.Now));
        server.Says(
            Hex("FF03C223 0301 0038" + Ascii("S=407A5589115FD0D6209F510FE9C04566932CDA56 M=Welcome")),
            Hex("FF038021 0101 000A 0306 0A000001"));

        server.Hears(Ipv6cp(1, 5, "010A 0102030405060708"), Lcp(8, 1, "8057 0105 000E 010A 0102030405060708"));
        server.Hears(Packet(0x80FD, 1, 6, "1206 01000000"), Lcp(8, 2, "80FD 0106 000A 1206 01000000"));
        server.Hears(
            "FF038021 0101 0022 0306 00000000 8106 00000000 8206 00000000 8306 00000000 8406 00000000",
            Hex("FF038021 0401 0010 8206 00000000 8406 00000000"));
        server.Hears(
            Ipcp(1, 2, "0306 00000000 8106 00000000 8306 00000000"),
            Hex("FF038021 0302 0016 0306 0A000002 8106 0A000001 8306 0A000001"));
        server.Hears(
            Ipcp(1, 3, "0306 0A000002 8106 0A000001 8306 0A000001"),
            Ipcp(2, 3, "0306 0A000002 8106 0A000001 8306 0A000001"));
        server.Hears(Ipcp(2, 1, "0306 0A000001"));
        server.Takes<PppOutput.Ipv4Up>();
        Assert.Equal(1500, server.Session.SendMtu);
    }

    private static string Hex(string bytes) => Convert.ToHexString(Bytes(bytes));
}
