using SstpRouter.Sstp.Tests.Support;
using static SstpRouter.Sstp.Tests.Support.Conversation;

namespace SstpRouter.Sstp.Tests;

public class ClientCallTests
{
    [Fact]
    public void A_call_goes_from_the_request_to_connected()
    {
        Conversation client = Client();

        Assert.Equal([Sent(Packets.HttpRequest)], client.Start());
        Assert.Equal([Sent(Packets.Request)], client.Receive(Packets.HttpOk));
        Assert.False(client.Call.MaySendControl);

        Assert.Equal(["ppp may start"], client.Receive(Packets.Ack()));
        Assert.True(client.Call.MaySendControl);
        Assert.False(client.Call.MaySendData);

        Assert.Equal([Sent(Packets.CallConnected), "connected"], client.Authenticated());
        Assert.True(client.Call.MaySendControl);
        Assert.True(client.Call.MaySendData);
        Assert.Equal(SstpCallState.Connected, client.Call.State);
    }

    [Theory]
    [InlineData(SstpHashes.Sha1 | SstpHashes.Sha256, 3, 2)]
    [InlineData(SstpHashes.Sha1 | SstpHashes.Sha256, 1, 1)]
    [InlineData(SstpHashes.Sha1 | SstpHashes.Sha256, 2, 2)]
    [InlineData(SstpHashes.Sha1, 3, 1)]
    [InlineData(SstpHashes.Sha256, 3, 2)]
    [InlineData(SstpHashes.Sha1 | SstpHashes.Sha256, 0xFF, 2)]
    [InlineData(SstpHashes.Sha1 | SstpHashes.Sha256, 0xF9, 1)]
    public void The_strongest_common_hash_is_used(SstpHashes supported, byte offered, byte used)
    {
        Conversation client = Client(ClientOptions with { Supported = supported });
        client.Start();
        client.Receive(Packets.HttpOk, Packets.Ack(offered));

        string[] said = client.Authenticated();

        Assert.Equal(Sent(used == 1 ? Packets.CallConnectedSha1 : Packets.CallConnected), said[0]);
    }

    [Theory]
    [InlineData(SstpHashes.Sha1 | SstpHashes.Sha256, 0)]
    [InlineData(SstpHashes.Sha1 | SstpHashes.Sha256, 4)]
    [InlineData(SstpHashes.Sha1, 2)]
    [InlineData(SstpHashes.Sha256, 1)]
    public void Without_a_common_hash_the_client_aborts(SstpHashes supported, byte offered)
    {
        Conversation client = Client(ClientOptions with { Supported = supported });
        client.Start();
        client.Receive(Packets.HttpOk);

        Assert.Equal([Sent(Packets.Abort(4, 4))], client.Receive(Packets.Ack(offered)));
        Assert.Equal([ClosedBy(SstpCloseReason.NoCommonHash)], client.At(3_000));
        Assert.Contains("hash protocols", client.Closed!.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10010008 0002 0000")] // no attribute
    [InlineData("1001000C 0002 0001 00040004")] // empty
    [InlineData("1001002F 0002 0001 00040027 000000 03 000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E")]
    [InlineData("10010014 0002 0001 0002000C 000000 00 00000000")] // another attribute
    [InlineData(
        "10010058 0002 0002"
        + "00040028 000000 03 000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F"
        + "00040028 000000 03 000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F")]
    public void An_acknowledgement_without_one_sound_binding_request_is_aborted(string ack)
    {
        Conversation client = In(SstpCallState.ConnectRequestSent, server: false);

        Assert.Equal([Sent(Packets.Abort(4, 9))], client.Receive(Packets.Hex(ack)));
        Assert.Equal([ClosedBy(SstpCloseReason.BindingMissing)], client.At(3_000));
    }

    [Fact]
    public void Unknown_attributes_in_an_acknowledgement_are_passed_over()
    {
        Conversation client = In(SstpCallState.ConnectRequestSent, server: false);
        byte[] ack = Packets.Concat(
            Packets.Hex("10010036 0002 0002 00770006 BEEF"), Packets.Ack()[8..]);

        Assert.Equal(["ppp may start"], client.Receive(ack));
    }

    [Fact]
    public void A_refused_request_is_sent_three_times_more_and_then_aborted()
    {
        Conversation client = In(SstpCallState.ConnectRequestSent, server: false);

        for (int i = 0; i < 3; i++)
        {
            Assert.Equal([Sent(Packets.Request)], client.Receive(Packets.Nak));
        }

        Assert.Equal([Sent(Packets.Abort(2, 6))], client.Receive(Packets.Nak));
        Assert.Equal([ClosedBy(SstpCloseReason.NakRetryExceeded)], client.At(3_000));
        Assert.Contains(
            "4 VALUE_NOT_SUPPORTED for ENCAPSULATED_PROTOCOL_ID", client.Closed!.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10010008 0003 0000")] // no attribute
    [InlineData("10010014 0003 0001 0002000C 000000 01 00000004")] // without the value
    [InlineData("10010016 0003 0001 0002000C 000000 01 00000004 0002")] // attribute length short
    [InlineData("10010014 0003 0001 0002FFFF 000000 01 00000004")] // attribute length beyond the packet
    [InlineData("1001000C 0003 0001 00000004")] // a bare status
    public void A_refusal_is_understood_in_any_form(string nak)
    {
        Conversation client = In(SstpCallState.ConnectRequestSent, server: false);

        Assert.Equal([Sent(Packets.Request)], client.Receive(Packets.Hex(nak)));
    }

    [Fact]
    public void Authentication_counts_once_and_only_after_the_acknowledgement()
    {
        Conversation client = In(SstpCallState.ConnectRequestSent, server: false);
        Assert.Empty(client.Authenticated());

        client.Receive(Packets.Ack());
        Assert.Equal(2, client.Authenticated().Length);
        Assert.Empty(client.Authenticated());

        client.Disconnect();
        Assert.Empty(client.Authenticated());
    }

    [Fact]
    public void Traces_tell_the_messages_by_name()
    {
        Conversation client = In(SstpCallState.Connected, server: false);

        Assert.Equal(
            [
                "sent HTTP SSTP_DUPLEX_POST correlation-id={6b29fc40-ca47-1067-b31d-00dd010662da}",
                "rcvd HTTP \"HTTP/1.1 200\" server=\"Microsoft-HTTPAPI/2.0\"",
                "sent SSTP CALL_CONNECT_REQUEST",
                "rcvd SSTP CALL_CONNECT_ACK",
                "sent SSTP CALL_CONNECTED hash=sha256",
            ],
            client.Traces);
    }

    [Fact]
    public void A_random_correlation_id_stands_in_for_an_empty_one()
    {
        var call = new SstpClientCall(ClientOptions with { CorrelationId = Guid.Empty }, FillInOrder);

        Assert.Equal("00010203-0405-4607-8809-0a0b0c0d0e0f", call.CorrelationId.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("vpn.example.com\r\nX: y")]
    [InlineData("vpn example")]
    [InlineData("müller.example")]
    public void A_host_that_does_not_fit_a_header_is_refused(string host) =>
        Assert.Throws<ArgumentException>(() => Client(ClientOptions with { Host = host }));

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Client(ClientOptions with { Supported = SstpHashes.None }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Client(ClientOptions with { KeepaliveTimeout = -1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Client(ClientOptions with { HttpTimeout = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Client(ClientOptions with { NegotiationTimeout = 0 }));
    }

    [Fact]
    public void A_call_starts_once()
    {
        Conversation client = Client();
        client.Start();

        Assert.Throws<InvalidOperationException>(client.Start);
    }
}
