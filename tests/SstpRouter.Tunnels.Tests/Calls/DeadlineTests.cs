using System.Net;
using System.Net.Sockets;
using SstpRouter.Tls;
using SstpRouter.Tunnels.Server;
using SstpRouter.Tunnels.Tests.Support;

namespace SstpRouter.Tunnels.Tests.Calls;

/// <summary>A caller who does not log in holds a place for a limited time only, however far he came.</summary>
public sealed class DeadlineTests
{
    private static readonly ListenOptions Hasty = Site.Listening() with
    {
        HandshakeDeadline = TimeSpan.FromSeconds(1),
        LoginDeadline = TimeSpan.FromSeconds(2),
    };

    [RootFact]
    public void Tcp_and_silence()
    {
        using Site site = new();
        SstpListener listener = site.Listen(new Doorman(), Hasty);
        using Socket socket = Connect(site);

        AwaitClosed(socket);
        site.Log.Await("did not finish the TLS handshake within 1 s");
        AwaitEmpty(site, listener);
    }

    [RootFact]
    public void Tcp_and_one_byte_now_and_then()
    {
        using Site site = new();
        SstpListener listener = site.Listen(new Doorman(), Hasty);
        using Socket socket = Connect(site);
        byte[] hello = [0x16, 0x03, 0x01, 0x02, 0x00, .. new byte[512]];
        int sent = 0;
        Await.True(
            () => socket.Poll(50_000, SelectMode.SelectRead) || socket.Send(hello.AsSpan(sent++ % hello.Length, 1)) < 0,
            "the server closes",
            site.Log);

        site.Log.Await("did not finish the TLS handshake within 1 s");
        AwaitEmpty(site, listener);
    }

    [RootFact]
    public void Tls_and_silence()
    {
        using Site site = new();
        SstpListener listener = site.Listen(new Doorman(), Hasty);
        using ScriptedCaller caller = new(site);
        caller.Run(() => caller.IsClosed, "the server closes", site.Log);

        site.Log.Await("did not log in within 2 s");
        AwaitEmpty(site, listener);
    }

    [RootFact]
    public void Http_and_silence()
    {
        using Site site = new();
        SstpListener listener = site.Listen(new Doorman(), Hasty);
        using TlsContext context = TlsContext.ForClient(new TlsClientPolicy());
        using TlsStream stream = TlsStream.Connect(site.Open(SocketType.Stream, ProtocolType.Tcp), Site.Port, context);
        stream.Write(
            "SSTP_DUPLEX_POST /sra_{BA195980-CD49-458b-9E23-C84EE0ADCD75}/ HTTP/1.1\r\nHost: hq\r\nContent-Length: 18446744073709551615\r\n\r\n"u8);
        byte[] buffer = new byte[1000];
        int count = stream.Read(buffer, Await.Patience);
        Assert.StartsWith("HTTP/1.1 200", System.Text.Encoding.ASCII.GetString(buffer, 0, count));
        Await.True(
            () =>
            {
                _ = stream.Read(buffer, TimeSpan.FromMilliseconds(10));
                return stream.IsClosed;
            },
            "the server closes",
            site.Log);

        site.Log.Await("did not log in within 2 s");
        AwaitEmpty(site, listener);
    }

    [RootFact]
    public void A_browser_is_told_that_nothing_is_here()
    {
        using Site site = new();
        SstpListener listener = site.Listen(new Doorman());
        using TlsContext context = TlsContext.ForClient(new TlsClientPolicy());
        using TlsStream stream = TlsStream.Connect(site.Open(SocketType.Stream, ProtocolType.Tcp), Site.Port, context);
        stream.Write("GET / HTTP/1.1\r\nHost: hq\r\n\r\n"u8);
        byte[] buffer = new byte[1000];
        int count = stream.Read(buffer, Await.Patience);

        Assert.StartsWith("HTTP/1.1 4", System.Text.Encoding.ASCII.GetString(buffer, 0, count));
        AwaitEmpty(site, listener);
    }

    [RootFact]
    public void Something_that_is_not_tls_is_named_in_the_log()
    {
        using Site site = new();
        SstpListener listener = site.Listen(new Doorman());
        using Socket socket = Connect(site);
        socket.Send("GET / HTTP/1.1\r\nHost: hq\r\n\r\n"u8);

        AwaitClosed(socket);
        site.Log.Await("<sstp-0>: terminating... - peer does not speak TLS");
        AwaitEmpty(site, listener);
    }

    private static Socket Connect(Site site)
    {
        Socket socket = site.Open(SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(IPAddress.Loopback, Site.Port);
        return socket;
    }

    private static void AwaitClosed(Socket socket)
    {
        byte[] buffer = new byte[1000];
        Assert.True(socket.Poll(Await.Patience, SelectMode.SelectRead), "the server closes");
        try
        {
            while (socket.Receive(buffer) > 0)
            {
            }
        }
        catch (SocketException exception)
        {
            Assert.Equal(SocketError.ConnectionReset, exception.SocketErrorCode);
        }
    }

    private static void AwaitEmpty(Site site, SstpListener listener) =>
        Await.True(() => listener.Calls.Count == 0, "no call is left", site.Log);
}
