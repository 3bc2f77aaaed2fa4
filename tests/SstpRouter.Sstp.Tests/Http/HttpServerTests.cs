using System.Globalization;
using System.Text;
using SstpRouter.Sstp.Tests.Support;
using static SstpRouter.Sstp.Tests.Support.Conversation;

namespace SstpRouter.Sstp.Tests.Http;

public class HttpServerTests
{
    private const string P = Packets.Path;

    [Fact]
    public void The_reply_has_the_date_it_is_given()
    {
        Conversation server = Server(ServerOptions with
        {
            Date = () => DateTimeOffset.Parse("2006-11-09T01:51:09+01:00", CultureInfo.InvariantCulture),
        });
        server.Start();

        Assert.Equal([Sent(Packets.HttpOk)], server.Receive(Packets.HttpRequest));
    }

    [Theory]
    [InlineData($"SSTP_DUPLEX_POST {P} HTTP/1.1\r\n\r\n")] // nothing but the request
    [InlineData($"SSTP_DUPLEX_POST {P} HTTP/1.1\nHost: a\nContent-Length: 1\n\n")] // LF only
    [InlineData($"SSTP_DUPLEX_POST {P}?tenantid=4711 HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData($"SSTP_DUPLEX_POST https://vpn.example.com{P} HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData($"SSTP_DUPLEX_POST https://vpn.example.com:443{P}?x=/y HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData("SSTP_DUPLEX_POST /SRA_{ba195980-cd49-458b-9e23-c84ee0adcd75}/ HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData("SSTP_DUPLEX_POST /sra_%7BBA195980-CD49-458b-9E23-C84EE0ADCD75%7d/ HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData($"SSTP_DUPLEX_POST {P} HTTP/1.1\r\nhost: a:443\r\nCONTENT-LENGTH: 0\r\nX-Folded: a\r\n b\r\n\r\n")]
    [InlineData($"\r\n\r\nSSTP_DUPLEX_POST {P} HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData($"SSTP_DUPLEX_POST {P} HTTP/1.1\r\nSSTPCORRELATIONID: not a guid\r\nCookie: x\r\n\r\n")]
    public void Every_form_that_clients_use_is_taken(string request)
    {
        Conversation server = Server();
        server.Start();

        server.Receive(Encoding.ASCII.GetBytes(request));

        Assert.Equal(SstpCallState.ConnectRequestPending, server.Call.State);
        Assert.Equal([Sent(Packets.Ack()), "ppp may start"], server.Receive(Packets.Request));
    }

    [Theory]
    [InlineData("SSTP_DUPLEX_POST / HTTP/1.1\r\n\r\n", "404 Not Found")]
    [InlineData("SSTP_DUPLEX_POST https://vpn.example.com HTTP/1.1\r\n\r\n", "404 Not Found")]
    [InlineData("SSTP_DUPLEX_POST /?/sra_{BA195980-CD49-458b-9E23-C84EE0ADCD75}/ HTTP/1.1\r\n\r\n", "404 Not Found")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\n\r\n", "404 Not Found")]
    [InlineData($"GET {P} HTTP/1.1\r\nHost: a\r\n\r\n", "405 Method Not Allowed")]
    [InlineData($"POST {P} HTTP/1.1\r\nHost: a\r\n\r\n", "405 Method Not Allowed")]
    [InlineData($"BREW {P} HTTP/1.1\r\nHost: a\r\n\r\n", "501 Not Implemented")]
    [InlineData($"sstp_duplex_post {P} HTTP/1.1\r\nHost: a\r\n\r\n", "501 Not Implemented")]
    [InlineData($"SSTP_DUPLEX_POST {P} HTTP/1.0\r\n\r\n", "505 HTTP Version Not Supported")]
    [InlineData($"SSTP_DUPLEX_POST {P} HTTP/2.0\r\n\r\n", "505 HTTP Version Not Supported")]
    public void What_is_not_sstp_is_answered_and_closed(string request, string status)
    {
        Conversation server = Server();
        server.Start();
        string allow = status.StartsWith("405", StringComparison.Ordinal) ? "Allow: SSTP_DUPLEX_POST\r\n" : "";

        Assert.Equal(
            [
                SentText($"HTTP/1.1 {status}\r\nContent-Length: 0\r\n{allow}Connection: close\r\n"
                    + "Server: Microsoft-HTTPAPI/2.0\r\n\r\n"),
                ClosedBy(SstpCloseReason.HttpRejected),
            ],
            server.Receive(Encoding.ASCII.GetBytes(request)));
        Assert.Contains(status, server.Closed!.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hello\r\n\r\n")]
    [InlineData($"SSTP_DUPLEX_POST {P}\r\n\r\n")]
    [InlineData("SSTP_DUPLEX_POST  HTTP/1.1\r\n\r\n")]
    [InlineData($" {P} HTTP/1.1\r\n\r\n")]
    [InlineData($"SSTP_DUPLEX_POST {P} SSTP/1.1\r\n\r\n")]
    [InlineData($"SSTP_DUPLEX_POST {P} HTTP/1.1\r\nno colon\r\n\r\n")]
    [InlineData($"SSTP_DUPLEX_POST {P} HTTP/1.1\r\n: no name\r\n\r\n")]
    [InlineData($"SSTP_DUPLEX_POST {P} HTTP/1.1\r\n continues: nothing\r\n\r\n")]
    [InlineData("\x01\x02\xff\n\n")]
    public void What_is_not_http_is_a_bad_request(string request)
    {
        Conversation server = Server();
        server.Start();

        string[] said = server.Receive(Encoding.Latin1.GetBytes(request));

        string start = SentText("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n");
        Assert.StartsWith(start, said[0], StringComparison.Ordinal);
        Assert.Equal(ClosedBy(SstpCloseReason.HttpMalformed), said[1]);
    }

    [Theory]
    [InlineData(8_192, true)]
    [InlineData(8_193, false)]
    public void A_head_has_at_most_8_kilobytes(int length, bool taken)
    {
        string start = $"SSTP_DUPLEX_POST {P} HTTP/1.1\r\nX: ";
        byte[] head = Encoding.ASCII.GetBytes(start + new string('x', length - start.Length - 4) + "\r\n\r\n");
        Assert.Equal(length, head.Length);

        AssertTaken(head, taken);
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void A_head_has_at_most_64_lines(int lines, bool taken) =>
        AssertTaken(
            Encoding.ASCII.GetBytes(
                $"SSTP_DUPLEX_POST {P} HTTP/1.1\r\n"
                + string.Concat(Enumerable.Repeat("X: y\r\n", lines - 1)) + "\r\n"),
            taken);

    [Fact]
    public void An_endless_head_is_cut_off()
    {
        Conversation server = Server();
        server.Start();
        int sent = 0;
        while (server.Closed is null)
        {
            server.Receive("\r\n"u8.ToArray());
            sent += 2;
        }

        Assert.Equal(8_194, sent);
        Assert.Equal(SstpCloseReason.HttpTooLarge, server.Closed.Reason);
    }

    [Fact]
    public void What_a_stranger_sends_cannot_forge_a_log_line()
    {
        Conversation server = Server();
        server.Start();

        server.Receive(Encoding.Latin1.GetBytes(
            $"SSTP_DUPLEX_POST {P} HTTP/1.1\r\nHost: a\x1b[2J\rb\"\r\n"
            + $"SSTPCORRELATIONID: {new string('x', 500)}\r\n\r\n"));

        string trace = server.Traces[0];
        Assert.Contains("host=\"a\\x1B[2J\\x0Db\\x22\"", trace, StringComparison.Ordinal);
        Assert.Contains($"correlation-id=\"{new string('x', 100)}...\"", trace, StringComparison.Ordinal);
    }

    private static void AssertTaken(byte[] head, bool taken)
    {
        Conversation server = Server();
        server.Start();

        string[] said = server.Receive(head);

        if (taken)
        {
            Assert.Equal(SstpCallState.ConnectRequestPending, server.Call.State);
            return;
        }

        Assert.StartsWith(SentText("HTTP/1.1 431 "), said[0], StringComparison.Ordinal);
        Assert.Equal(ClosedBy(SstpCloseReason.HttpTooLarge), said[1]);
    }
}
