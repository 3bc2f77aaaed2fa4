using SstpRouter.Lab.Tests.Harness;
using SstpRouter.Tls;

namespace SstpRouter.Lab.Tests.Scripted;

/// <summary>A RouterOS router that dials with its defaults: no server name in TLS, one old suite, SHA-1 in the crypto binding.</summary>
/// <remarks>Its HTTP request and its first LCP options are not published; what stands here follows from its settings.</remarks>
[Collection(Peers.Clients)]
public class RouterOsClientTests(CallsToRouter network)
{
    private const string Head = """
        SSTP_DUPLEX_POST /sra_{BA195980-CD49-458b-9E23-C84EE0ADCD75}/ HTTP/1.1
        Content-Length: 18446744073709551615
        Host: 192.168.62.2
        """;

    private const string Request = """
        <- 10 01 00 0E 00 01 00 01 00 01 00 06 00 01                                                 ; CALL_CONNECT_REQUEST
        -> 10 01 00 30 00 02 00 01 00 04 00 28 00 00 00 03 nonce:32                                  ; CALL_CONNECT_ACK
        <- 10 00 00 1A FF 03 C0 21 01 00 00 12 01 04 05 B4 05 06 1A 2B 3C 4D 11 04 06 40             ; MRU 1460 as max-mru says, magic, MRRU 1600 as mrru says
        -> 10 00 00 1B FF 03 C0 21 01 01 00 13 01 04 05 DC 03 05 C2 23 81 05 06 magic:4              ; MRU 1500, MS-CHAPv2, magic
        -> 10 00 00 10 FF 03 C0 21 04 00 00 08 11 04 06 40                                           ; no multilink
        <- 10 00 00 16 FF 03 C0 21 01 01 00 0E 01 04 05 B4 05 06 1A 2B 3C 4D
        -> 10 00 00 16 FF 03 C0 21 02 01 00 0E 01 04 05 B4 05 06 1A 2B 3C 4D
        """;

    private const string Network = """
        <- 10 00 00 0C FF 03 80 31 01 01 00 04                                                       ; BCP, where its profile names a bridge
        -> 10 00 00 12 FF 03 C0 21 08 01 00 0A 80 31 01 01 00 04
        <- 10 00 00 18 FF 03 80 21 01 01 00 10 03 06 0.0.0.0 02 06 00 2D 0F 01                       ; IPCP with VJ compression
        -> 10 00 00 12 FF 03 80 21 04 01 00 0A 02 06 00 2D 0F 01
        <- 10 00 00 12 FF 03 80 21 01 02 00 0A 03 06 0.0.0.0
        -> 10 00 00 12 FF 03 80 21 03 02 00 0A 03 06 10.0.0.2
        <- 10 00 00 12 FF 03 80 21 01 03 00 0A 03 06 10.0.0.2
        -> 10 00 00 12 FF 03 80 21 02 03 00 0A 03 06 10.0.0.2
        <- 10 00 00 12 FF 03 80 21 02 01 00 0A 03 06 10.0.0.1
        """;

    private const string Keepalive = """
        <- 10 01 00 08 00 08 00 00                                                                   ; by SSTP
        -> 10 01 00 08 00 09 00 00
        <- 10 00 00 10 FF 03 C0 21 09 07 00 08 1A 2B 3C 4D                                           ; or by LCP: both are answered
        -> 10 00 00 10 FF 03 C0 21 0A 07 00 08 magic:4
        """;

    private const string Goodbye = """
        <- 10 00 00 0C FF 03 C0 21 05 02 00 04                                                       ; Terminate-Request
        -> 10 00 00 0C FF 03 C0 21 06 02 00 04
        <- 10 01 00 14 00 06 00 01 00 02 00 0C 00 00 00 00 00 00 00 00                               ; CALL_DISCONNECT
        -> 10 01 00 08 00 07 00 00
        """;

