using System.Net.Sockets;
using System.Security.Cryptography;
using SstpRouter.Ppp;
using SstpRouter.Sstp;
using SstpRouter.Tls;

namespace SstpRouter.Tunnels.Tests.Support;

/// <summary>A client over real TLS that does what a test says, the right thing or not.</summary>
internal sealed class ScriptedCaller : IDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);

    private readonly TlsContext _context = TlsContext.ForClient(new TlsClientPolicy());
    private readonly TlsStream _stream;
    private readonly SstpClientCall _call;
    private readonly PppSession _ppp;
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _filled;

    /// <summary>Connects to the listener on loopback and finishes TLS.</summary>
    public ScriptedCaller(Site site, string password = Doorman.Password)
    {
        _stream = TlsStream.Connect(site.Open(SocketType.Stream, ProtocolType.Tcp), Site.Port, _context);
        _call = new SstpClientCall(
            new SstpClientOptions { Host = "127.0.0.1", ServerCertificateDer = _stream.Tls.PeerCertificateDer ?? [] },
            RandomNumberGenerator.Fill);
        _ppp = new PppSession(
            new PppSessionOptions
            {
                Role = PppRole.Client,
                UserName = Doorman.User,
                Password = password,
                EnableIpv6 = false,
            },
            RandomNumberGenerator.Fill);
    }

    /// <summary>True where the caller leaves out CALL_CONNECTED, and with it the crypto binding.</summary>
    public bool KeepsBindingToHimself { get; init; }

    /// <summary>The server said that the login is right.</summary>
    public bool IsAuthenticated { get; private set; }

    /// <summary>IPCP is through on this side.</summary>
    public bool HasAddress { get; private set; }

    public bool IsClosed => _stream.IsClosed;

    /// <summary>Told each IPv4 packet that arrives.</summary>
    public Action<byte[]>? PacketReceived { get; set; }

    /// <summary>Sends the HTTP request.</summary>
    public void Start()
    {
        _call.Start(Now);
        CarryOut();
    }

    /// <summary>Goes on with the protocol until the mark is reached.</summary>
    public void Run(Func<bool> mark, string what, params TestLog[] logs) => Run(mark, () => what, logs);

    /// <summary>The same where what is said depends on how things stand in the end.</summary>
    public void Run(Func<bool> mark, Func<string> what, params TestLog[] logs) => Await.True(
        () =>
        {
            Advance();
            return mark();
        },
        what,
        logs);

    /// <summary>Sends an IP packet, whether or not that is allowed.</summary>
    public void SendPacket(ReadOnlySpan<byte> packet) => SendFrame([0xFF, 0x03, 0x00, 0x21, .. packet]);

    /// <summary>Sends bytes over TLS as they are.</summary>
    public void Send(ReadOnlySpan<byte> bytes) => _stream.Write(bytes);

    public void Dispose()
    {
        _stream.Dispose();
        _context.Dispose();
    }

    private static long Now => Environment.TickCount64;

    private void Advance()
    {
        _filled += _stream.Read(_buffer.AsSpan(_filled), Step);
        ReadOnlySpan<byte> input = _buffer.AsSpan(0, _filled);
        while (_call.TryRead(ref input, Now, out ReadOnlySpan<byte> frame))
        {
            CarryOut();
            if (frame is [0xFF, 0x03, 0x00, 0x21, .. var packet])
            {
                PacketReceived?.Invoke(packet.ToArray());
            }
            else
            {
                _ppp.Receive(frame, Now);
            }
        }

        input.CopyTo(_buffer);
        _filled = input.Length;
        _ppp.Tick(Now);
        CarryOut();
    }

    private void CarryOut()
    {
        bool more = true;
        while (more)
        {
            more = false;
            while (_call.TryTake(out SstpOutput? output))
            {
                more = true;
                Handle(output);
            }

            while (_ppp.TryTake(out PppOutput? output))
            {
                more = true;
                Handle(output);
            }
        }
    }

    private void Handle(SstpOutput output)
    {
        switch (output)
        {
            case SstpOutput.Send send:
                _stream.Write(send.Bytes);
                break;
            case SstpOutput.PppMayStart:
                _ppp.Start(Now);
                break;
        }
    }

    private void Handle(PppOutput output)
    {
        switch (output)
        {
            case PppOutput.Frame frame:
                SendFrame(frame.Bytes);
                break;
            case PppOutput.Authenticated authenticated:
                IsAuthenticated = true;
                if (!KeepsBindingToHimself)
                {
                    _call.Authenticated(authenticated.Result.Hlak, Now);
                }

                break;
            case PppOutput.Ipv4Up:
                HasAddress = true;
                break;
        }
    }

    private void SendFrame(ReadOnlySpan<byte> frame)
    {
        byte[] packet = new byte[SstpPacket.DataHeaderLength + frame.Length];
        SstpPacket.WriteDataHeader(packet, frame.Length);
        frame.CopyTo(packet.AsSpan(SstpPacket.DataHeaderLength));
        _stream.Write(packet);
    }
}
