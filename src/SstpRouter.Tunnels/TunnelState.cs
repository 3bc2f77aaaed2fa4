using System.Net;

namespace SstpRouter.Tunnels;

/// <summary>How far a tunnel is.</summary>
public enum TunnelPhase
{
    /// <summary>Not wanted, or between two tries without a plan yet.</summary>
    Idle,

    /// <summary>Waiting before the next try.</summary>
    Waiting,

    /// <summary>Name resolution, TCP, TLS, HTTP and LCP.</summary>
    Connecting,

    /// <summary>The peer proves who it is, or we do.</summary>
    Authenticating,

    /// <summary>Authenticated; addresses are being agreed.</summary>
    Authenticated,

    /// <summary>Traffic flows.</summary>
    Connected,

    /// <summary>Saying good-bye.</summary>
    Terminating,
}

/// <summary>A tunnel at one moment, for <c>print</c> and <c>monitor</c>. Immutable.</summary>
public sealed record TunnelState
{
    /// <summary>How far it is.</summary>
    public TunnelPhase Phase { get; init; }

    /// <summary>Why the last try ended, in RouterOS's words; null where none ended yet or the tunnel is up.</summary>
    public string? LastReason { get; init; }

    /// <summary>The cause behind <see cref="LastReason"/> and what to do about it; null where there is nothing to add.</summary>
    public string? LastDetail { get; init; }

    /// <summary>When the link came up, in milliseconds of the monotonic clock; null while it is not up.</summary>
    public long? UpSince { get; init; }

    /// <summary>The bulk cipher as RouterOS names it: <c>AES256-GCM</c>; empty until TLS is agreed.</summary>
    public string Encoding { get; init; } = "";

    /// <summary>The cipher suite and protocol in full: <c>TLSv1.3 TLS_AES_256_GCM_SHA384</c>; empty until TLS is agreed.</summary>
    public string CipherSuite { get; init; } = "";

    /// <summary>The largest inner packet in bytes; 0 until agreed.</summary>
    public int Mtu { get; init; }

    /// <summary>Our address in the tunnel, or null.</summary>
    public IPAddress? LocalAddress { get; init; }

    /// <summary>The peer's address in the tunnel, or null.</summary>
    public IPAddress? RemoteAddress { get; init; }

    /// <summary>Our link-local IPv6 address in the tunnel, or null.</summary>
    public IPAddress? LocalIpv6Address { get; init; }

    /// <summary>The peer's link-local IPv6 address in the tunnel, or null.</summary>
    public IPAddress? RemoteIpv6Address { get; init; }

    /// <summary>Where the peer is in the outer network, or null while not connected.</summary>
    public IPEndPoint? PeerEndPoint { get; init; }

    /// <summary>The kernel's name of the interface; null while there is none.</summary>
    public string? KernelName { get; init; }

    /// <summary>True while traffic can flow: the <c>R</c> flag.</summary>
    public bool IsRunning => Phase == TunnelPhase.Connected;
}
