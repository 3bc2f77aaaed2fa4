using SstpRouter.Lab.Tests.Harness;

namespace SstpRouter.Lab.Tests.Scripted;

/// <summary>Open SSTP Client of Android, the strictest reader of all: most of what it demands is in <see cref="RouterRules"/>.</summary>
[Collection(Peers.Clients)]
public class OpenSstpClientTests(CallsToRouter network)
{
    [RootFact]
    public void Logs_in_and_keeps_the_line_alive()
    {
        using ScriptedPeer app = network.CallWithMsChap2(
            PeerCrypto.Sha256Binding, user: "OFFICE\\User", keepalive: 2, ipv6: true);
        app.SendHead("""
            SSTP_DUPLEX_POST /sra_{BA195980-CD49-458b-9E23-C84EE0ADCD75}/ HTTP/1.1
            Content-Length: 18446744073709551615
            Host: vpn.example.com
            SSTPCORRELATIONID: {cd8a4e26-1c5f-4a0b-9a0c-3e7b6c5d4f21}
            """);
        Assert.Contains("200", app.ReadHead()[0]);
        app.Play("""
            <- 10 01 00 0E 00 01 00 01 00 01 00 06 00 01                                             ; CALL_CONNECT_REQUEST
            -> 10 01 00 30 00 02 00 01 00 04 00 28 00 00 00 03 nonce:32                              ; CALL_CONNECT_ACK
            <- 10 00 00 10 FF 03 C0 21 01 00 00 08 01 04 05 DC                                       ; MRU 1500, no more
            -> 10 00 00 1B FF 03 C0 21 01 01 00 13 01 04 05 DC 03 05 C2 23 81 05 06 magic:4
            -> 10 00 00 10 FF 03 C0 21 02 00 00 08 01 04 05 DC
            <- 10 00 00 12 FF 03 C0 21 04 01 00 0A 05 06 magic:4                                     ; it knows no magic numbers
            -> 10 00 00 15 FF 03 C0 21 01 02 00 0D 01 04 05 DC 03 05 C2 23 81
            <- 10 00 00 15 FF 03 C0 21 02 02 00 0D 01 04 05 DC 03 05 C2 23 81
            -> 10 00 00 1D FF 03 C2 23 01 01 00 15 10 challenge:16
            <- 10 00 00 49 FF 03 C2 23 02 01 00 41 31 peer-challenge:16 00*8 nt-response:24 00 "OFFICE\User"   ; hashed with the domain
            -> 10 00 00 40 FF 03 C2 23 03 01 00 38 signature:42 " M=Welcome"                         ; 42 characters at least
            -> 10 00 00 12 FF 03 80 21 01 01 00 0A 03 06 10.0.0.1                                    ; no name servers
            -> 10 00 00 16 FF 03 80 57 01 01 00 0E 01 0A interface-id:8
            <- 10 01 00 70 00 04 00 01 00 03 00 68 00 00 00 02 nonce:32 cert-hash:32 mac:32          ; CALL_CONNECTED

            <- 10 00 00 1C FF 03 C0 21 08 01 00 14 80 57 01 01 00 0E 01 0A interface-id:8            ; Protocol-Reject: it has IPv6 switched off
            <- 10 00 00 18 FF 03 80 21 01 00 00 10 03 06 0.0.0.0 81 06 0.0.0.0
            -> 10 00 00 18 FF 03 80 21 03 00 00 10 03 06 10.0.0.2 81 06 10.0.0.1
            <- 10 00 00 18 FF 03 80 21 01 01 00 10 03 06 10.0.0.2 81 06 10.0.0.1
            -> 10 00 00 18 FF 03 80 21 02 01 00 10 03 06 10.0.0.2 81 06 10.0.0.1
            <- 10 00 00 12 FF 03 80 21 02 01 00 0A 03 06 10.0.0.1

            -> 10 01 00 08 00 08 00 00                                                               ; we ask first, after keepalive-timeout
            -> 10 00 00 10 FF 03 C0 21 09 01 00 08 00 00 00 00
            <- 10 01 00 08 00 09 00 00
            <- 10 00 00 11 FF 03 C0 21 0A 01 00 09 "alive"                                           ; its answer has a text for a magic number
            <- 10 01 00 08 00 08 00 00                                                               ; its own keepalive, both kinds
            -> 10 01 00 08 00 09 00 00
            <- 10 00 00 11 FF 03 C0 21 09 01 00 09 "alive"
            -> 10 00 00 11 FF 03 C0 21 0A 01 00 09 00 00 00 00 "e"
            """);
        network.PingBothWays(app);
        app.Play("""
            <- 10 01 00 14 00 06 00 01 00 02 00 0C 00 00 00 00 00 00 00 00                           ; CALL_DISCONNECT
            -> 10 01 00 08 00 07 00 00
            """);
        app.Dispose();

        network.ExpectIdle();
    }
}
