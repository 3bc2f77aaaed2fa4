using SstpRouter.Sstp.Tests.Support;
using static SstpRouter.Sstp.Tests.Support.Conversation;

namespace SstpRouter.Sstp.Tests;

public class ServerCallTests
{
    [Fact]
    public void A_call_goes_from_the_request_to_connected()
    {
        Conversation server = Server();

        Assert.Empty(server.Start());
        string reply = "HTTP/1.1 200\r\nContent-Length: 18446744073709551615\r\nServer: Microsoft-HTTPAPI/2.0\r\n\r\n";
        Assert.Equal([SentText(reply)], server.Receive(Packets.HttpRequest));
        Assert.False(server.Call.MaySendControl);

        Assert.Equal([Sent(Packets.Ack()), "ppp may start"], server.Receive(Packets.Request));
        Assert.True(server.Call.MaySendControl);
        Assert.False(server.Call.MaySendData);

        Assert.Empty(server.Authenticated());
        Assert.False(server.Call.MaySendData);

        Assert.Equal(["connected"], server.Receive(Packets.CallConnected));
        Assert.True(server.Call.MaySendData);
    }

    [Fact]
    public void A_first_write_with_everything_in_it_works()
    {
        Conversation server = Server();
        server.Start();

        string[] said = server.Receive(
            Packets.HttpRequest, Packets.Request, Packets.Data(Packets.LcpFrame));

        Assert.Equal(3, said.Length);
        Assert.Equal([Sent(Packets.Ack()), "ppp may start"], said[1..]);
        Assert.Equal([Convert.ToHexString(Packets.LcpFrame)], server.Frames);
    }

    [Fact]
    public void Reserved_bits_are_ignored()
    {
        Conversation server = In(SstpCallState.ConnectRequestPending, server: true);
        byte[] request = Packets.Hex("10FF F00E 0001 0001 FF01 F006 0001");
        byte[] data = Packets.Data(Packets.LcpFrame);
        data[1] = 0xFE;
        data[2] = 0x80;

        Assert.Equal([Sent(Packets.Ack()), "ppp may start"], server.Receive(request));
        server.Receive(data);
        Assert.Equal([Convert.ToHexString(Packets.LcpFrame)], server.Frames);
    }

    /// <summary>[MS-SSTP] 3.3.5.2.2: request, then the refusal that answers it.</summary>
    [Theory]
    [InlineData("10010008 0001 0000", "10010014 0003 0001 0002000C 000000 01 0000000A")]
    [InlineData("1001000E 0001 0001 00010006 0002", "10010016 0003 0001 0002000E 000000 01 00000004 0002")]
    [InlineData("1001000D 0001 0001 00010005 01", "10010015 0003 0001 0002000D 000000 01 00000003 01")]
    [InlineData(
        "10010014 0001 0002 00010006 0001 00010006 0001", "10010016 0003 0001 0002000E 000000 01 00000001 0001")]
    [InlineData(
        "10010014 0001 0002 00010006 0001 00770006 BEEF", "10010014 0003 0001 0002000C 000000 77 00000002")]
    [InlineData(
        "1001001A 0001 0002 00010006 0001 0002000C 000000 00 00000005",
        "1001001C 0003 0001 00020014 000000 02 0000000B 0000000000000005")]
    [InlineData(
        "1001000E 0001 0001 00770006 BEEF",
        "10010020 0003 0002 0002000C 000000 77 00000002 0002000C 000000 01 0000000A")]
    public void A_request_that_cannot_be_accepted_is_refused_with_its_faults(string request, string nak)
    {
        Conversation server = In(SstpCallState.ConnectRequestPending, server: true);

        Assert.Equal([Sent(Packets.Hex(nak))], server.Receive(Packets.Hex(request)));
        Assert.Equal(SstpCallState.ConnectRequestPending, server.Call.State);
        Assert.Equal([Sent(Packets.Ack()), "ppp may start"], server.Receive(Packets.Request));
    }

    [Fact]
    public void A_status_info_that_says_no_error_does_not_spoil_a_request()
    {
        Conversation server = In(SstpCallState.ConnectRequestPending, server: true);

        Assert.Contains(
            "ppp may start",
            server.Receive(Packets.Hex("1001001A 0001 0002 00010006 0001 0002000C 000000 00 00000000")));
    }

    [Fact]
    public void A_refusal_gives_back_at_most_64_bytes_of_the_value_and_lists_at_most_16_attributes()
    {
        Conversation server = In(SstpCallState.ConnectRequestPending, server: true);
        byte[] longValue = Packets.Concat(Packets.Hex("10010070 0001 0001 00010068"), new byte[100]);
        byte[] manyUnknown = Packets.Concat(
            [Packets.Hex("10010FFC 0001 03FD"), .. Enumerable.Repeat(Packets.Hex("00770004"), 1021)]);

        string first = Assert.Single(server.Receive(longValue));
        string second = Assert.Single(server.Receive(manyUnknown));

        Assert.Equal("send ".Length + (2 * (8 + 12 + 64)), first.Length);
        Assert.Equal("send ".Length + (2 * (8 + (17 * 12))), second.Length);
    }

    [Fact]
    public void The_fourth_bad_request_is_aborted()
    {
        Conversation server = In(SstpCallState.ConnectRequestPending, server: true);
        byte[] bad = Packets.Hex("1001000E 0001 0001 00010006 0002");
        for (int i = 0; i < 3; i++)
        {
            Assert.Single(server.Receive(bad));
        }

        Assert.Equal([Sent(Packets.Abort(2, 6))], server.Receive(bad));
        Assert.Equal([ClosedBy(SstpCloseReason.NakRetryExceeded)], server.At(3_000));
    }

    [Fact]
    public void A_refusal_does_not_buy_time()
    {
        Conversation server = In(SstpCallState.ConnectRequestPending, server: true);
        server.At(59_000);
        server.Receive(Packets.Hex("1001000E 0001 0001 00010006 0002"));

        Assert.Equal([Sent(Packets.Abort(2, 8))], server.At(60_000));
    }

    [Fact]
    public void The_offer_is_what_the_options_say()
    {
        Conversation server = Server(ServerOptions with { Offered = SstpHashes.Sha256 });
        server.Start();

        Assert.Contains(Sent(Packets.Ack(2)), server.Receive(Packets.HttpRequest, Packets.Request));
        Assert.Contains("sent SSTP CALL_CONNECT_ACK hash=sha256", server.Traces);
    }

    [Fact]
    public void Options_that_would_weaken_the_binding_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Server(ServerOptions with { Offered = SstpHashes.None }));
        Assert.Throws<ArgumentException>(() => Server(ServerOptions with { Offered = (SstpHashes)7 }));
        Assert.Throws<ArgumentException>(() => Server(ServerOptions with { Certificates = [[]] }));
    }
}
