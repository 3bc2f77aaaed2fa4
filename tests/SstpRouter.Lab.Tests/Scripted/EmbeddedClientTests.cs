using System.Security.Cryptography;
using System.Text;
using SstpRouter.Lab.Tests.Harness;

namespace SstpRouter.Lab.Tests.Scripted;

/// <summary>A small client of the kind that devices and scripts have: it waits for nothing and leaves out what it can.</summary>
[Collection(Peers.Clients)]
public class EmbeddedClientTests(CallsToRouter network)
{
    /// <summary>No correlation id, a port in Host, everything up to LCP in one write, and reserved bits that are not zero.</summary>
    [RootFact]
    public void Logs_in_by_chap_with_all_at_once()
    {
        using ScriptedPeer small = network.Call();
        small.Known.Compute("md5", () => MD5.HashData([1, .. Encoding.ASCII.GetBytes(PeerLogin.Password), .. small.Known["challenge"]]));
        PeerLogin.Keyless(small.Known, PeerCrypto.Sha256Binding, () => small.Tls.PeerCertificateDer);
        byte[] head = ScriptedPeer.Head("""
            SSTP_DUPLEX_POST /sra_{ba195980-cd49-458b-9e23-c84ee0adcd75}/ HTTP/1.1
            Host: 192.168.62.2:443
            Content-Length: 18446744073709551615
            """);
        small.Send(
        [
            .. head,
            .. small.Bytes("""
                <- 10 81 80 0E 00 01 00 01 00 01 00 06 00 01                                         ; CALL_CONNECT_REQUEST
                <- 10 80 80 10 FF 03 C0 21 01 01 00 08 01 04 05 78                                   ; MRU 1400
                """),
        ]);
        Assert.Equal("HTTP/1.1 200", small.ReadHead()[0]);
        small.Play("""
            -> 10 01 00 30 00 02 00 01 00 04 00 28 00 00 00 03 nonce:32                              ; CALL_CONNECT_ACK
            -> 10 00 00 1B FF 03 C0 21 01 01 00 13 01 04 05 DC 03 05 C2 23 81 05 06 magic:4
            -> 10 00 00 10 FF 03 C0 21 02 01 00 08 01 04 05 78
            <- 10 80 80 11 FF 03 C0 21 03 01 00 09 03 05 C2 23 05                                    ; CHAP with MD5, please
            -> 10 00 00 1B FF 03 C0 21 01 02 00 13 01 04 05 DC 03 05 C2 23 05 05 06 magic:4
            <- 10 80 80 1B FF 03 C0 21 02 02 00 13 01 04 05 DC 03 05 C2 23 05 05 06 magic:4
            -> 10 00 00 1D FF 03 C2 23 01 01 00 15 10 challenge:16
            <- 10 80 80 21 FF 03 C2 23 02 01 00 19 10 md5:16 "User"
            -> 10 00 00 13 FF 03 C2 23 03 01 00 0B "Welcome"
            -> 10 00 00 12 FF 03 80 21 01 01 00 0A 03 06 10.0.0.1
            <- 10 01 00 70 00 04 00 01 00 03 00 68 00 00 00 02 nonce:32 cert-hash:32 mac:32          ; CALL_CONNECTED
            <- 10 80 80 0C FF 03 80 21 01 01 00 04                                                   ; it forgets to ask for an address
            -> 10 00 00 12 FF 03 80 21 03 01 00 0A 03 06 10.0.0.2
            <- 10 80 80 12 FF 03 80 21 01 02 00 0A 03 06 10.0.0.2
            -> 10 00 00 12 FF 03 80 21 02 02 00 0A 03 06 10.0.0.2
            <- 10 80 80 12 FF 03 80 21 02 01 00 0A 03 06 10.0.0.1
            """);
        network.PingBothWays(small);
        Assert.Equal("1400\n", network.Hq.Exec(":put [/interface get [find name=\"<sstp-User>\"] actual-mtu]"));
        small.Dispose(); // without a word

        network.ExpectIdle();
    }
}
