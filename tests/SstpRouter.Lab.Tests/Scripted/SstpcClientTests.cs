using System.Security.Cryptography;
using SstpRouter.Lab.Tests.Harness;

namespace SstpRouter.Lab.Tests.Scripted;

/// <summary>sstp-client with pppd, as NetworkManager starts them.</summary>
[Collection(Peers.Clients)]
public class SstpcClientTests(CallsToRouter network)
{
    private const string Head = """
        SSTP_DUPLEX_POST /sra_{BA195980-CD49-458b-9E23-C84EE0ADCD75}/ HTTP/1.1
        Host: edge.example.com
        Content-Length: 18446744073709551615
        SSTPCORRELATIONID: 48d1f63f-2c3d-4d1a-a9d3-0e2f3a4b5c6d
        """;

    private const string Link = """
        <- 10 01 00 0E 00 01 00 01 00 01 00 06 00 01                                                 ; CALL_CONNECT_REQUEST
        -> 10 01 00 30 00 02 00 01 00 04 00 28 00 00 00 03 nonce:32                                  ; CALL_CONNECT_ACK
        <- 10 00 00 1C FF 03 C0 21 01 01 00 14 02 06 00 00 00 00 05 06 1A 2B 3C 4D 07 02 08 02       ; ACCM 0, magic, PFC, ACFC
        -> 10 00 00 1B FF 03 C0 21 01 01 00 13 01 04 05 DC 03 05 C2 23 81 05 06 magic:4
        -> 10 00 00 10 FF 03 C0 21 04 01 00 08 07 02 08 02
        <- 10 00 00 18 FF 03 C0 21 01 02 00 10 02 06 00 00 00 00 05 06 1A 2B 3C 4D                   ; ACCM 0, magic
        -> 10 00 00 18 FF 03 C0 21 02 02 00 10 02 06 00 00 00 00 05 06 1A 2B 3C 4D
        <- 10 00 00 1B FF 03 C0 21 02 01 00 13 01 04 05 DC 03 05 C2 23 81 05 06 magic:4
        -> 10 00 00 1D FF 03 C2 23 01 01 00 15 10 challenge:16
        <- 10 00 00 42 FF 03 C2 23 02 01 00 3A 31 peer-challenge:16 00*8 nt-response:24 00 "User"
        """;

    private const string Success = """
        -> 10 00 00 40 FF 03 C2 23 03 01 00 38 signature:42 " M=Welcome"
        -> 10 00 00 12 FF 03 80 21 01 01 00 0A 03 06 10.0.0.1
        """;

    private const string Connected = """
        <- 10 01 00 70 00 04 00 01 00 03 00 68 00 00 00 02 nonce:32 cert-hash:32 mac:32              ; CALL_CONNECTED
        """;

    private const string Network = """
        <- 10 00 00 17 FF 03 80 FD 01 01 00 0F 1A 04 78 00 18 04 78 00 15 03 2F                      ; CCP: deflate twice, BSD
        -> 10 00 00 1D FF 03 C0 21 08 01 00 15 80 FD 01 01 00 0F 1A 04 78 00 18 04 78 00 15 03 2F
        <- 10 00 00 24 FF 03 80 21 01 01 00 1C 03 06 0.0.0.0 02 06 00 2D 0F 01 81 06 0.0.0.0 83 06 0.0.0.0
        -> 10 00 00 12 FF 03 80 21 04 01 00 0A 02 06 00 2D 0F 01                                     ; no VJ compression
        <- 10 00 00 1E FF 03 80 21 01 02 00 16 03 06 0.0.0.0 81 06 0.0.0.0 83 06 0.0.0.0
        -> 10 00 00 1E FF 03 80 21 03 02 00 16 03 06 10.0.0.2 81 06 10.0.0.1 83 06 10.0.0.9
        <- 10 00 00 1E FF 03 80 21 01 03 00 16 03 06 10.0.0.2 81 06 10.0.0.1 83 06 10.0.0.9
        -> 10 00 00 1E FF 03 80 21 02 03 00 16 03 06 10.0.0.2 81 06 10.0.0.1 83 06 10.0.0.9
        <- 10 00 00 12 FF 03 80 21 02 01 00 0A 03 06 10.0.0.1
        """;

