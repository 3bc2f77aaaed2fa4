using System.Net;
using System.Net.Sockets;
using SstpRouter.Tls;

namespace SstpRouter.Tunnels.Tests.Support;

/// <summary>A man in the middle: he ends the caller's TLS, opens his own to the server, and passes all bytes on.</summary>
internal sealed class Relay : IDisposable
{
    public const int Port = 8443;

    private readonly Socket _listener;
    private readonly TlsContext _asServer;
    private readonly TlsContext _asClient = TlsContext.ForClient(new TlsClientPolicy());
    private readonly Func<Socket> _socket;
    private readonly Thread _thread;
    private volatile bool _ending;
    private long _passed;

    /// <summary>Starts on loopback, in front of the server there.</summary>
    /// <param name="site">Where.</param>
    /// <param name="identity">What the caller is shown; null: anonymous.</param>
    public Relay(Site site, TlsIdentity? identity)
    {
        _asServer = TlsContext.ForServer(new TlsServerPolicy { Identity = identity });
        _socket = () => site.Open(SocketType.Stream, ProtocolType.Tcp);
        _listener = _socket();
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, Port));
        _listener.Listen();
        _thread = new Thread(Run) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>Bytes of plaintext that he saw and passed on.</summary>
    public long Passed => Interlocked.Read(ref _passed);

    public void Dispose()
    {
        _ending = true;
        _thread.Join();
        _listener.Dispose();
        _asServer.Dispose();
        _asClient.Dispose();
    }

    private void Run()
    {
        while (!_ending)
        {
            if (_listener.Poll(10_000, SelectMode.SelectRead))
            {
                Carry(_listener.Accept());
            }
        }
    }

    private void Carry(Socket accepted)
    {
        using TlsStream caller = new(accepted, _asServer.Accept());
        using TlsStream server = TlsStream.Connect(_socket(), Site.Port, _asClient);
        byte[] buffer = new byte[20_000];
        while (!_ending && Pass(caller, server, buffer) && Pass(server, caller, buffer))
        {
        }
    }

    private bool Pass(TlsStream from, TlsStream to, byte[] buffer)
    {
        int count = from.Read(buffer, TimeSpan.FromMilliseconds(1));
        if (count > 0)
        {
            Interlocked.Add(ref _passed, count);
            to.Write(buffer.AsSpan(0, count));
        }

        return !from.IsClosed && !to.IsClosed;
    }
}
