using SstpRouter.Lab.Tests.Harness;

namespace SstpRouter.Lab.Tests.Scripted;

/// <summary>accel-ppp, which reads byte 1 and the length of a packet as they stand: see <see cref="RouterRules"/>.</summary>
[Collection(Peers.Servers)]
public class AccelPppServerTests(CallsFromRouter network)
{
    [RootFact]
    public void Takes_the_login_after_a_NAK_and_aborts_in_its_own_way()
    {
        using CallsFromRouter.ScriptedCall call = network.Dial(PeerCrypto.Sha256Binding);
        call.AnswerRequest("""
            HTTP/1.1 200 OK
            Date: Wed, 25 Nov 2026 12:00:00 GMT
            Connection: keep-alive
            Content-Length: 18446744073709551615
            """);
        call.Server.Play("""
            -> 10 01 00 0E 00 01 00 01 00 01 00 06 00 01                                             ; CALL_CONNECT_REQUEST
            <- 10 01 00 14 00 03 00 01 00 02 00 08 00 00 00 01 00 00 00 04                           ; NAK: the attribute's length is wrong
            -> 10 01 00 0E 00 01 00 01 00 01 00 06 00 01                                             ; once more
            <- 10 01 00 30 00 02 00 01 00 04 00 28 00 00 00 03 nonce:32                              ; CALL_CONNECT_ACK
            -> 10 00 00 16 FF 03 C0 21 01 01 00 0E 01 04 05 DC 05 06 magic:4                         ; nothing that it would reject
            <- 10 00 00 1B FF 03 C0 21 01 5A 00 13 03 05 C2 23 81 01 04 05 AC 05 06 33 44 55 66      ; MS-CHAPv2, MRU 1452, magic, from a random id
            -> 10 00 00 1B FF 03 C0 21 02 5A 00 13 03 05 C2 23 81 01 04 05 AC 05 06 33 44 55 66
            <- 10 00 00 16 FF 03 C0 21 02 01 00 0E 01 04 05 DC 05 06 magic:4
            <- 10 00 00 1D FF 03 C2 23 01 01 00 15 10 challenge:16                                   ; Challenge, without a name
            -> 10 00 00 42 FF 03 C2 23 02 01 00 3A 31 peer-challenge:16 00*8 nt-response:24 00 "User"
            <- 10 00 00 51 FF 03 C2 23 03 01 00 49 signature:42 " M=Authentication succeeded"
            -> 10 01 00 70 00 04 00 01 00 03 00 68 00 00 00 02 nonce:32 cert-hash:32 mac:32          ; CALL_CONNECTED
            -> 10 00 00 12 FF 03 80 21 01 01 00 0A 03 06 0.0.0.0
            -> 10 00 00 16 FF 03 80 57 01 01 00 0E 01 0A interface-id:8
            <- 10 00 00 1C FF 03 C0 21 08 5C 00 14 80 57 01 01 00 0E 01 0A interface-id:8            ; Protocol-Reject: no IPv6
            <- 10 00 00 12 FF 03 80 21 01 11 00 0A 03 06 10.0.0.1
            -> 10 00 00 12 FF 03 80 21 02 11 00 0A 03 06 10.0.0.1
            <- 10 00 00 12 FF 03 80 21 03 01 00 0A 03 06 10.0.0.2
            -> 10 00 00 12 FF 03 80 21 01 02 00 0A 03 06 10.0.0.2
            <- 10 00 00 12 FF 03 80 21 02 02 00 0A 03 06 10.0.0.2
            """);
        call.PingBothWays();
        Assert.Equal("1452\n", network.Branch.Exec($":put [/interface get {call.Name} actual-mtu]"));
        call.Server.Play("""
            <- 10 00 00 10 FF 03 C0 21 09 01 00 08 33 44 55 66                                       ; LCP echo, each 10 s
            -> 10 00 00 10 FF 03 C0 21 0A 01 00 08 magic:4
            <- 10 01 00 14 00 05 00 01 00 02 00 0C 00 00 00 02 00 00 00 07                           ; CALL_ABORT, always with this status
            -> 10 01 00 14 00 05 00 01 00 02 00 0C 00 00 00 02 00 00 00 05
            """);

        call.WaitForLine("terminating... - the peer aborted the call: status 7 INVALID_FRAME_RECEIVED for STATUS_INFO");
    }
}
