using System.Text;
using SstpRouter.Sstp.Tests.Support;
using static SstpRouter.Sstp.Tests.Support.Conversation;

namespace SstpRouter.Sstp.Tests.Http;

public class HttpClientTests
{
    [Theory]
    [InlineData("HTTP/1.1 200\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nDate: x\r\nContent-Length: 18446744073709551615\r\nConnection: keep-alive\r\n\r\n")]
    [InlineData("HTTP/1.1 200\r\nContent-Length: 18446744073709551615\r\nServer: MikroTik-SSTP\r\n\r\n")]
    [InlineData("HTTP/1.0 200 OK\n\n")]
    [InlineData("HTTP/1.1 200\r\nthis is no header\r\n\r\n")]
    public void Every_reply_with_200_begins_the_call(string reply)
    {
        Conversation client = Client();
        client.Start();

        Assert.Equal([Sent(Packets.Request)], client.Receive(Encoding.ASCII.GetBytes(reply)));
    }

    [Fact]
    public void What_follows_the_reply_is_read_as_sstp()
    {
        Conversation client = Client();
        client.Start();

        Assert.Equal(
            [Sent(Packets.Request), "ppp may start"], client.Receive(Packets.HttpOk, Packets.Ack()));
    }

    [Theory]
    [InlineData("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", "\"HTTP/1.1 404 Not Found\"")]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: /\r\n\r\n", "\"HTTP/1.1 302 Found\"")]
    [InlineData("HTTP/1.1 400\r\n\r\n", "\"HTTP/1.1 400\"")]
    [InlineData("HTTP/1.1 403 \x1b]0;owned\x07\r\n\r\n", "\"HTTP/1.1 403 \\x1B]0;owned\\x07\"")]
    public void Any_other_status_ends_the_call_with_the_status_line(string reply, string line)
    {
        Conversation client = Client();
        client.Start();

        Assert.Equal(
            [ClosedBy(SstpCloseReason.HttpRejected)], client.Receive(Encoding.ASCII.GetBytes(reply)));
        Assert.Contains(line, client.Closed!.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SSH-2.0-dropbear\r\n\r\n")]
    [InlineData("HTTP/2 200\r\n\r\n")]
    [InlineData("HTTP/1.1 20\r\n\r\n")]
    [InlineData("HTTP/1.1 2000\r\n\r\n")]
    [InlineData("HTTP/1.1 +20\r\n\r\n")]
    [InlineData("HTTP/1.1 099\r\n\r\n")]
    [InlineData("HTTP/1.1-200\r\n\r\n")]
    public void What_is_no_status_line_ends_the_call(string reply)
    {
        Conversation client = Client();
        client.Start();

        Assert.Equal(
            [ClosedBy(SstpCloseReason.HttpMalformed)], client.Receive(Encoding.ASCII.GetBytes(reply)));
    }

    [Fact]
    public void A_long_status_line_is_capped_in_the_detail()
    {
        Conversation client = Client();
        client.Start();

        client.Receive(Encoding.ASCII.GetBytes($"HTTP/1.1 500 {new string('x', 5_000)}\r\n\r\n"));

        Assert.InRange(client.Closed!.Detail.Length, 100, 250);
    }

    [Fact]
    public void A_reply_without_end_is_cut_off()
    {
        Conversation client = Client();
        client.Start();

        Assert.Equal([ClosedBy(SstpCloseReason.HttpTooLarge)], client.Receive(new byte[8_193]));
    }
}
