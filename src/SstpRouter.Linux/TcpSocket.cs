using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using SstpRouter.Linux.Interop;

namespace SstpRouter.Linux;

/// <summary>
/// A non-blocking TCP socket over IPv4 or IPv6, connected or listening: tcp(7). The network's failures are results,
/// not exceptions. One thread uses it at a time.
/// </summary>
public sealed class TcpSocket : IDisposable
{
    /// <summary>The result of a call that could do nothing now; wait until the socket is ready.</summary>
    public const int WouldBlock = -1;

    /// <summary>The result of a call that found the connection broken; <see cref="Error"/> says why.</summary>
    public const int Failed = -2;

    private readonly FileDescriptor _descriptor;
    private readonly IPEndPoint? _remote;

    private TcpSocket(FileDescriptor descriptor, IPEndPoint? remote)
    {
        _descriptor = descriptor;
        _remote = remote;
    }

    /// <summary>How long unacknowledged data keeps a connection whose retransmissions are hurried: as long as Linux does by itself.</summary>
    private const int UsualPatience = 15 * 60 * 1000;

    /// <summary>The descriptor to watch.</summary>
    public int Descriptor => _descriptor.Number;

    /// <summary>The errno that broke the connection, or 0.</summary>
    public int Error { get; private set; }

    /// <summary>Our end; the address is unspecified before a connection has left the machine.</summary>
    /// <exception cref="LinuxException">The socket has no name.</exception>
    public IPEndPoint LocalEndPoint
    {
        get
        {
            Span<byte> name = stackalloc byte[SocketName.Size];
            uint length = SocketName.Size;
            return Libc.LocalName(_descriptor, ref name[0], ref length) == 0
                ? SocketName.Read(name)
                : throw LinuxException.Last("getsockname", "cannot tell the local address of a socket");
        }
    }

    /// <summary>The other end, as given to <see cref="Connect"/> or found by <see cref="Accept"/>.</summary>
    /// <exception cref="InvalidOperationException">The socket listens.</exception>
    public IPEndPoint RemoteEndPoint =>
        _remote ?? throw new InvalidOperationException("a listening socket has no remote end");

