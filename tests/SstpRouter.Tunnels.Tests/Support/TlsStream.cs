using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using SstpRouter.Tls;

namespace SstpRouter.Tunnels.Tests.Support;

/// <summary>One end of a TLS connection over a real socket, for one thread that drives it step by step.</summary>
internal sealed class TlsStream(Socket socket, TlsConnection tls) : IDisposable
{
    /// <summary>Reached only by a test that fails.</summary>
    private static readonly TimeSpan HandshakeLimit = TimeSpan.FromSeconds(60);

    private readonly byte[] _ciphertext = new byte[20_000];
    private bool _ready;

    /// <summary>The other end closed, in whatever way.</summary>
    public bool IsClosed { get; private set; }

    public TlsConnection Tls => tls;

    /// <summary>Connects to a port on loopback, and waits for the handshake.</summary>
    public static TlsStream Connect(Socket socket, int port, TlsContext context)
    {
        socket.Connect(IPAddress.Loopback, port);
        TlsStream stream = new(socket, context.Connect());
        stream.Handshake();
        return stream;
    }

    public void Write(ReadOnlySpan<byte> plaintext)
    {
        if (!IsClosed)
        {
            Handshake();
            tls.Write(plaintext);
            Flush();
        }
    }

    /// <summary>Reads what arrives within a time.</summary>
    /// <returns>The bytes; 0 where none came, or the other end closed.</returns>
    public int Read(Span<byte> plaintext, TimeSpan limit)
    {
        Handshake();
        long start = Stopwatch.GetTimestamp();
        while (!IsClosed)
        {
            switch (tls.Read(plaintext, out int count))
            {
                case TlsStatus.Data:
                    return count;
                case TlsStatus.Closed or TlsStatus.Failed:
                    IsClosed = true;
                    return 0;
                default:
                    TimeSpan left = limit - Stopwatch.GetElapsedTime(start);
                    if (left <= TimeSpan.Zero || !Receive(left))
                    {
                        return 0;
                    }

                    break;
            }
        }

        return 0;
    }

    public void Dispose()
    {
        tls.Dispose();
        socket.Dispose();
    }

    private void Handshake()
    {
        while (!_ready && !IsClosed)
        {
            TlsStatus status = tls.Handshake();
            Flush();
            _ready = status == TlsStatus.Done;
            IsClosed |= status == TlsStatus.Failed;
            if (!_ready && !IsClosed)
            {
                Assert.True(Receive(HandshakeLimit), "the handshake does not go on");
            }
        }
    }

    private bool Receive(TimeSpan limit)
    {
        if (!socket.Poll(limit, SelectMode.SelectRead))
        {
            return false;
        }

        try
        {
            int count = socket.Receive(_ciphertext);
            IsClosed = count == 0;
            tls.PutCiphertext(_ciphertext.AsSpan(0, count));
        }
        catch (SocketException)
        {
            IsClosed = true;
        }

        return true;
    }

    private void Flush()
    {
        try
        {
            for (int count; (count = tls.TakeCiphertext(_ciphertext)) > 0;)
            {
                socket.Send(_ciphertext.AsSpan(0, count));
            }
        }
        catch (SocketException)
        {
            IsClosed = true;
        }
    }
}
