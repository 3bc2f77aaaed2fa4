using SstpRouter.Lab.Tests.Harness;
using SstpRouter.Tls;

namespace SstpRouter.Lab.Tests.Scripted;

/// <summary>The client of Windows 10 and 11.</summary>
[Collection(Peers.Clients)]
public class WindowsClientTests(CallsToRouter network)
{
    private const string Head = """
        SSTP_DUPLEX_POST /sra_{BA195980-CD49-458b-9E23-C84EE0ADCD75}/ HTTP/1.1
        SSTPCORRELATIONID: {CD8A4E26-1C5F-4A0B-9A0C-3E7B6C5D4F21}
        Content-Length: 18446744073709551615
        Host: vpn.example.com
        """;

    private const string Request = """
        <- 10 01 00 0E 00 01 00 01 00 01 00 06 00 01                                                 ; CALL_CONNECT_REQUEST
        -> 10 01 00 30 00 02 00 01 00 04 00 28 00 00 00 03 nonce:32                                  ; CALL_CONNECT_ACK: SHA-1 and SHA-256
        """;

    private const string Link = """
        <- 10 00 00 1D FF 03 C0 21 01 00 00 15 01 04 0F FB 05 06 1A 2B 3C 4D 07 02 08 02 0D 03 06    ; MRU 4091, magic, PFC, ACFC, callback
        -> 10 00 00 1B FF 03 C0 21 01 01 00 13 01 04 05 DC 03 05 C2 23 81 05 06 magic:4              ; MRU 1500, MS-CHAPv2, magic
        -> 10 00 00 13 FF 03 C0 21 04 00 00 0B 07 02 08 02 0D 03 06                                  ; no PFC, ACFC, callback
        <- 10 00 00 16 FF 03 C0 21 01 01 00 0E 01 04 0F FB 05 06 1A 2B 3C 4D                         ; MRU 4091, magic
        -> 10 00 00 16 FF 03 C0 21 02 01 00 0E 01 04 0F FB 05 06 1A 2B 3C 4D
        <- 10 00 00 1B FF 03 C0 21 02 01 00 13 01 04 05 DC 03 05 C2 23 81 05 06 magic:4
        -> 10 00 00 1D FF 03 C2 23 01 01 00 15 10 challenge:16                                       ; Challenge, without a name
        <- 10 00 00 1A FF 03 C0 21 0C 02 00 12 1A 2B 3C 4D "MSRASV5.20"                              ; Identification, three times
        <- 10 00 00 1F FF 03 C0 21 0C 03 00 17 1A 2B 3C 4D "MSRAS-0-DESKTOP"
        <- 10 00 00 20 FF 03 C0 21 0C 04 00 18 1A 2B 3C 4D 8F 61 10 A4 0B 52 C7 4E 9D 00 FF 03 C0 21 77 E5
        """;

    private const string Goodbye = """
        <- 10 00 00 18 FF 03 C0 21 05 0A 00 10 1A 2B 3C 4D 00 3C CD 74 00 00 00 00                   ; Terminate-Request
        -> 10 00 00 0C FF 03 C0 21 06 0A 00 04
        <- 10 01 00 14 00 06 00 01 00 02 00 0C 00 00 00 00 00 00 00 00                               ; CALL_DISCONNECT
        -> 10 01 00 08 00 07 00 00
        """;

    /// <summary>The router waits for half a second before it asks first; a test that was held up for so long dials again.</summary>
    private static readonly TimeSpan PatienceOfRouter = TimeSpan.FromMilliseconds(400);