    /// <summary>
    /// Starts a connection. Watch <see cref="Descriptor"/> until it is writable, then call
    /// <see cref="FinishConnect"/>, which also tells of an attempt that failed at once.
    /// </summary>
    /// <param name="remote">Where to; the port is 1 to 65535.</param>
    /// <param name="noDelay">Send small segments at once: TCP_NODELAY.</param>
    /// <param name="boundInterface">The index of the only interface to use (SO_BINDTOIFINDEX, Linux 5.0), or null.</param>
    /// <exception cref="LinuxException">No socket could be made or bound.</exception>
    public static TcpSocket Connect(IPEndPoint remote, bool noDelay = true, int? boundInterface = null)
    {
        string attempt = $"cannot connect to {remote}";
        TcpSocket socket = new(Open(remote.AddressFamily, attempt), remote);
        try
        {
            socket.Set(Libc.LevelTcp, Libc.TcpNoDelay, noDelay ? 1 : 0, attempt);
            if (boundInterface is int index)
            {
                socket.Set(Libc.LevelSocket, Libc.SocketBindToInterfaceIndex, index, attempt);
            }
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        Span<byte> name = stackalloc byte[SocketName.Size];
        uint length = SocketName.Write(name, remote);
        if (Libc.Connect(socket._descriptor, in name[0], length) < 0)
        {
            int error = Marshal.GetLastPInvokeError();

            // connect(2): an interrupted attempt goes on by itself.
            socket.Error = error is Errno.InProgress or Errno.Interrupted ? 0 : error;
        }

        return socket;
    }

    /// <summary>Starts to listen.</summary>
    /// <param name="local">
    /// Where; port 0 takes a free one. <see cref="IPAddress.IPv6Any"/> takes IPv4 too, and only IPv4 where the kernel
    /// has no IPv6.
    /// </param>
    /// <param name="backlog">How many connections may wait to be accepted, at least 1.</param>
    /// <exception cref="LinuxException">The address is in use or is not ours, or the port needs a privilege.</exception>
    public static TcpSocket Listen(IPEndPoint local, int backlog)
    {
        bool any = local.Address.Equals(IPAddress.IPv6Any);
        string attempt = $"cannot listen on {local}";
        try
        {
            return Listen(local, backlog, any, attempt);
        }
        catch (LinuxException e) when (any && e.ErrorNumber == Errno.FamilyNotSupported)
        {
            return Listen(new IPEndPoint(IPAddress.Any, local.Port), backlog, false, attempt);
        }
    }

    /// <summary>Takes one waiting connection from a listening socket.</summary>
    /// <param name="remote">Who connected; null without a connection.</param>
    /// <returns>The connection, or null when none waits (or the one that did has gone again).</returns>
    /// <exception cref="LinuxException">
    /// The process or the machine has no descriptor or memory left. The connection still waits, and the socket stays
    /// readable: stop watching it for a while.
    /// </exception>
    public TcpSocket? Accept(out IPEndPoint? remote)
    {
        Span<byte> name = stackalloc byte[SocketName.Size];
        uint length = SocketName.Size;
        int accepted = Libc.Accept(
            _descriptor, ref name[0], ref length, Libc.SocketNonBlocking | Libc.SocketCloseOnExec);
        if (accepted < 0 && IsPassing(Marshal.GetLastPInvokeError()))
        {
            remote = null;
            return null;
        }

        FileDescriptor descriptor = FileDescriptor.Take(
            accepted,
            "accept4",
            "cannot accept a connection",
            "the process or the machine is out of descriptors or memory");
        remote = SocketName.Read(name);
        TcpSocket socket = new(descriptor, remote);

        // Fails only when the peer has already gone, which the first receive tells.
        _ = Libc.SetOption(descriptor, Libc.LevelTcp, Libc.TcpNoDelay, 1);
        return socket;
    }

    /// <summary>
    /// Takes no more while so much waits in the socket that was not sent yet (TCP_NOTSENT_LOWAT, tcp(7)): what waits there can be neither
    /// overtaken nor dropped.
    /// </summary>
    /// <param name="octets">1 or more.</param>
    public void LimitUnsent(int octets) => _ = Libc.SetOption(_descriptor, Libc.LevelTcp, Libc.TcpNotSentLowWater, octets);

    /// <summary>How a connection attempt ended.</summary>
    /// <returns>0: connected; <see cref="Errno.InProgress"/>: not ended yet; anything else: the errno it failed with.</returns>
    public int FinishConnect()
    {
        if (Error == 0)
        {
            Error = PendingError();
        }

        if (Error != 0)
        {
            return Error;
        }

        Span<byte> name = stackalloc byte[SocketName.Size];
        uint length = SocketName.Size;
        return Libc.PeerName(_descriptor, ref name[0], ref length) == 0 ? 0 : Errno.InProgress;
    }

    /// <summary>Receives what has arrived.</summary>
    /// <param name="buffer">Receives the octets; at least one long.</param>
    /// <returns>
    /// The octets received; 0 when the peer closed; <see cref="WouldBlock"/> when nothing is there; or
    /// <see cref="Failed"/>.
    /// </returns>
    public int Receive(Span<byte> buffer)
    {
        ArgumentOutOfRangeException.ThrowIfZero(buffer.Length);
        nint count;
        do
        {
            count = Libc.Receive(_descriptor, ref buffer[0], (nuint)buffer.Length, 0);
        }
        while (count < 0 && Marshal.GetLastPInvokeError() == Errno.Interrupted);
        return count >= 0 ? (int)count : Fail(Marshal.GetLastPInvokeError());
    }

    /// <summary>Sends as much as the kernel takes now.</summary>
    /// <param name="buffer">The octets to send.</param>
    /// <returns>How many were taken; <see cref="WouldBlock"/> when none; or <see cref="Failed"/>.</returns>
    public int Send(ReadOnlySpan<byte> buffer)
    {
        nint count;
        do
        {
            count = Libc.Send(
                _descriptor, in MemoryMarshal.GetReference(buffer), (nuint)buffer.Length, Libc.MessageNoSignal);
        }
        while (count < 0 && Marshal.GetLastPInvokeError() == Errno.Interrupted);
        return count >= 0 ? (int)count : Fail(Marshal.GetLastPInvokeError());
    }

    /// <summary>How the connection fares now. Cheap: one system call.</summary>
    /// <exception cref="LinuxException">The kernel does not tell.</exception>
    public TcpInfo ReadInfo()
    {
        Span<byte> info = stackalloc byte[TcpInfo.Size];
        info.Clear();
        uint length = TcpInfo.Size;
        return Libc.GetOption(_descriptor, Libc.LevelTcp, Libc.TcpInformation, ref info[0], ref length) == 0
            ? TcpInfo.Read(info)
            : throw LinuxException.Last("getsockopt", "cannot tell how a connection fares");
    }

    /// <summary>
    /// Keeps the waits between retransmissions from growing, so that a connection goes on soon after an outage instead of
    /// after as long again. Only Linux 6.15 and later can do it.
    /// </summary>
    /// <param name="longestWait">In milliseconds, 1000 to 120000; 120000 is Linux's own.</param>
    /// <returns>False where the kernel cannot.</returns>
    public bool LimitRetransmissionWait(int longestWait)
    {
        if (Libc.SetOption(_descriptor, Libc.LevelTcp, Libc.TcpRetransmissionLimit, longestWait) < 0)
        {
            return false;
        }

        // The kernel counts retransmissions to know when to give up, and would do so after seconds.
        _ = Libc.SetOption(_descriptor, Libc.LevelTcp, Libc.TcpUserTimeout, UsualPatience);
        return true;
    }

    /// <summary>Makes <see cref="Dispose"/> throw away what waits to be sent, and tell the peer by a reset that it is over.</summary>
    public void Abandon() => _ = Libc.SetOption(_descriptor, Libc.LevelSocket, Libc.SocketLinger, in AtOnce[0], (uint)AtOnce.Length);

    /// <summary>Tells the peer that nothing more comes; receiving goes on. Without a connection it does nothing.</summary>
    // Its failures say only that the connection is gone, which the next receive tells as well.
    public void ShutdownWrite() => _ = Libc.Shutdown(_descriptor, Libc.ShutdownWrite);

    /// <summary>Closes the socket. Octets that were received and not read make this a reset for the peer.</summary>
    public void Dispose() => _descriptor.Dispose();

    // socket(7): struct linger, l_onoff = 1 and l_linger = 0
    private static ReadOnlySpan<byte> AtOnce => BitConverter.IsLittleEndian ? [1, 0, 0, 0, 0, 0, 0, 0] : [0, 0, 0, 1, 0, 0, 0, 0];

    // accept(2): errors of a connection that has failed since are to be treated like "try again".
    private static bool IsPassing(int error) => error is Errno.Again or Errno.Interrupted or Errno.ConnectionAborted
        or Errno.NetworkDown or Errno.NetworkUnreachable or Errno.HostUnreachable or Errno.NotSupported
        or 64 /* ENONET */ or 71 /* EPROTO */ or 92 /* ENOPROTOOPT */ or 112 /* EHOSTDOWN */;

    private static FileDescriptor Open(AddressFamily family, string attempt) => FileDescriptor.Take(
        Libc.Socket(
            SocketName.Family(family),
            Libc.SocketStream | Libc.SocketNonBlocking | Libc.SocketCloseOnExec,
            Libc.LevelTcp),
        "socket",
        attempt);

    private static TcpSocket Listen(IPEndPoint local, int backlog, bool dualStack, string attempt)
    {
        TcpSocket socket = new(Open(local.AddressFamily, attempt), null);
        try
        {
            socket.Set(Libc.LevelSocket, Libc.SocketReuseAddress, 1, attempt);
            if (local.AddressFamily == AddressFamily.InterNetworkV6)
            {
                socket.Set(Libc.LevelIPv6, Libc.IPv6Only, dualStack ? 0 : 1, attempt);
            }

            Span<byte> name = stackalloc byte[SocketName.Size];
            uint length = SocketName.Write(name, local);
            if (Libc.Bind(socket._descriptor, in name[0], length) < 0)
            {
                throw LinuxException.Last("bind", attempt, ListenHint());
            }

            return Libc.Listen(socket._descriptor, backlog) == 0
                ? socket
                : throw LinuxException.Last("listen", attempt, ListenHint());
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static string? ListenHint() => Marshal.GetLastPInvokeError() switch
    {
        Errno.AddressInUse => "another program listens there",
        Errno.AddressNotAvailable => "no interface has that address",
        Errno.AccessDenied => "a port below 1024 needs root or CAP_NET_BIND_SERVICE",
        _ => null,
    };

    private void Set(int level, int option, int value, string attempt)
    {
        if (Libc.SetOption(_descriptor, level, option, value) < 0)
        {
            throw LinuxException.Last("setsockopt", attempt);
        }
    }

    private int PendingError()
    {
        int error = 0;
        uint length = sizeof(int);
        return Libc.GetOption(_descriptor, Libc.LevelSocket, Libc.SocketError, ref error, ref length) == 0
            ? error
            : Marshal.GetLastPInvokeError();
    }

    private int Fail(int error)
    {
        if (error == Errno.Again)
        {
            return WouldBlock;
        }

        Error = error;
        return Failed;
    }
}
