using System.Net;
using System.Net.Sockets;
using SstpRouter.Linux;
using SstpRouter.Tls;
using SstpRouter.Tunnels.Data;
using SstpRouter.Tunnels.Tests.Support;
using SstpRouter.Tunnels.Workers;

namespace SstpRouter.Tunnels.Tests.Units;

public sealed class SecureTransportTests
{
    /// <summary>More than any socket holds by itself: the kernel's limit is 6 MiB.</summary>
    private const int Flood = 32 * 1024 * 1024;

    [Fact]
    public void A_peer_that_never_reads_does_not_keep_a_closed_connection()
    {
        Owner owner = Closed(read: false);

        Assert.True(owner.Transport!.IsClosed);
        Assert.False(owner.WasLost);
    }

    [Fact]
    public void A_peer_that_reads_gets_everything_before_the_connection_closes()
    {
        Owner owner = Closed(read: true);

        Assert.Equal(Flood, owner.Received);
        Assert.False(owner.WasLost);
    }

    /// <summary>Sends far too much to a peer, closes, and waits until the socket is closed.</summary>
    private static Owner Closed(bool read)
    {
        string? fault = null;
        using TunnelWorkers workers = new(1, text => fault = text);
        TunnelWorker worker = workers.Next();
        using TlsContext serving = TlsContext.ForServer(new TlsServerPolicy());
        using TlsContext calling = TlsContext.ForClient(new TlsClientPolicy());
        using TcpSocket listener = TcpSocket.Listen(new IPEndPoint(IPAddress.Loopback, 0), 1);
        using Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(listener.LocalEndPoint);
        Owner owner = new();
        worker.Invoke(() => owner.Transport =
            new SecureTransport(worker, listener.Accept(out _)!, serving.Accept(), owner));
        using TlsStream peer = new(socket, calling.Connect());
        byte[] buffer = new byte[64 * 1024];
        _ = peer.Read(buffer, TimeSpan.Zero);
        Await.True(() => owner.IsReady, "TLS is agreed");
        bool waits = false;
        worker.Invoke(() =>
        {
            owner.Transport!.Write(new byte[Flood]);
            owner.Transport.Close(TunnelWorker.Now);
            waits = owner.Transport.IsBackedUp && !owner.Transport.IsClosed;
        });
        Assert.True(waits);
        while (read && !peer.IsClosed)
        {
            owner.Received += peer.Read(buffer, Await.Patience);
        }

        Await.True(() => owner.Transport!.IsClosed, "the connection is closed");
        Assert.Null(fault);
        return owner;
    }

    private sealed class Owner : ITransportOwner
    {
        public SecureTransport? Transport { get; set; }

        public bool IsReady { get; private set; }

        public bool WasLost { get; private set; }

        public int Received { get; set; }

        public void StallChanged(long now)
        {
        }

        public void TlsReady(long now) => IsReady = true;

        public void Readable(long now)
        {
        }

        public void Writable(long now)
        {
        }

        public void Lost(TransportLoss loss, long now) => WasLost = true;
    }
}
