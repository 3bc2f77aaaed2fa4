namespace SstpRouter.Linux;

/// <summary>What a descriptor is watched for, and what it became: epoll_ctl(2).</summary>
[Flags]
public enum EpollEvents
{
    /// <summary>Nothing, except that <see cref="Error"/> and <see cref="HangUp"/> are always reported.</summary>
    None = 0,

    /// <summary>EPOLLIN: there is something to read, or the peer closed.</summary>
    Readable = 0x1,

    /// <summary>EPOLLOUT: there is room to write, or a connection attempt has ended.</summary>
    Writable = 0x4,

    /// <summary>EPOLLERR: an error waits on the descriptor.</summary>
    Error = 0x8,

    /// <summary>EPOLLHUP: both directions are closed.</summary>
    HangUp = 0x10,

    /// <summary>EPOLLRDHUP: the peer closed its sending direction.</summary>
    PeerClosed = 0x2000,
}

/// <summary>One descriptor that became ready.</summary>
/// <param name="Events">What it became; may hold bits that <see cref="EpollEvents"/> does not name.</param>
/// <param name="Token">The value given when the descriptor was added.</param>
public readonly record struct EpollReady(EpollEvents Events, long Token);
