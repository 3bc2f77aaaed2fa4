using SstpRouter.Lab.Tests.Harness;

namespace SstpRouter.Lab.Tests.Scripted;

/// <summary>Routing and Remote Access of Windows Server.</summary>
[Collection(Peers.Servers)]
public class RrasServerTests(CallsFromRouter network)
{
    private const string Head = """
        HTTP/1.1 200
        Content-Length: 18446744073709551615
        Server: Microsoft-HTTPAPI/2.0
        Date: Wed, 25 Nov 2026 12:00:00 GMT
        """;

    private const string Login = """
        -> 10 01 00 0E 00 01 00 01 00 01 00 06 00 01                                                 ; CALL_CONNECT_REQUEST
        <- 10 01 00 30 00 02 00 01 00 04 00 28 00 00 00 03 nonce:32                                  ; CALL_CONNECT_ACK: SHA-1 and SHA-256
        -> 10 00 00 16 FF 03 C0 21 01 01 00 0E 01 04 05 DC 05 06 magic:4                             ; MRU 1500, magic
        <- 10 00 00 38 FF 03 C0 21 01 00 00 30 01 04 0F FB 03 04 C2 27 05 06 5E 6F 70 81 0D 03 06 11 04 06 4E 13 17 01 0A 1B 2C 3D 4E 5F 60 71 82 93 00*10
        -> 10 00 00 13 FF 03 C0 21 04 00 00 0B 0D 03 06 11 04 06 4E                                  ; no callback, no MRRU 1614
        <- 10 00 00 16 FF 03 C0 21 02 01 00 0E 01 04 05 DC 05 06 magic:4
        <- 10 00 00 31 FF 03 C0 21 01 01 00 29 01 04 0F FB 03 04 C2 27 05 06 5E 6F 70 81 13 17 01 0A 1B 2C 3D 4E 5F 60 71 82 93 00*10
        -> 10 00 00 11 FF 03 C0 21 03 01 00 09 03 05 C2 23 81                                        ; not EAP, MS-CHAPv2
        <- 10 00 00 32 FF 03 C0 21 01 02 00 2A 01 04 0F FB 03 05 C2 23 81 05 06 5E 6F 70 81 13 17 01 0A 1B 2C 3D 4E 5F 60 71 82 93 00*10
        -> 10 00 00 32 FF 03 C0 21 02 02 00 2A 01 04 0F FB 03 05 C2 23 81 05 06 5E 6F 70 81 13 17 01 0A 1B 2C 3D 4E 5F 60 71 82 93 00*10
        <- 10 00 00 21 FF 03 C2 23 01 00 00 19 10 challenge:16 "RRAS"
        -> 10 00 00 42 FF 03 C2 23 02 00 00 3A 31 peer-challenge:16 00*8 nt-response:24 00 "User"
        <- 10 00 00 38 FF 03 C2 23 03 00 00 30 signature:42 "M="                                     ; no blank before M=
        -> 10 01 00 70 00 04 00 01 00 03 00 68 00 00 00 02 nonce:32 cert-hash:32 mac:32              ; CALL_CONNECTED, bound byte by byte
        -> 10 00 00 12 FF 03 80 21 01 01 00 0A 03 06 0.0.0.0
        -> 10 00 00 16 FF 03 80 57 01 01 00 0E 01 0A interface-id:8
        """;

    [RootFact]
    public void Takes_the_login_and_the_good_bye()
    {
        using CallsFromRouter.ScriptedCall call = network.Dial(PeerCrypto.Sha256Binding);
        call.AnswerRequest(Head);
        call.Server.Play(Login);
        call.Server.Play("""
            <- 10 00 00 1C FF 03 C0 21 08 03 00 14 80 57 01 01 00 0E 01 0A interface-id:8            ; Protocol-Reject: no IPv6
            <- 10 00 00 12 FF 03 80 FD 01 04 00 0A 12 06 01 00 00 01                                 ; CCP
            -> 10 00 00 18 FF 03 C0 21 08 01 00 10 80 FD 01 04 00 0A 12 06 01 00 00 01
            <- 10 00 00 12 FF 03 80 21 01 05 00 0A 03 06 10.0.0.1
            -> 10 00 00 12 FF 03 80 21 02 05 00 0A 03 06 10.0.0.1
            <- 10 00 00 12 FF 03 80 21 03 01 00 0A 03 06 10.0.0.2
            -> 10 00 00 12 FF 03 80 21 01 02 00 0A 03 06 10.0.0.2
            <- 10 00 00 12 FF 03 80 21 02 02 00 0A 03 06 10.0.0.2
            """);
        call.PingBothWays();
        network.Branch.Exec($"/interface sstp-client disable {call.Name}");
        call.Server.Play("""
            -> 10 00 00 0C FF 03 C0 21 05 01 00 04                                                   ; Terminate-Request
            <- 10 00 00 0C FF 03 C0 21 06 01 00 04
            -> 10 01 00 14 00 06 00 01 00 02 00 0C 00 00 00 00 00 00 00 00                           ; CALL_DISCONNECT
            <- 10 01 00 08 00 07 00 00
            """);
        call.Server.ExpectClosed();

        call.WaitForLine("disconnected");
    }

    /// <summary>The domain goes into the name and stays out of the hash.</summary>
    [RootFact]
    public void Takes_a_name_with_a_domain()
    {
        using CallsFromRouter.ScriptedCall call = network.Dial(PeerCrypto.Sha256Binding, client: "user=\"OFFICE\\\\User\"");
        call.AnswerRequest(Head);
        call.Server.Play("""
            -> 10 01 00 0E 00 01 00 01 00 01 00 06 00 01                                             ; CALL_CONNECT_REQUEST
            <- 10 01 00 30 00 02 00 01 00 04 00 28 00 00 00 03 nonce:32                              ; CALL_CONNECT_ACK
            -> 10 00 00 16 FF 03 C0 21 01 01 00 0E 01 04 05 DC 05 06 magic:4
            <- 10 00 00 16 FF 03 C0 21 02 01 00 0E 01 04 05 DC 05 06 magic:4
            <- 10 00 00 11 FF 03 C0 21 01 00 00 09 03 05 C2 23 81
            -> 10 00 00 11 FF 03 C0 21 02 00 00 09 03 05 C2 23 81
            <- 10 00 00 21 FF 03 C2 23 01 00 00 19 10 challenge:16 "RRAS"
            -> 10 00 00 49 FF 03 C2 23 02 00 00 41 31 peer-challenge:16 00*8 nt-response:24 00 "OFFICE\User"
            <- 10 00 00 36 FF 03 C2 23 03 00 00 2E signature:42
            -> 10 01 00 70 00 04 00 01 00 03 00 68 00 00 00 02 nonce:32 cert-hash:32 mac:32          ; CALL_CONNECTED
            """);
    }

    [RootFact]
    public void Refuses_a_binding_and_the_log_says_what_that_means()
    {
        using CallsFromRouter.ScriptedCall call = network.Dial(PeerCrypto.Sha256Binding);
        call.AnswerRequest(Head);
        call.Server.Play(Login);
        call.Server.Play("""
            <- 10 01 00 14 00 05 00 01 00 02 00 0C 00 00 00 03 00 00 00 04                           ; CALL_ABORT: crypto binding, value not supported
            -> 10 01 00 14 00 05 00 01 00 02 00 0C 00 00 00 02 00 00 00 05
            """);

        call.WaitForLine("terminating... - the peer aborted the call: status 4 VALUE_NOT_SUPPORTED for CRYPTO_BINDING: it saw another certificate than we did");
        Assert.False(network.Branch.IsRunning(call.Name));
    }
}
