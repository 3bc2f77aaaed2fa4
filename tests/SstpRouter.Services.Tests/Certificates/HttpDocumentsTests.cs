using System.Net;
using System.Net.Sockets;
using System.Text;
using SstpRouter.RouterOs.Logging;
using SstpRouter.Services.Http;

namespace SstpRouter.Services.Tests.Certificates;

/// <summary>What anybody may send to the port that is open to all.</summary>
public sealed class HttpDocumentsTests : IDisposable
{
    private readonly HttpDocuments _documents = new(log: null, port: 0);

    public HttpDocumentsTests() => _documents.Publish("/crl/1.crl", "application/pkix-crl", "list"u8.ToArray());

    public void Dispose() => _documents.Dispose();

    [Theory]
    [InlineData("GET /crl/1.crl HTTP/1.1\r\nHost: x\r\n\r\n", "200 OK", "list")]
    [InlineData("GET /crl/1.crl HTTP/1.0\n\n", "200 OK", "list")]
    [InlineData("GET http://192.0.2.1/crl/1.crl HTTP/1.1\r\n\r\n", "200 OK", "list")]
    [InlineData("HEAD /crl/1.crl HTTP/1.1\r\n\r\n", "200 OK", "")]
    [InlineData("GET /crl/2.crl HTTP/1.1\r\n\r\n", "404 Not Found", "")]
    [InlineData("GET /crl/../crl/1.crl HTTP/1.1\r\n\r\n", "404 Not Found", "")]
    [InlineData("GET /CRL/1.crl HTTP/1.1\r\n\r\n", "404 Not Found", "")]
    [InlineData("GET http://x HTTP/1.1\r\n\r\n", "404 Not Found", "")]
    [InlineData("POST /crl/1.crl HTTP/1.1\r\n\r\n", "405 Method Not Allowed", "")]
    [InlineData("GET /crl/1.crl\r\n\r\n", "400 Bad Request", "")]
    [InlineData("GET  /crl/1.crl HTTP/1.1\r\n\r\n", "400 Bad Request", "")]
    [InlineData("\u0016\u0003\u0001\u0002\r\n\r\n", "400 Bad Request", "")]
    public void A_request_is_answered_and_the_connection_closed(string request, string status, string body)
    {
        string answer = Ask(request);

        Assert.StartsWith($"HTTP/1.1 {status}\r\n", answer);
        Assert.EndsWith("\r\n\r\n" + body, answer);
    }

    [Fact]
    public void A_head_without_end_is_cut_off() =>
        Assert.StartsWith("HTTP/1.1 400", Ask(new string('x', HttpExchange.LongestHead)));

    [Fact]
    public void Many_who_say_nothing_leave_room_again_when_they_go()
    {
        var silent = Enumerable.Range(0, HttpDocuments.MostConnections).Select(_ => new TcpClient("127.0.0.1", _documents.Port)).ToList();
        using (var late = new TcpClient("127.0.0.1", _documents.Port))
        {
            Assert.Equal(0, late.GetStream().Read(new byte[1]));
        }

        silent.ForEach(s => s.Dispose());

        Assert.True(SpinWait.SpinUntil(() => Ask("GET /crl/1.crl HTTP/1.1\r\n\r\n").EndsWith("list", StringComparison.Ordinal), TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public void A_port_that_is_taken_is_told_once_and_is_no_failure()
    {
        var log = new RouterLog(TimeProvider.System);
        using var second = new HttpDocuments(log, _documents.Port);

        second.Publish("/a", "text/plain", [1]);
        second.Publish("/b", "text/plain", [1]);

        Assert.Equal(0, second.Port);
        Assert.StartsWith($"cannot serve HTTP on port {_documents.Port}: ", Assert.Single(log.Lines).Message);
    }

    private string Ask(string request)
    {
        try
        {
            using var client = new TcpClient();
            client.Connect(new IPEndPoint(IPAddress.Loopback, _documents.Port));
            NetworkStream stream = client.GetStream();
            stream.Write(Encoding.Latin1.GetBytes(request));
            using var reader = new StreamReader(stream, Encoding.Latin1);
            return reader.ReadToEnd();
        }
        catch (IOException)
        {
            return "";
        }
    }
}
