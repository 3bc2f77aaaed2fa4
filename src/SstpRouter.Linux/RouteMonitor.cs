using System.Diagnostics.CodeAnalysis;
using SstpRouter.Linux.Netlink;

namespace SstpRouter.Linux;

/// <summary>
/// Watches the links, addresses and routes of one network namespace, that of the thread that opened it: the
/// multicast groups of rtnetlink(7). One thread reads.
/// </summary>
public sealed class RouteMonitor : IDisposable
{
    // linux/rtnetlink.h: RTMGRP_LINK, _IPV4_IFADDR, _IPV4_ROUTE, _IPV6_IFADDR, _IPV6_ROUTE
    private const uint Groups = 0x1 | 0x10 | 0x40 | 0x100 | 0x400;

    private const int UsualQueue = 1024 * 1024;
    private const int ReceiveSize = 64 * 1024;

    private readonly NetlinkSocket _socket;
    private readonly Queue<RouteEvent> _events = new();
    private readonly byte[] _buffer = new byte[ReceiveSize];

    /// <summary>Starts to watch; what happens from now on is reported.</summary>
    /// <exception cref="LinuxException">No socket could be made.</exception>
    public RouteMonitor() : this(UsualQueue)
    {
    }

    internal RouteMonitor(int queue) => _socket = NetlinkSocket.Open(Groups, queue, nonBlocking: true);

    /// <summary>The descriptor to watch; readable while events wait. Read until there are none.</summary>
    public int Descriptor => _socket.Descriptor;

    /// <summary>Takes the next event.</summary>
    /// <param name="change">The event; null when there is none.</param>
    /// <returns>False when no event waits.</returns>
    /// <exception cref="LinuxException">The socket is broken.</exception>
    public bool TryRead([NotNullWhen(true)] out RouteEvent? change)
    {
        while (!_events.TryDequeue(out change))
        {
            int length = _socket.Receive(_buffer);
            switch (length)
            {
                case -Errno.Again:
                    return false;
                case -Errno.NoBufferSpace:
                    change = new RouteEvent.ResyncNeeded();
                    return true;
                case < 0:
                    throw new LinuxException("recvfrom", "cannot watch the kernel's network", -length);
                default:
                    Take(_buffer.AsSpan(0, length));
                    break;
            }
        }

        return true;
    }

    /// <summary>Closes the socket.</summary>
    public void Dispose() => _socket.Dispose();

    private void Take(ReadOnlySpan<byte> datagram)
    {
        NetlinkMessages messages = new(datagram);
        while (messages.Next(out NetlinkMessage message))
        {
            if (Read(message) is RouteEvent change)
            {
                _events.Enqueue(change);
            }
        }
    }

    private static RouteEvent? Read(NetlinkMessage message) => message.Type switch
    {
        MessageType.NewLink when LinkMessage.Read(message.Body) is Link link => new RouteEvent.LinkChanged(link),
        MessageType.DeleteLink when LinkMessage.Read(message.Body) is Link link => new RouteEvent.LinkRemoved(link),
        MessageType.NewAddress when AddressMessage.Read(message.Body) is InterfaceAddress address =>
            new RouteEvent.AddressChanged(address),
        MessageType.DeleteAddress when AddressMessage.Read(message.Body) is InterfaceAddress address =>
            new RouteEvent.AddressRemoved(address),
        MessageType.NewRoute when RouteMessage.Read(message.Body) is { IsCloned: false } route =>
            new RouteEvent.RouteChanged(route),
        MessageType.DeleteRoute when RouteMessage.Read(message.Body) is { IsCloned: false } route =>
            new RouteEvent.RouteRemoved(route),
        MessageType.Overrun => new RouteEvent.ResyncNeeded(),
        _ => null,
    };
}