    [RootFact]
    public void May_send_CALL_CONNECTED_before_it_knows_that_the_login_succeeded()
    {
        using ScriptedPeer sstpc = Dial();
        sstpc.Send([.. sstpc.Bytes(Response()), .. sstpc.Bytes(Connected)]);
        sstpc.Play(Success);
        sstpc.Play(Network);
        network.PingBothWays(sstpc);
        sstpc.Play("""
            <- 10 01 00 08 00 08 00 00                                                               ; ECHO_REQUEST after 60 s of silence
            -> 10 01 00 08 00 09 00 00
            <- 10 01 00 08 00 06 00 00                                                               ; CALL_DISCONNECT without Status Info
            -> 10 01 00 08 00 07 00 00
            """);
        sstpc.Dispose();

        network.ExpectIdle();
    }

    /// <summary>Where the router ends the call, sstpc needs Status Info in CALL_DISCONNECT to answer it.</summary>
    [RootFact]
    public void May_send_CALL_CONNECTED_after_the_network_protocols_and_is_told_when_it_is_hung_up()
    {
        using ScriptedPeer sstpc = Dial();
        sstpc.Send(sstpc.Bytes(Response()));
        sstpc.Play(Success);
        sstpc.Play(Network);
        Assert.Equal(2, network.Hq.Host.KernelInterfaces().Length); // the addresses are agreed, the binding is not
        sstpc.Play(Connected);
        network.PingBothWays(sstpc);
        network.Hq.Exec("/ppp active remove [find]");
        sstpc.Play("""
            -> 10 00 00 0C FF 03 C0 21 05 01 00 04                                                   ; Terminate-Request
            <- 10 00 00 0C FF 03 C0 21 06 01 00 04
            -> 10 01 00 14 00 06 00 01 00 02 00 0C 00 00 00 00 00 00 00 00                           ; CALL_DISCONNECT with Status Info
            <- 10 01 00 08 00 07 00 00
            """);
        sstpc.ExpectClosed();

        network.ExpectIdle();
    }

    /// <summary>It does not read an ABORT of eight bytes, so ours says what it is about; and it says the same whatever was wrong, be it a key of zeros after a login by MS-CHAPv2.</summary>
    [RootTheory]
    [InlineData("mac")]
    [InlineData("cert-hash")]
    [InlineData("nonce")]
    public void Is_refused_with_Status_Info_where_its_binding_is_wrong(string wrong)
    {
        using ScriptedPeer sstpc = Dial();
        sstpc.Send(sstpc.Bytes(Response()));
        sstpc.Play(Success);
        byte[] keyless = PeerCrypto.Mac(PeerCrypto.Sha256Binding, new byte[32], sstpc.Known["nonce"], sstpc.Known["cert-hash"]);
        sstpc.Known.Learn(wrong, wrong == "mac" ? keyless : RandomNumberGenerator.GetBytes(32));
        sstpc.Play(Connected);
        sstpc.Play("""
            -> 10 01 00 14 00 05 00 01 00 02 00 0C 00 00 00 03 00 00 00 04                           ; CALL_ABORT: crypto binding, value not supported
            <- 10 01 00 08 00 05 00 00
            """);
        sstpc.ExpectClosed();

        network.ExpectIdle();
        Assert.True(network.Hq.Program.Count("<sstp-User>: terminating... - crypto binding: ") > 0);
    }

    private static string Response() => Link.Split('\n')[^1];

    private ScriptedPeer Dial()
    {
        ScriptedPeer sstpc = network.CallWithMsChap2(PeerCrypto.Sha256Binding);
        sstpc.SendHead(Head);
        Assert.Equal(
            ["HTTP/1.1 200", "Content-Length: 18446744073709551615"],
            sstpc.ReadHead()[..2]);
        sstpc.Play(string.Join('\n', Link.Split('\n')[..^1]));
        return sstpc;
    }
}
