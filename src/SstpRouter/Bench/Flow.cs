using System.Net;
using System.Net.Sockets;
using SstpRouter.Linux;

namespace SstpRouter.Bench;

/// <summary>One TCP stream from one namespace to another, as fast as it goes, until it is disposed.</summary>
internal sealed class Flow : IDisposable
{
    // Large enough that this process costs little beside the routers that it measures.
    private const int BufferLength = 256 * 1024;

    // tcp(7): TCP_CONGESTION
    private const int LevelTcp = 6;
    private const int Congestion = 13;

    private readonly Socket _sender;
    private readonly Socket _receiver;
    private readonly Thread[] _threads;
    private readonly IFlowEnds _ends;
    private long _received;

    /// <summary>Connects and begins.</summary>
    /// <param name="from">Where it is sent.</param>
    /// <param name="to">Where it arrives.</param>
    /// <param name="target">An address of <paramref name="to"/>.</param>
    /// <param name="ends">What is done to the octets; null for nothing.</param>
    /// <exception cref="SocketException">They cannot be connected.</exception>
    public Flow(NetworkNamespace from, NetworkNamespace to, IPAddress target, IFlowEnds? ends = null)
    {
        _ends = ends ?? new PlainEnds();
        using Socket listener = to.Run(static () => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
        listener.Bind(new IPEndPoint(target, 0));
        listener.Listen();
        _sender = from.Run(static () => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
        ChooseCubic(_sender);
        _sender.Connect(listener.LocalEndPoint!);
        _receiver = listener.Accept();
        foreach (Socket socket in (Socket[])[_sender, _receiver])
        {
            socket.NoDelay = true;

            // A reset when it closes: what is under way would otherwise keep the socket, and with it the namespace, for a while.
            socket.LingerState = new LingerOption(true, 0);
        }

        _threads = [Start(Send), Start(Receive)];
    }

    /// <summary>Octets that have arrived.</summary>
    public long Received => Interlocked.Read(ref _received);

    public void Dispose()
    {
        // Both wake from what they wait for.
        Shutdown(_sender);
        Shutdown(_receiver);
        Array.ForEach(_threads, static t => t.Join());
        _sender.Dispose();
        _receiver.Dispose();
        _ends.Dispose();
    }

    /// <summary>Cubic goes as fast as nothing is lost; BBR, the default of some hosts, takes a receiver that had to wait for a processor for a slow path.</summary>
    private static void ChooseCubic(Socket socket)
    {
        try
        {
            socket.SetRawSocketOption(LevelTcp, Congestion, "cubic"u8);
        }
        catch (SocketException)
        {
            // A kernel without it goes by its default.
        }
    }

    private static void Shutdown(Socket socket)
    {
        try
        {
            socket.Shutdown(SocketShutdown.Both);
        }
        catch (SocketException)
        {
            // The other end was first.
        }
    }

    private static Thread Start(Action action)
    {
        var thread = new Thread(() => action()) { Name = "flow", IsBackground = true };
        thread.Start();
        return thread;
    }

    private void Send()
    {
        byte[] plaintext = new byte[BufferLength];
        SocketError error = SocketError.Success;
        while (error == SocketError.Success)
        {
            ReadOnlySpan<byte> left = _ends.Outgoing(plaintext);
            while (!left.IsEmpty && error == SocketError.Success)
            {
                left = left[_sender.Send(left, SocketFlags.None, out error)..];
            }
        }
    }

    private void Receive()
    {
        byte[] buffer = new byte[BufferLength];
        while (_receiver.Receive(buffer, SocketFlags.None, out SocketError error) is > 0 and var count && error == SocketError.Success)
        {
            Interlocked.Add(ref _received, _ends.Incoming(buffer.AsMemory(0, count)));
        }
    }

    private sealed class PlainEnds : IFlowEnds
    {
        public ReadOnlySpan<byte> Outgoing(ReadOnlySpan<byte> plaintext) => plaintext;

        public int Incoming(ReadOnlyMemory<byte> received) => received.Length;

        public void Dispose()
        {
        }
    }
}
