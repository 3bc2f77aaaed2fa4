using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using SstpRouter.Lab.Tests.Harness;
using SstpRouter.Sstp;
using SstpRouter.Tls;

namespace SstpRouter.Lab.Tests.Hostile;

/// <summary>A caller who means harm: one connection, step by step as far as the attack needs, over real TCP and TLS.</summary>
internal sealed class Attacker : IDisposable
{
    private static readonly TlsContext Context = TlsContext.ForClient(new TlsClientPolicy());

    private readonly Socket _socket;
    private readonly byte[] _ciphertext = new byte[64 * 1024];
    private readonly byte[] _plaintext = new byte[64 * 1024];
    private TlsConnection? _tls;
    private int _filled;

    /// <summary>Connects, from an address of its own, which the log then names.</summary>
    public Attacker(Host host, IPAddress from, IPEndPoint server)
    {
        Address = from;
        _socket = host.Run(() => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
        _socket.Bind(new IPEndPoint(from, 0));
        _socket.NoDelay = true;
        _socket.Connect(server);
    }

    public IPAddress Address { get; }

    /// <summary>True once the server has closed, in whatever way.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>True where every byte of plaintext goes out in a record and a segment of its own.</summary>
    public bool Dribbles { get; set; }

    public byte[] Nonce { get; private set; } = [];

    public byte[] CertificateDer => _tls!.PeerCertificateDer ?? [];

    /// <summary>How far one gets before the next step: TLS.</summary>
    public Attacker Tls()
    {
        _tls = Context.Connect();
        TlsStatus status;
        while ((status = _tls.Handshake()) == TlsStatus.WantsInput)
        {
            Flush();
            Assert.True(Receive(Await.Limit) && !IsClosed, "the TLS handshake does not go on");
        }

        Assert.Equal(TlsStatus.Done, status);
        Flush();
        return this;
    }

    /// <summary>TLS and HTTP.</summary>
    public Attacker Http()
    {
        Tls().Send(Wire.Head);
        Assert.StartsWith("HTTP/1.1 200", Reply(), StringComparison.Ordinal);
        return this;
    }

    /// <summary>TLS, HTTP and the accepted connect request: PPP may begin.</summary>
    public Attacker Connect()
    {
        Http().Send(Wire.ConnectRequest);
        byte[] ack = Next() ?? throw new InvalidOperationException("the server closed instead of a CALL_CONNECT_ACK");
        Assert.Equal(2, Wire.TypeOf(ack));
        Nonce = ack[16..48];
        return this;
    }

    /// <summary>All of that, and an LCP that has agreed on PAP, or on the server's own choice.</summary>
    public Attacker OpenLcp(bool pap = true)
    {
        Connect().Send(Wire.Control(Wire.Lcp, Wire.ConfReq, 1));
        while (true)
        {
            byte[] packet = NextOf(Wire.Lcp);
            byte[] information = Wire.InformationOf(packet);
            if (information[0] != Wire.ConfReq)
            {
                continue;
            }

            byte[] options = information[4..];
            if (!pap || options.AsSpan().IndexOf(Wire.PapOption) >= 0)
            {
                Send(Wire.Control(Wire.Lcp, Wire.ConfAck, information[1], options));
                return this;
            }

            Send(Wire.Control(Wire.Lcp, Wire.ConfNak, information[1], Wire.PapOption));
        }
    }

    /// <summary>Everything that an honest caller does until the call is connected.</summary>
    public Attacker LogIn(string user, string password)
    {
        OpenLcp().Send(Wire.PapRequest(Wire.Ascii(user), Wire.Ascii(password)));
        Assert.Equal(2, Wire.InformationOf(NextOf(Wire.Pap))[0]);
        Send(CallConnected());

        // The server opens the network protocols only for a call that it takes for connected.
        NextOf(Wire.Ipcp);
        return this;
    }

    /// <summary>The CALL_CONNECTED that fits a login by PAP, whose key is all zeros.</summary>
    public byte[] CallConnected(SstpHashes hash = SstpHashes.Sha256) =>
        SstpCryptoBinding.CreateCallConnected(hash, Nonce, CertificateDer, new byte[SstpCryptoBinding.HlakLength]);

    /// <summary>Sends bytes, over TLS once that stands. A server that has closed is no failure: that is what most attacks end in.</summary>
    public void Send(params byte[][] parts)
    {
        foreach (byte[] part in parts)
        {
            int step = Dribbles ? 1 : part.Length;
            for (int at = 0; at < part.Length && !IsClosed; at += step)
            {
                if (_tls is null)
                {
                    SendRaw(part.AsSpan(at, step));
                }
                else
                {
                    _tls.Write(part.AsSpan(at, step));
                    Flush();
                }
            }
        }
    }

    /// <summary>Sends bytes over TCP, whether or not TLS stands.</summary>
    public void SendRaw(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _socket.Send(bytes);
        }
        catch (SocketException)
        {
            IsClosed = true;
        }
    }