    /// <summary>Windows 10 has TLS 1.2, Windows 11 has 1.3; the name of the server comes in the ClientHello, or it does not.</summary>
    [RootTheory]
    [InlineData(TlsVersions.Only12, false, "TLSv1.2")]
    [InlineData(TlsVersions.Any, true, "TLSv1.3")]
    public void Logs_in_without_a_stall_and_hangs_up(TlsVersions versions, bool sni, string version)
    {
        var tls = new TlsClientPolicy { Versions = versions, ServerName = "vpn.example.com", SendSni = sni };
        using ScriptedPeer windows = Dial(() => network.CallWithMsChap2(PeerCrypto.Sha256Binding, tls: tls));
        windows.Play(Link);
        windows.Play("""
            <- 10 00 00 42 FF 03 C2 23 02 01 00 3A 31 peer-challenge:16 00*8 nt-response:24 00 "User"
            -> 10 00 00 40 FF 03 C2 23 03 01 00 38 signature:42 " M=Welcome"
            -> 10 00 00 12 FF 03 80 21 01 01 00 0A 03 06 10.0.0.1                                    ; the address alone, no name servers
            <- 10 01 00 70 00 04 00 01 00 03 00 68 00 00 00 02 nonce:32 cert-hash:32 mac:32          ; CALL_CONNECTED, before any NCP

            <- 10 00 00 16 FF 03 80 57 01 05 00 0E 01 0A 02 15 5D FF FE 01 02 03                     ; IPV6CP: rejected as a protocol
            -> 10 00 00 1C FF 03 C0 21 08 01 00 14 80 57 01 05 00 0E 01 0A 02 15 5D FF FE 01 02 03
            <- 10 00 00 12 FF 03 80 FD 01 06 00 0A 12 06 01 00 00 01                                 ; CCP with MPPC: the same
            -> 10 00 00 18 FF 03 C0 21 08 02 00 10 80 FD 01 06 00 0A 12 06 01 00 00 01
            <- 10 00 00 2A FF 03 80 21 01 07 00 22 03 06 0.0.0.0 81 06 0.0.0.0 82 06 0.0.0.0 83 06 0.0.0.0 84 06 0.0.0.0
            -> 10 00 00 18 FF 03 80 21 04 07 00 10 82 06 0.0.0.0 84 06 0.0.0.0                       ; no WINS
            <- 10 00 00 1E FF 03 80 21 01 08 00 16 03 06 0.0.0.0 81 06 0.0.0.0 83 06 0.0.0.0
            -> 10 00 00 1E FF 03 80 21 03 08 00 16 03 06 10.0.0.2 81 06 10.0.0.1 83 06 10.0.0.9
            <- 10 00 00 1E FF 03 80 21 01 09 00 16 03 06 10.0.0.2 81 06 10.0.0.1 83 06 10.0.0.9
            -> 10 00 00 1E FF 03 80 21 02 09 00 16 03 06 10.0.0.2 81 06 10.0.0.1 83 06 10.0.0.9
            <- 10 00 00 12 FF 03 80 21 02 01 00 0A 03 06 10.0.0.1
            """);
        network.PingBothWays(windows);
        windows.Play("""
            <- 10 01 00 08 00 08 00 00                                                               ; ECHO_REQUEST after a silence
            -> 10 01 00 08 00 09 00 00
            """);
        windows.Play(Goodbye);
        windows.Dispose();

        network.ExpectIdle();
        Assert.Equal(version, windows.Tls.Protocol);
    }

