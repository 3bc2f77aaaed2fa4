using SstpRouter.Sstp.Tests.Support;
using static SstpRouter.Sstp.Tests.Support.Conversation;

namespace SstpRouter.Sstp.Tests;

/// <summary>A server that reaches "connected" without a verified binding is a defect ([MS-SSTP] 3.3.5.2.3).</summary>
public class BindingTests
{
    private static readonly string[] Mismatch = [Sent(Packets.Abort(3, 4))];

    [Fact]
    public void An_early_binding_waits_for_authentication()
    {
        Conversation server = In(SstpCallState.CallConnectedPending, server: true);

        Assert.Empty(server.Receive(Packets.CallConnected));
        Assert.False(server.Call.MaySendData);
        Assert.Equal(["connected"], server.Authenticated());
    }

    [Fact]
    public void A_second_early_binding_is_aborted_and_the_first_never_validated()
    {
        Conversation server = In(SstpCallState.CallConnectedPending, server: true);
        server.Receive(Packets.CallConnected);

        Assert.Equal([Sent(Packets.AbortUnaccepted)], server.Receive(Packets.CallConnected));
        Assert.Empty(server.Authenticated());
        Assert.Equal(SstpCallState.AbortPending, server.Call.State);
    }

    [Fact]
    public void A_binding_without_authentication_never_connects()
    {
        Conversation server = In(SstpCallState.CallConnectedPending, server: true);
        server.Receive(Packets.CallConnected);

        Assert.Equal([Sent(Packets.Abort(2, 8))], server.At(60_000));
        Assert.Equal([ClosedBy(SstpCloseReason.NegotiationTimeout)], server.At(63_000));
        Assert.Equal("authentication did not end in time", server.Closed!.Detail);
    }

    [Fact]
    public void Sha1_is_verified_too()
    {
        Conversation server = In(SstpCallState.CallConnectedPending, server: true);
        server.Authenticated();

        Assert.Equal(["connected"], server.Receive(Packets.CallConnectedSha1));
    }

    public static TheoryData<int> EveryByteOfTheBinding => [.. Enumerable.Range(15, 97)];

    [Theory]
    [MemberData(nameof(EveryByteOfTheBinding))]
    public void One_changed_bit_anywhere_is_a_mismatch(int offset)
    {
        byte[] changed = [.. Packets.CallConnected];
        changed[offset] ^= 0x10;
        Conversation server = In(SstpCallState.CallConnectedPending, server: true);
        server.Authenticated();

        Assert.Equal(Mismatch, server.Receive(changed));
        Assert.Equal([ClosedBy(SstpCloseReason.BindingMismatch)], server.At(3_000));
    }

    [Fact]
    public void Every_mismatch_looks_the_same_to_the_peer_and_is_named_here()
    {
        SstpServerOptions sha1 = ServerOptions with { Offered = SstpHashes.Sha1 };
        AssertMismatch(sha1, Packets.CallConnected, Packets.Hlak, "not offered");
        SstpServerOptions another = ServerOptions with { Certificates = ["another"u8.ToArray()] };
        AssertMismatch(another, Packets.CallConnected, Packets.Hlak, "certificate");
        AssertMismatch(ServerOptions, Packets.CallConnected, new byte[32], "compound MAC");
        byte[] otherNonce = SstpCryptoBinding.CreateCallConnected(
            SstpHashes.Sha256, new byte[32], Packets.Certificate, Packets.Hlak);
        AssertMismatch(ServerOptions, otherNonce, Packets.Hlak, "nonce");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(0xFF)]
    public void A_hash_protocol_that_is_not_exactly_one_bit_is_a_mismatch(byte hash)
    {
        byte[] message = [.. Packets.CallConnected];
        message[15] = hash;
        AssertMismatch(ServerOptions, message, Packets.Hlak, "not offered");
    }

    [Theory]
    [InlineData("10010008 0004 0000")]
    [InlineData("1001000C 0004 0001 00030004")]
    [InlineData("10010014 0004 0001 0002000C 000000 03 00000004")]
    public void A_missing_or_misshapen_binding_is_aborted_as_such(string message)
    {
        Conversation server = In(SstpCallState.CallConnectedPending, server: true);

        Assert.Equal([Sent(Packets.Abort(2, 9))], server.Receive(Packets.Hex(message)));
        Assert.Equal([ClosedBy(SstpCloseReason.BindingMissing)], server.At(3_000));
    }

    [Fact]
    public void A_binding_with_company_is_aborted()
    {
        byte[] twice = Packets.Concat(
            Packets.Hex("100100D8 0004 0002"), Packets.CallConnected[8..], Packets.CallConnected[8..]);
        byte[] withStatus = Packets.Concat(
            Packets.Hex("1001007C 0004 0002 0002000C 000000 03 00000004"), Packets.CallConnected[8..]);

        Assert.Equal(
            [Sent(Packets.Abort(2, 9))], In(SstpCallState.CallConnectedPending, server: true).Receive(twice));
        Assert.Equal(
            [Sent(Packets.Abort(2, 9))], In(SstpCallState.CallConnectedPending, server: true).Receive(withStatus));
    }

    [Fact]
    public void A_second_binding_in_a_connected_call_is_aborted_and_not_validated_again()
    {
        Conversation server = In(SstpCallState.Connected, server: true);

        Assert.Equal([Sent(Packets.AbortUnaccepted)], server.Receive(Packets.CallConnected));
        Assert.False(server.Call.MaySendData);
    }

    [Fact]
    public void A_second_authentication_does_not_replace_the_key()
    {
        Conversation server = In(SstpCallState.CallConnectedPending, server: true);
        server.Authenticated(new byte[32]);
        server.Authenticated(Packets.Hlak);

        Assert.Equal(Mismatch, server.Receive(Packets.CallConnected));
    }

    [Fact]
    public void Any_of_several_certificates_will_do()
    {
        Conversation server = Server(ServerOptions with { Certificates = ["proxy"u8.ToArray(), Packets.Certificate] });
        server.Start();
        server.Receive(Packets.HttpRequest, Packets.Request);
        server.Authenticated();

        Assert.Equal(["connected"], server.Receive(Packets.CallConnected));
    }

    private static void AssertMismatch(SstpServerOptions options, byte[] message, byte[] hlak, string cause)
    {
        Conversation server = Server(options);
        server.Start();
        server.Receive(Packets.HttpRequest, Packets.Request);
        server.Authenticated(hlak);

        Assert.Equal(Mismatch, server.Receive(message));
        Assert.False(server.Call.MaySendData);
        server.At(3_000);
        Assert.Equal(SstpCloseReason.BindingMismatch, server.Closed!.Reason);
        Assert.Contains(cause, server.Closed.Detail, StringComparison.Ordinal);
    }
}
