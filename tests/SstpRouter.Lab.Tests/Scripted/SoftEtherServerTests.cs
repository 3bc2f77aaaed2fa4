using SstpRouter.Lab.Tests.Harness;

namespace SstpRouter.Lab.Tests.Scripted;

/// <summary>A server like that of SoftEther.</summary>
[Collection(Peers.Servers)]
public class SoftEtherServerTests(CallsFromRouter network)
{
    private const string Head = """
        HTTP/1.1 200
        Content-Length: 18446744073709551615
        Server: Microsoft-HTTPAPI/2.0
        Date: Wed, 25 Nov 2026 12:00:00 GMT
        """;

    /// <summary>It refuses everything but MRU and authentication, sends its challenge before our link is open, and an echo before that.</summary>
    private const string Link = """
        -> 10 01 00 0E 00 01 00 01 00 01 00 06 00 01                                                 ; CALL_CONNECT_REQUEST
        <- 10 01 00 30 00 02 00 01 00 04 00 28 00 00 00 02 nonce:32                                  ; CALL_CONNECT_ACK: SHA-256 alone
        -> 10 00 00 16 FF 03 C0 21 01 01 00 0E 01 04 05 DC 05 06 magic:4                             ; we begin unasked
        <- 10 00 00 10 FF 03 C0 21 01 00 00 08 03 04 C2 27                                           ; EAP
        -> 10 00 00 11 FF 03 C0 21 03 00 00 09 03 05 C2 23 81
        <- 10 00 00 12 FF 03 C0 21 04 01 00 0A 05 06 magic:4                                         ; no magic numbers
        -> 10 00 00 10 FF 03 C0 21 01 02 00 08 01 04 05 DC
        """;

    private const string Login = """
        <- 10 00 00 11 FF 03 C0 21 01 01 00 09 03 05 C2 23 81                                        ; MS-CHAPv2
        -> 10 00 00 11 FF 03 C0 21 02 01 00 09 03 05 C2 23 81
        <- 10 00 00 18 FF 03 C0 21 09 00 00 10 00 00 00 00 "SoftEthr"                                ; an echo that nobody answers yet
        <- 10 00 00 1D FF 03 C2 23 01 02 00 15 10 challenge:16
        <- 10 00 00 10 FF 03 C0 21 02 lcp-id:1 00 08 01 04 05 DC
        -> 10 00 00 42 FF 03 C2 23 02 02 00 3A 31 peer-challenge:16 00*8 nt-response:24 00 "User"
        <- 10 00 00 36 FF 03 C2 23 03 02 00 2E signature:42
        -> 10 01 00 70 00 04 00 01 00 03 00 68 00 00 00 02 nonce:32 cert-hash:32 mac:32              ; CALL_CONNECTED
        -> 10 00 00 12 FF 03 80 21 01 01 00 0A 03 06 0.0.0.0
        -> 10 00 00 16 FF 03 80 57 01 01 00 0E 01 0A interface-id:8
        <- 10 00 00 1C FF 03 C0 21 08 03 00 14 80 57 01 01 00 0E 01 0A interface-id:8                ; Protocol-Reject: no IPv6
        <- 10 00 00 12 FF 03 80 21 01 04 00 0A 03 06 192.0.0.8                                       ; its own address, and first its own request
        -> 10 00 00 12 FF 03 80 21 02 04 00 0A 03 06 192.0.0.8
        <- 10 00 00 12 FF 03 80 21 03 01 00 0A 03 06 10.0.0.2
        -> 10 00 00 12 FF 03 80 21 01 02 00 0A 03 06 10.0.0.2
        <- 10 00 00 12 FF 03 80 21 02 02 00 0A 03 06 10.0.0.2
        """;

    private const string Silence = """
        -> 10 01 00 08 00 08 00 00                                                                   ; we ask, both ways, three times
        -> 10 00 00 10 FF 03 C0 21 09 .. 00 08 00 00 00 00
        -> 10 01 00 08 00 08 00 00
        -> 10 00 00 10 FF 03 C0 21 09 .. 00 08 00 00 00 00
        -> 10 01 00 08 00 08 00 00
        -> 10 00 00 10 FF 03 C0 21 09 .. 00 08 00 00 00 00
        <- 10 01 00 08 00 08 00 00                                                                   ; and it asks instead of answering
        -> 10 01 00 08 00 09 00 00
        """;

    /// <summary>Six questions in all stay without an answer, one more than end a call where nothing comes.</summary>
    [RootFact]
    public void Stays_connected_though_it_never_answers_an_echo()
    {
        using CallsFromRouter.ScriptedCall call = network.Dial(PeerCrypto.Sha256Binding, client: "user=User keepalive-timeout=2");
        call.AnswerRequest(Head);
        call.Server.Known.Learn("lcp-id", [2]);
        call.Server.Play(Link);
        call.Server.Play(Login);
        call.Server.Play(Silence);
        call.Server.Play(Silence);
        call.PingBothWays("192.0.0.8");
        call.Server.Play("""
            <- 10 00 00 18 FF 03 C0 21 09 00 00 10 00 00 00 00 "SoftEthr"                            ; LCP echo, id 0, magic 0, and a text
            -> 10 00 00 18 FF 03 C0 21 0A 00 00 10 00 00 00 00 "SoftEthr"
            <- 10 01 00 08 00 06 00 00                                                               ; CALL_DISCONNECT without Status Info
            -> 10 01 00 08 00 07 00 00
            """);

        call.WaitForLine("terminating... - disconnected");
    }

    [RootFact]
    public void Takes_no_more_than_1500_and_aborts_without_a_word_about_why()
    {
        using CallsFromRouter.ScriptedCall call = network.Dial(PeerCrypto.Sha256Binding, client: "user=User max-mru=2000");
        call.AnswerRequest(Head);
        call.Server.Known.Learn("lcp-id", [3]);
        call.Server.Play("""
            -> 10 01 00 0E 00 01 00 01 00 01 00 06 00 01                                             ; CALL_CONNECT_REQUEST
            <- 10 01 00 30 00 02 00 01 00 04 00 28 00 00 00 02 nonce:32                              ; CALL_CONNECT_ACK
            -> 10 00 00 16 FF 03 C0 21 01 01 00 0E 01 04 07 D0 05 06 magic:4                         ; MRU 2000
            <- 10 00 00 12 FF 03 C0 21 04 01 00 0A 05 06 magic:4
            -> 10 00 00 10 FF 03 C0 21 01 02 00 08 01 04 07 D0
            <- 10 00 00 10 FF 03 C0 21 03 02 00 08 01 04 05 DC                                       ; 1500
            -> 10 00 00 10 FF 03 C0 21 01 03 00 08 01 04 05 DC
            """);
        call.Server.Play(Login);
        call.PingBothWays("192.0.0.8");
        call.Server.Play("""
            <- 10 01 00 08 00 05 00 00                                                               ; CALL_ABORT without Status Info
            -> 10 01 00 14 00 05 00 01 00 02 00 0C 00 00 00 02 00 00 00 05
            """);

        call.WaitForLine("terminating... - the peer aborted the call and gave no status");
    }
}
