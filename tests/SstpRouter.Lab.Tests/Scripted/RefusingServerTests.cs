using SstpRouter.Lab.Tests.Harness;

namespace SstpRouter.Lab.Tests.Scripted;

/// <summary>Servers that no tunnel comes of: those that cannot, and those that must not.</summary>
[Collection(Peers.Servers)]
public class RefusingServerTests(CallsFromRouter network)
{
    private const string Head = """
        HTTP/1.1 200 OK
        Content-Length: 18446744073709551615
        """;

    private const string Login = """
        -> 10 01 00 0E 00 01 00 01 00 01 00 06 00 01                                                 ; CALL_CONNECT_REQUEST
        <- 10 01 00 30 00 02 00 01 00 04 00 28 00 00 00 03 nonce:32                                  ; CALL_CONNECT_ACK
        -> 10 00 00 16 FF 03 C0 21 01 01 00 0E 01 04 05 DC 05 06 magic:4
        <- 10 00 00 16 FF 03 C0 21 02 01 00 0E 01 04 05 DC 05 06 magic:4
        <- 10 00 00 11 FF 03 C0 21 01 01 00 09 03 05 C2 23 81                                        ; MS-CHAPv2
        -> 10 00 00 11 FF 03 C0 21 02 01 00 09 03 05 C2 23 81
        <- 10 00 00 1D FF 03 C2 23 01 01 00 15 10 challenge:16
        -> 10 00 00 42 FF 03 C2 23 02 01 00 3A 31 peer-challenge:16 00*8 nt-response:24 00 "User"
        """;

    private const string Goodbye = """
        -> 10 00 00 0C FF 03 C0 21 05 01 00 04                                                       ; Terminate-Request, and no CALL_CONNECTED before it
        <- 10 00 00 0C FF 03 C0 21 06 01 00 04
        -> 10 01 00 14 00 06 00 01 00 02 00 0C 00 00 00 00 00 00 00 00                               ; CALL_DISCONNECT
        <- 10 01 00 08 00 07 00 00
        """;

    /// <summary>sorz/sstp-server that does not know its certificate offers no hash, and its ABORT has four bytes of status and no more.</summary>
    [RootFact]
    public void Sorz_without_a_certificate_is_left_with_the_reason()
    {
        using CallsFromRouter.ScriptedCall call = network.Dial(PeerCrypto.Sha256Binding);
        call.AnswerRequest(Head);
        call.Server.Play("""
            -> 10 01 00 0E 00 01 00 01 00 01 00 06 00 01                                             ; CALL_CONNECT_REQUEST
            <- 10 01 00 30 00 02 00 01 00 04 00 28 00 00 00 00 nonce:32                              ; CALL_CONNECT_ACK: no hash at all
            -> 10 01 00 14 00 05 00 01 00 02 00 0C 00 00 00 04 00 00 00 04                           ; CALL_ABORT: request of the binding, value not supported
            <- 10 01 00 10 00 05 00 01 00 02 00 08 00 00 00 05
            """);
        call.Server.ExpectClosed();

        call.WaitForLine("terminating... - the server offers the hash protocols none, this client takes sha1,sha256");
    }

    [RootFact]
    public void Sorz_may_abort_with_a_bare_status()
    {
        using CallsFromRouter.ScriptedCall call = network.Dial(PeerCrypto.Sha256Binding);
        call.AnswerRequest(Head);
        call.Server.Play(Login);
        call.Server.Play("""
            <- 10 01 00 10 00 05 00 01 00 02 00 08 00 00 00 05
            -> 10 01 00 14 00 05 00 01 00 02 00 0C 00 00 00 02 00 00 00 05
            """);
        call.Server.ExpectClosed();

        call.WaitForLine("terminating... - the peer aborted the call");
    }

    /// <summary>It is pppd that answers behind sorz, and it would let the client try again; the password would be the same.</summary>
    [RootFact]
    public void Pppd_may_offer_another_try_in_vain()
    {
        using CallsFromRouter.ScriptedCall call = network.Dial(PeerCrypto.Sha256Binding);
        call.AnswerRequest(Head);
        call.Server.Play(Login);
        call.Server.Play("""
            <- 10 00 00 4C FF 03 C2 23 04 01 00 44 "E=691 R=1 C=00112233445566778899AABBCCDDEEFF V=0 M=Access denied"
            """);
        call.Server.Play(Goodbye);
        call.Server.ExpectClosed();

        call.WaitForLine("terminating... - failed to authenticate ourselves to peer");
        call.WaitForLine("Access denied");
    }

    [RootFact]
    public void One_that_says_NAK_for_ever_is_asked_four_times()
    {
        using CallsFromRouter.ScriptedCall call = network.Dial(PeerCrypto.Sha256Binding);
        call.AnswerRequest(Head);
        for (int i = 0; i < 4; i++)
        {
            call.Server.Play("""
                -> 10 01 00 0E 00 01 00 01 00 01 00 06 00 01
                <- 10 01 00 14 00 03 00 01 00 02 00 0C 00 00 00 01 00 00 00 04                       ; CALL_CONNECT_NAK
                """);
        }

        call.Server.Play("""
            -> 10 01 00 14 00 05 00 01 00 02 00 0C 00 00 00 02 00 00 00 06                           ; CALL_ABORT: retry count exceeded
            <- 10 01 00 08 00 05 00 00
            """);
        call.Server.ExpectClosed();

        call.WaitForLine("terminating... - the server refused the connect request 4 times");
    }

    /// <summary>Whoever does not know the password cannot sign, and gets neither CALL_CONNECTED nor a tunnel.</summary>
    [RootTheory]
    [InlineData("""<- 10 00 00 15 FF 03 C2 23 03 01 00 0D "M=Welcome" """)]
    [InlineData("""<- 10 00 00 36 FF 03 C2 23 03 01 00 2E "S=407A5589115FD0D6209F510FE9C04566932CDA56" """)]
    public void A_forged_success_is_no_success(string success)
    {
        using CallsFromRouter.ScriptedCall call = network.Dial(PeerCrypto.Sha256Binding);
        call.AnswerRequest(Head);
        call.Server.Play(Login);
        call.Server.Play(success);
        call.Server.Play(Goodbye);
        call.Server.ExpectClosed();

        call.WaitForLine("terminating... - failed to authenticate ourselves to peer");
        call.WaitForLine("the server could not prove that it knows the password");
    }
}