    [RootFact]
    public void Logs_in_with_a_domain_and_takes_IPv6()
    {
        using ScriptedPeer windows = Dial(() => network.CallWithMsChap2(PeerCrypto.Sha256Binding, ipv6: true));
        windows.Play(Link);
        windows.Play("""
            <- 10 00 00 49 FF 03 C2 23 02 01 00 41 31 peer-challenge:16 00*8 nt-response:24 00 "OFFICE\User"   ; hashed without the domain
            -> 10 00 00 40 FF 03 C2 23 03 01 00 38 signature:42 " M=Welcome"
            -> 10 00 00 12 FF 03 80 21 01 01 00 0A 03 06 10.0.0.1
            -> 10 00 00 16 FF 03 80 57 01 01 00 0E 01 0A interface-id:8
            <- 10 01 00 70 00 04 00 01 00 03 00 68 00 00 00 02 nonce:32 cert-hash:32 mac:32          ; CALL_CONNECTED

            <- 10 00 00 16 FF 03 80 57 01 05 00 0E 01 0A 02 15 5D FF FE 01 02 03
            -> 10 00 00 16 FF 03 80 57 02 05 00 0E 01 0A 02 15 5D FF FE 01 02 03
            <- 10 00 00 16 FF 03 80 57 02 01 00 0E 01 0A interface-id:8
            <- 10 00 00 12 FF 03 80 21 01 07 00 0A 03 06 0.0.0.0
            -> 10 00 00 12 FF 03 80 21 03 07 00 0A 03 06 10.0.0.2
            <- 10 00 00 12 FF 03 80 21 01 08 00 0A 03 06 10.0.0.2
            -> 10 00 00 12 FF 03 80 21 02 08 00 0A 03 06 10.0.0.2
            <- 10 00 00 12 FF 03 80 21 02 01 00 0A 03 06 10.0.0.1
            """);
        network.PingBothWays(windows);
        windows.Play(Goodbye);
        windows.Dispose();

        network.ExpectIdle();
    }

    /// <summary>A new connection may be set to EAP alone, which no RouterOS speaks either.</summary>
    [RootFact]
    public void Is_turned_away_where_it_wants_EAP_alone()
    {
        // On a router of its own: the other one may have heard of so many refused calls that it tells only their number.
        using var alone = new CallsToRouter();
        using ScriptedPeer windows = Dial(() => alone.Call());
        windows.Play("""
            <- 10 00 00 16 FF 03 C0 21 01 00 00 0E 01 04 0F FB 05 06 1A 2B 3C 4D
            -> 10 00 00 1B FF 03 C0 21 01 01 00 13 01 04 05 DC 03 05 C2 23 81 05 06 magic:4          ; MS-CHAPv2
            -> 10 00 00 16 FF 03 C0 21 02 00 00 0E 01 04 0F FB 05 06 1A 2B 3C 4D
            <- 10 00 00 10 FF 03 C0 21 03 01 00 08 03 04 C2 27                                       ; EAP
            -> 10 00 00 1B FF 03 C0 21 01 02 00 13 01 04 05 DC 03 05 C2 23 80 05 06 magic:4          ; MS-CHAPv1
            <- 10 00 00 10 FF 03 C0 21 03 02 00 08 03 04 C2 27
            -> 10 00 00 1B FF 03 C0 21 01 03 00 13 01 04 05 DC 03 05 C2 23 05 05 06 magic:4          ; CHAP
            <- 10 00 00 10 FF 03 C0 21 03 03 00 08 03 04 C2 27
            -> 10 00 00 1A FF 03 C0 21 01 04 00 12 01 04 05 DC 03 04 C0 23 05 06 magic:4             ; PAP
            <- 10 00 00 10 FF 03 C0 21 03 04 00 08 03 04 C2 27
            -> 10 00 00 0C FF 03 C0 21 05 01 00 04                                                   ; Terminate-Request
            <- 10 00 00 0C FF 03 C0 21 06 01 00 04
            -> 10 01 00 14 00 06 00 01 00 02 00 0C 00 00 00 00 00 00 00 00                           ; CALL_DISCONNECT
            <- 10 01 00 08 00 07 00 00
            """);
        windows.ExpectClosed();

        alone.Hq.Program.WaitForLine("no common authentication method: peer wants eap, allowed here: mschap2,mschap1,chap,pap");
    }

    private static ScriptedPeer Dial(Func<ScriptedPeer> call)
    {
        while (true)
        {
            ScriptedPeer windows = call();
            windows.SendHead(Head);
            Assert.Equal("HTTP/1.1 200", windows.ReadHead()[0]);
            windows.Play(Request);

            // Its PPP is not listening yet: a Configure-Request right behind the ACK is lost, and only its repetition would be answered.
            if (windows.LoseWhatComes(TimeSpan.FromMilliseconds(100)) < PatienceOfRouter)
            {
                return windows;
            }

            windows.Dispose();
        }
    }
}