    /// <summary>Sends the same again and again, and reads nothing, until the server takes no more.</summary>
    /// <returns>The bytes that it took.</returns>
    public long SendUntilStuck(byte[] part, TimeSpan patience)
    {
        _socket.Blocking = false;
        long sent = 0;
        while (true)
        {
            _tls!.Write(part);
            for (int count; (count = _tls.TakeCiphertext(_ciphertext)) > 0;)
            {
                for (int at = 0; at < count;)
                {
                    if (!_socket.Poll(patience, SelectMode.SelectWrite))
                    {
                        return sent;
                    }

                    at += _socket.Send(_ciphertext.AsSpan(at, count - at), SocketFlags.None, out SocketError error);
                    if (error is not (SocketError.Success or SocketError.WouldBlock))
                    {
                        IsClosed = true;
                        return sent;
                    }
                }
            }

            sent += part.Length;
        }
    }

    /// <summary>The HTTP reply, up to the empty line or the end.</summary>
    public string Reply()
    {
        var text = new System.Text.StringBuilder();
        byte[] one = new byte[1];
        while (!text.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && ReadPlain(one) == 1)
        {
            text.Append((char)one[0]);
        }

        return text.ToString();
    }

    /// <summary>The next SSTP packet; null once the server has closed.</summary>
    public byte[]? Next()
    {
        while (true)
        {
            if (_filled >= 4)
            {
                int length = BinaryPrimitives.ReadUInt16BigEndian(_plaintext.AsSpan(2)) & 0x0FFF;
                if (_filled >= length)
                {
                    byte[] packet = _plaintext[..length];
                    _plaintext.AsSpan(length, _filled - length).CopyTo(_plaintext);
                    _filled -= length;
                    return packet;
                }
            }

            int count = ReadPlain(_plaintext.AsSpan(_filled));
            if (count == 0)
            {
                return null;
            }

            _filled += count;
        }
    }

    /// <summary>The next packet of a PPP protocol; others are passed over.</summary>
    public byte[] NextOf(ushort protocol)
    {
        while (Next() is { } packet)
        {
            if (Wire.ProtocolOf(packet) == protocol)
            {
                return packet;
            }
        }

        throw new InvalidOperationException($"the server closed before it sent protocol {protocol:X4}");
    }

    /// <summary>All packets until the server closes.</summary>
    public List<byte[]> Rest()
    {
        var all = new List<byte[]>();
        while (Next() is { } packet)
        {
            all.Add(packet);
        }

        return all;
    }

    /// <summary>Waits until the server has closed; whatever it says before is dropped.</summary>
    public void AwaitClosed(TimeSpan limit)
    {
        long start = Stopwatch.GetTimestamp();
        while (!IsClosed)
        {
            TimeSpan left = limit - Stopwatch.GetElapsedTime(start);
            Assert.True(left > TimeSpan.Zero && Receive(left), $"the server did not close within {limit.TotalSeconds} s");
        }
    }

    /// <summary>Reads and drops what comes within a time.</summary>
    public void Rest(TimeSpan time)
    {
        long start = Stopwatch.GetTimestamp();
        while (!IsClosed && time - Stopwatch.GetElapsedTime(start) is var left && left > TimeSpan.Zero && Receive(left))
        {
        }
    }

    /// <summary>Ends the sending side only.</summary>
    public void HalfClose() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>Ends the connection with a RST.</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Dispose();
    }

    public void Dispose()
    {
        _tls?.Dispose();
        _socket.Dispose();
    }

    private int ReadPlain(Span<byte> plaintext)
    {
        while (!IsClosed)
        {
            switch (_tls!.Read(plaintext, out int count))
            {
                case TlsStatus.Data:
                    return count;
                case TlsStatus.Closed or TlsStatus.Failed:
                    IsClosed = true;
                    return 0;
            }

            Assert.True(Receive(Await.Limit), "the server says nothing and does not close");
        }

        return 0;
    }

    private bool Receive(TimeSpan limit)
    {
        if (!_socket.Poll(limit, SelectMode.SelectRead))
        {
            return false;
        }

        try
        {
            int count = _socket.Receive(_ciphertext);
            _tls?.PutCiphertext(_ciphertext.AsSpan(0, count));
            if (count == 0)
            {
                _tls?.EndCiphertext();
                IsClosed = _tls is null || _tls.Read(new byte[1], out _) != TlsStatus.Data;
            }
        }
        catch (SocketException)
        {
            IsClosed = true;
        }

        return true;
    }

    private void Flush()
    {
        for (int count; (count = _tls!.TakeCiphertext(_ciphertext)) > 0 && !IsClosed;)
        {
            SendRaw(_ciphertext.AsSpan(0, count));
        }
    }
}
