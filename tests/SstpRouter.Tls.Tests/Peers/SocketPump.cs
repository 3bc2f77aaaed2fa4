using System.Net.Sockets;

namespace SstpRouter.Tls.Tests.Peers;

/// <summary>Carries one of our ends over a real socket.</summary>
internal sealed class SocketPump(TlsConnection connection, Socket socket)
{
    private readonly byte[] _buffer = new byte[32768];

    public TlsStatus Handshake()
    {
        while (true)
        {
            var status = connection.Handshake();
            Flush();
            if (status != TlsStatus.WantsInput)
            {
                return status;
            }
            Receive();
        }
    }

    /// <summary>The handshake, and with TLS 1.3 the server's judgement of a client's certificate, which comes after it.</summary>
    public TlsStatus HandshakeToTheEnd()
    {
        try
        {
            return Handshake();
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.ConnectionReset or SocketError.Shutdown)
        {
            connection.EndCiphertext();
            return connection.Handshake();
        }
    }

    public void Send(ReadOnlySpan<byte> plaintext)
    {
        Assert.True(connection.Write(plaintext));
        Flush();
    }

    /// <summary>The next plaintext, or the status that ended the stream.</summary>
    public (TlsStatus Status, string Text) Read()
    {
        while (true)
        {
            var plaintext = new byte[32768];
            var status = connection.Read(plaintext, out var count);
            Flush();
            if (status != TlsStatus.WantsInput)
            {
                return (status, System.Text.Encoding.ASCII.GetString(plaintext, 0, count));
            }
            Receive();
        }
    }

    private void Receive()
    {
        var count = socket.Receive(_buffer);
        connection.PutCiphertext(_buffer.AsSpan(0, count));
        if (count == 0)
        {
            connection.EndCiphertext();
        }
    }

    /// <summary>Sends what waits.</summary>
    public void Flush()
    {
        for (int count; (count = connection.TakeCiphertext(_buffer)) > 0;)
        {
            socket.Send(_buffer.AsSpan(0, count));
        }
    }
}