    private static readonly TlsClientPolicy OldSuite = new()
    {
        Versions = TlsVersions.Only12,
        Ciphers = TlsCiphers.Aes256Sha,
        CiphersExplicit = true,
        Pfs = TlsPfs.No,
        PfsExplicit = true,
    };

    [RootFact]
    public void Logs_in_by_mschap2_over_rsa_key_exchange()
    {
        using ScriptedPeer routerOs = network.CallWithMsChap2(PeerCrypto.Sha1Binding, tls: OldSuite);
        routerOs.SendHead(Head);
        Assert.Equal("HTTP/1.1 200", routerOs.ReadHead()[0]);
        routerOs.Play(Request);
        routerOs.Play("""
            <- 10 00 00 1B FF 03 C0 21 02 01 00 13 01 04 05 DC 03 05 C2 23 81 05 06 magic:4
            -> 10 00 00 1D FF 03 C2 23 01 01 00 15 10 challenge:16
            <- 10 00 00 42 FF 03 C2 23 02 01 00 3A 31 peer-challenge:16 00*8 nt-response:24 00 "User"
            -> 10 00 00 40 FF 03 C2 23 03 01 00 38 signature:42 " M=Welcome"
            -> 10 00 00 12 FF 03 80 21 01 01 00 0A 03 06 10.0.0.1
            <- 10 01 00 70 00 04 00 01 00 03 00 68 00 00 00 01 nonce:32 cert-hash:32 mac:32          ; CALL_CONNECTED by SHA-1
            """);
        routerOs.Play(Network);
        network.PingBothWays(routerOs);
        Assert.Equal("1460\n", network.Hq.Exec(":put [/interface get [find name=\"<sstp-User>\"] actual-mtu]"));
        routerOs.Play(Keepalive);
        routerOs.Play(Goodbye);
        routerOs.Dispose();

        network.ExpectIdle();
        Assert.Equal(("AES256-SHA", false), (routerOs.Tls.CipherSuite, routerOs.Tls.IsAnonymous));
    }

    /// <summary>No certificate on either side: anonymous Diffie-Hellman, a certificate hash of zeros, and a key of zeros with PAP.</summary>
    [RootFact]
    public void Logs_in_by_pap_over_anonymous_tls()
    {
        using ScriptedPeer routerOs = network.Call(certificate: "none", tls: OldSuite);
        PeerLogin.Keyless(routerOs.Known, PeerCrypto.Sha1Binding, () => null);
        routerOs.SendHead(Head);
        Assert.Equal("HTTP/1.1 200", routerOs.ReadHead()[0]);
        routerOs.Play(Request);
        routerOs.Play("""
            <- 10 00 00 10 FF 03 C0 21 03 01 00 08 03 04 C0 23                                       ; not MS-CHAPv2, PAP
            -> 10 00 00 1A FF 03 C0 21 01 02 00 12 01 04 05 DC 03 04 C0 23 05 06 magic:4
            <- 10 00 00 1A FF 03 C0 21 02 02 00 12 01 04 05 DC 03 04 C0 23 05 06 magic:4
            <- 10 00 00 1C FF 03 C0 23 01 01 00 14 04 "User" 0A "clientPass"
            -> 10 00 00 0D FF 03 C0 23 02 01 00 05 00                                                ; Ack without a message
            -> 10 00 00 12 FF 03 80 21 01 01 00 0A 03 06 10.0.0.1
            <- 10 01 00 70 00 04 00 01 00 03 00 68 00 00 00 01 nonce:32 cert-hash:32 mac:32
            """);
        routerOs.Play(Network);
        network.PingBothWays(routerOs);
        routerOs.Play(Keepalive);
        routerOs.Play(Goodbye);
        routerOs.Dispose();

        network.ExpectIdle();
        Assert.True(routerOs.Tls.IsAnonymous);
        Assert.EndsWith("AES256-SHA", routerOs.Tls.CipherSuite);
    }
}
