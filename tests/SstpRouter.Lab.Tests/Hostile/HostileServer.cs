using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SstpRouter.Lab.Tests.Harness;
using SstpRouter.Tls;

namespace SstpRouter.Lab.Tests.Hostile;

/// <summary>A server that means harm: it takes call after call on a port of its own, and does to each what it is told.</summary>
internal sealed class HostileServer : IDisposable
{
    private static readonly TlsContext Context = TlsContext.ForServer(new TlsServerPolicy { Identity = NewIdentity() });

    private readonly Socket _listener;
    private readonly Thread _thread;
    private readonly Action<HostileCall> _attack;
    private volatile bool _ending;
    private volatile string? _failure;
    private int _calls;

    public HostileServer(Host host, int port, Action<HostileCall> attack)
    {
        _attack = attack;
        _listener = host.Run(() => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
        _listener.Bind(new IPEndPoint(IPAddress.Any, port));
        _listener.Listen();
        _thread = new Thread(Serve) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>Calls that came.</summary>
    public int Calls => Volatile.Read(ref _calls);

    /// <summary>What went wrong in the attack itself; null for nothing.</summary>
    public string? Failure => _failure;

    public void Dispose()
    {
        _ending = true;
        _listener.Dispose();
        _thread.Join();
    }

    private void Serve()
    {
        while (!_ending)
        {
            try
            {
                using var call = new HostileCall(_listener.Accept(), Context.Accept());
                Interlocked.Increment(ref _calls);
                _attack(call);
                call.Drain();
            }
            catch (Exception failure) when (failure is SocketException or IOException or ObjectDisposedException)
            {
                // The client hung up, or the test is over.
            }
            catch (Exception failure)
            {
                _failure = failure.ToString();
            }
        }
    }

    private static TlsIdentity NewIdentity()
    {
        using RSA key = RSA.Create(2048);
        var request = new CertificateRequest("CN=trap", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return new TlsIdentity([certificate.RawData], key.ExportPkcs8PrivateKey());
    }
}

/// <summary>One call to a <see cref="HostileServer"/>. A client that has gone ends it with an <see cref="IOException"/>.</summary>
internal sealed class HostileCall(Socket socket, TlsConnection tls) : IDisposable
{
    private readonly byte[] _ciphertext = new byte[64 * 1024];
    private readonly List<byte> _received = [];

    /// <summary>TLS.</summary>
    public HostileCall Tls()
    {
        TlsStatus status;
        while ((status = tls.Handshake()) == TlsStatus.WantsInput)
        {
            Flush();
            Receive();
        }

        Flush();
        return status == TlsStatus.Done ? this : throw new IOException("no TLS");
    }

    /// <summary>TLS, the client's request, and an honest answer.</summary>
    public HostileCall Http()
    {
        Tls().AwaitRequest();
        return Send(Wire.Ascii("HTTP/1.1 200\r\nContent-Length: 18446744073709551615\r\n\r\n"));
    }

    /// <summary>All that and the accepted connect request.</summary>
    public HostileCall Connect()
    {
        Http().Next();
        return Send(Wire.Message(2, [.. Wire.Hex("00040028 00000003"), .. new byte[32]]));
    }

    /// <summary>All that, and an LCP that asks for a method of authentication.</summary>
    public HostileCall OpenLcp(byte[] method)
    {
        Connect().Send(Wire.Control(Wire.Lcp, Wire.ConfReq, 1, method));
        bool ours = false;
        bool theirs = false;
        while (!ours || !theirs)
        {
            byte[] information = Wire.InformationOf(NextOf(Wire.Lcp));
            ours |= information[0] == Wire.ConfAck;
            if (information[0] == Wire.ConfReq)
            {
                theirs = true;
                Send(Wire.Control(Wire.Lcp, Wire.ConfAck, information[1], information[4..]));
            }
        }

        return this;
    }

    /// <summary>All that, and the password taken by PAP, whatever it is.</summary>
    public HostileCall LogIn()
    {
        OpenLcp(Wire.PapOption);
        byte identifier = Wire.InformationOf(NextOf(Wire.Pap))[1];
        return Send(Wire.Control(Wire.Pap, 2, identifier, [0]));
    }

    public HostileCall AwaitRequest()
    {
        while (!System.Text.Encoding.ASCII.GetString([.. _received]).EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            Read();
        }

        _received.Clear();
        return this;
    }

    public HostileCall Send(params byte[][] parts)
    {
        foreach (byte[] part in parts)
        {
            tls.Write(part);
            Flush();
        }

        return this;
    }

    public HostileCall SendRaw(byte[] bytes)
    {
        socket.Send(bytes);
        return this;
    }

    /// <summary>The next packet.</summary>
    public byte[] Next()
    {
        int length = 4;
        while (_received.Count < length || _received.Count < (length = ((_received[2] << 8) | _received[3]) & 0x0FFF))
        {
            Read();
        }

        byte[] packet = [.. _received.Take(length)];
        _received.RemoveRange(0, length);
        return packet;
    }

    public byte[] NextOf(ushort protocol)
    {
        byte[] packet;
        do
        {
            packet = Next();
        }
        while (Wire.ProtocolOf(packet) != protocol);
        return packet;
    }

    /// <summary>Reads and drops all until the client has gone.</summary>
    public void Drain()
    {
        while (socket.Receive(_ciphertext) > 0)
        {
        }
    }

    public void Dispose()
    {
        tls.Dispose();
        socket.Dispose();
    }

    private void Read()
    {
        byte[] plaintext = new byte[20_000];
        while (true)
        {
            switch (tls.Read(plaintext, out int count))
            {
                case TlsStatus.Data:
                    _received.AddRange(plaintext.AsSpan(0, count));
                    return;
                case TlsStatus.Closed or TlsStatus.Failed:
                    throw new IOException("the client has gone");
                default:
                    Receive();
                    break;
            }
        }
    }

    private void Receive()
    {
        int count = socket.Receive(_ciphertext);
        if (count == 0)
        {
            throw new IOException("the client has gone");
        }

        tls.PutCiphertext(_ciphertext.AsSpan(0, count));
    }

    private void Flush()
    {
        for (int count; (count = tls.TakeCiphertext(_ciphertext)) > 0;)
        {
            for (int at = 0; at < count;)
            {
                at += socket.Send(_ciphertext.AsSpan(at, count - at));
            }
        }
    }
}
