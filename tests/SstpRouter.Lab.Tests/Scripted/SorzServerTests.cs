using SstpRouter.Lab.Tests.Harness;

namespace SstpRouter.Lab.Tests.Scripted;

/// <summary>sorz/sstp-server, which has pppd answer behind it.</summary>
[Collection(Peers.Servers)]
public class SorzServerTests(CallsFromRouter network)
{
    [RootFact]
    public void Takes_the_login_without_any_of_pppds_compressions()
    {
        using CallsFromRouter.ScriptedCall call = network.Dial(PeerCrypto.Sha256Binding);
        call.AnswerRequest("""
            HTTP/1.1 200 OK
            Content-Length: 18446744073709551615
            Server: SSTP-Server/0.6.0
            """);
        call.Server.Play("""
            -> 10 01 00 0E 00 01 00 01 00 01 00 06 00 01                                             ; CALL_CONNECT_REQUEST
            <- 10 01 00 30 00 02 00 01 00 04 00 28 00 00 00 03 nonce:32                              ; CALL_CONNECT_ACK
            -> 10 00 00 16 FF 03 C0 21 01 01 00 0E 01 04 05 DC 05 06 magic:4
            <- 10 00 00 21 FF 03 C0 21 01 01 00 19 02 06 00 00 00 00 03 05 C2 23 81 05 06 41 42 43 44 07 02 08 02
            -> 10 00 00 10 FF 03 C0 21 04 01 00 08 07 02 08 02                                       ; no PFC, no ACFC
            <- 10 00 00 16 FF 03 C0 21 02 01 00 0E 01 04 05 DC 05 06 magic:4
            <- 10 00 00 1D FF 03 C0 21 01 02 00 15 02 06 00 00 00 00 03 05 C2 23 81 05 06 41 42 43 44
            -> 10 00 00 1D FF 03 C0 21 02 02 00 15 02 06 00 00 00 00 03 05 C2 23 81 05 06 41 42 43 44
            <- 10 00 00 20 FF 03 C2 23 01 4D 00 18 10 challenge:16 "vpn"
            -> 10 00 00 42 FF 03 C2 23 02 4D 00 3A 31 peer-challenge:16 00*8 nt-response:24 00 "User"
            <- 10 00 00 47 FF 03 C2 23 03 4D 00 3F signature:42 " M=Access granted"
            -> 10 01 00 70 00 04 00 01 00 03 00 68 00 00 00 02 nonce:32 cert-hash:32 mac:32          ; CALL_CONNECTED
            -> 10 00 00 12 FF 03 80 21 01 01 00 0A 03 06 0.0.0.0
            -> 10 00 00 16 FF 03 80 57 01 01 00 0E 01 0A interface-id:8
            <- 10 00 00 17 FF 03 80 FD 01 01 00 0F 1A 04 78 00 18 04 78 00 15 03 2F                  ; CCP: deflate twice, BSD
            -> 10 00 00 1D FF 03 C0 21 08 01 00 15 80 FD 01 01 00 0F 1A 04 78 00 18 04 78 00 15 03 2F
            <- 10 00 00 18 FF 03 80 21 01 01 00 10 02 06 00 2D 0F 01 03 06 10.0.0.1
            -> 10 00 00 12 FF 03 80 21 04 01 00 0A 02 06 00 2D 0F 01                                 ; no VJ compression
            <- 10 00 00 1C FF 03 C0 21 08 03 00 14 80 57 01 01 00 0E 01 0A interface-id:8            ; Protocol-Reject: no IPv6
            <- 10 00 00 12 FF 03 80 21 03 01 00 0A 03 06 10.0.0.2
            -> 10 00 00 12 FF 03 80 21 01 02 00 0A 03 06 10.0.0.2
            <- 10 00 00 12 FF 03 80 21 02 02 00 0A 03 06 10.0.0.2
            <- 10 00 00 12 FF 03 80 21 01 02 00 0A 03 06 10.0.0.1
            -> 10 00 00 12 FF 03 80 21 02 02 00 0A 03 06 10.0.0.1
            """);
        call.PingBothWays();
    }
}
