using SstpRouter.Lab.Tests.Harness;
using SstpRouter.Tls;

namespace SstpRouter.Lab.Tests.Scripted;

/// <summary>A RouterOS router as the server.</summary>
[Collection(Peers.Servers)]
public class RouterOsServerTests(CallsFromRouter network)
{
    private const string Head = """
        HTTP/1.1 200
        Content-Length: 18446744073709551615
        Server: MikroTik-SSTP
        Date: Wed, 25 Nov 2026 12:00:00 GMT
        """;

    /// <summary>It was given no address of its own, and makes one up.</summary>
    private const string Network = """
        -> 10 00 00 12 FF 03 80 21 01 01 00 0A 03 06 0.0.0.0
        -> 10 00 00 16 FF 03 80 57 01 01 00 0E 01 0A interface-id:8
        <- 10 00 00 1C FF 03 C0 21 08 02 00 14 80 57 01 01 00 0E 01 0A interface-id:8                ; Protocol-Reject: no IPv6
        <- 10 00 00 12 FF 03 80 21 01 01 00 0A 03 06 10.112.112.113
        -> 10 00 00 12 FF 03 80 21 02 01 00 0A 03 06 10.112.112.113
        <- 10 00 00 12 FF 03 80 21 03 01 00 0A 03 06 10.0.0.2
        -> 10 00 00 12 FF 03 80 21 01 02 00 0A 03 06 10.0.0.2
        <- 10 00 00 12 FF 03 80 21 02 02 00 0A 03 06 10.0.0.2
        """;

    private const string Keepalive = """
        <- 10 00 00 10 FF 03 C0 21 09 03 00 08 21 43 65 87                                           ; by LCP
        -> 10 00 00 10 FF 03 C0 21 0A 03 00 08 magic:4
        <- 10 01 00 08 00 08 00 00                                                                   ; or by SSTP: both are answered
        -> 10 01 00 08 00 09 00 00
        """;

    private static readonly TlsServerPolicy OldSuite = new()
    {
        Versions = TlsVersions.Only12,
        Ciphers = TlsCiphers.Aes256Sha,
        CiphersExplicit = true,
        Pfs = TlsPfs.No,
        PfsExplicit = true,
    };

    /// <summary>The text of PAP's Ack stands outside the length that the Ack names.</summary>
    [RootFact]
    public void Takes_a_login_by_pap_bound_by_SHA1()
    {
        using CallsFromRouter.ScriptedCall call = network.Dial(PeerCrypto.Sha1Binding, OldSuite with { Identity = network.Identity });
        PeerLogin.Keyless(call.Server.Known, PeerCrypto.Sha1Binding, () => network.Identity!.CertificateChainDer[0]);
        call.AnswerRequest(Head);
        call.Server.Play("""
            -> 10 01 00 0E 00 01 00 01 00 01 00 06 00 01                                             ; CALL_CONNECT_REQUEST
            <- 10 01 00 30 00 02 00 01 00 04 00 28 00 00 00 01 nonce:32                              ; CALL_CONNECT_ACK: SHA-1 alone
            -> 10 00 00 16 FF 03 C0 21 01 01 00 0E 01 04 05 DC 05 06 magic:4
            <- 10 00 00 1A FF 03 C0 21 01 01 00 12 01 04 05 B4 03 04 C0 23 05 06 21 43 65 87         ; MRU 1460, PAP, magic
            -> 10 00 00 1A FF 03 C0 21 02 01 00 12 01 04 05 B4 03 04 C0 23 05 06 21 43 65 87
            <- 10 00 00 16 FF 03 C0 21 02 01 00 0E 01 04 05 DC 05 06 magic:4
            -> 10 00 00 1C FF 03 C0 23 01 01 00 14 04 "User" 0A "clientPass"
            <- 10 00 00 15 FF 03 C0 23 02 01 00 04 08 "Login ok"
            -> 10 01 00 70 00 04 00 01 00 03 00 68 00 00 00 01 nonce:32 cert-hash:32 mac:32          ; CALL_CONNECTED
            """);
        call.Server.Play(Network);
        call.PingBothWays("10.112.112.113");
        call.Server.Play(Keepalive);

        Assert.Equal("AES256-SHA", call.Server.Tls.CipherSuite);
    }

    [RootFact]
    public void Takes_a_login_by_mschap2_over_anonymous_tls()
    {
        using CallsFromRouter.ScriptedCall call = network.Dial(PeerCrypto.Sha1Binding, OldSuite);
        call.AnswerRequest(Head);
        call.Server.Play("""
            -> 10 01 00 0E 00 01 00 01 00 01 00 06 00 01
            <- 10 01 00 30 00 02 00 01 00 04 00 28 00 00 00 01 nonce:32
            -> 10 00 00 16 FF 03 C0 21 01 01 00 0E 01 04 05 DC 05 06 magic:4
            <- 10 00 00 1B FF 03 C0 21 01 01 00 13 01 04 05 B4 03 05 C2 23 81 05 06 21 43 65 87      ; MRU 1460, MS-CHAPv2, magic
            -> 10 00 00 1B FF 03 C0 21 02 01 00 13 01 04 05 B4 03 05 C2 23 81 05 06 21 43 65 87
            <- 10 00 00 16 FF 03 C0 21 02 01 00 0E 01 04 05 DC 05 06 magic:4
            <- 10 00 00 25 FF 03 C2 23 01 01 00 1D 10 challenge:16 "MikroTik"
            -> 10 00 00 42 FF 03 C2 23 02 01 00 3A 31 peer-challenge:16 00*8 nt-response:24 00 "User"
            <- 10 00 00 36 FF 03 C2 23 03 01 00 2E signature:42
            -> 10 01 00 70 00 04 00 01 00 03 00 68 00 00 00 01 nonce:32 cert-hash:32 mac:32
            """);
        call.Server.Play(Network);
        call.PingBothWays("10.112.112.113");
        call.Server.Play(Keepalive);

        Assert.True(call.Server.Tls.IsAnonymous);
    }
}
