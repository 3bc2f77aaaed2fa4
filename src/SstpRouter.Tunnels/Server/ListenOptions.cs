using System.Net;
using SstpRouter.Ppp;
using SstpRouter.Tls;

namespace SstpRouter.Tunnels.Server;

/// <summary>Everything a listener needs to know; what <c>/interface sstp-server server</c> and its profile say, worked out.</summary>
public sealed record ListenOptions
{
    /// <summary>The usual <see cref="MaximumWaiting"/>.</summary>
    public const int UsualWaiting = 4_096;

    /// <summary>Where to listen.</summary>
    public required IPEndPoint EndPoint { get; init; }

    /// <summary>What TLS may and must do.</summary>
    public required TlsServerPolicy Tls { get; init; }

    /// <summary>The authentication methods that callers are offered, strongest first.</summary>
    public PppAuthenticationMethods Methods { get; init; } = PppAuthenticationMethods.All;

    /// <summary>The largest packet that we receive, in bytes.</summary>
    public int MaximumMru { get; init; } = 1500;

    /// <summary>The largest packet that we send, in bytes; the peer may ask for less.</summary>
    public int MaximumMtu { get; init; } = 1500;

    /// <summary>How long nothing may be received before the peer is asked whether it is there; null: never asked.</summary>
    public TimeSpan? KeepaliveTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>True where IPv6 is agreed as well.</summary>
    public bool EnableIpv6 { get; init; } = true;

    /// <summary>The most calls that may be under way without a login; further callers wait until one of these is in, or over.</summary>
    public int MaximumUnauthenticated { get; init; } = 512;

    /// <summary>The same, from one address; nor does an address ever get more than what is left for the others.</summary>
    public int MaximumUnauthenticatedPerAddress { get; init; } = 64;

    /// <summary>The most callers that may wait, each with no more than his socket; further ones are closed at once.</summary>
    public int MaximumWaiting { get; init; } = UsualWaiting;

    /// <summary>The same, from one address: a thousand tunnels of one router, or of one network behind NAT, call in the same instant after a power cut.</summary>
    public int MaximumWaitingPerAddress { get; init; } = 1_024;

    /// <summary>How long a caller may wait after his connection was accepted, at most.</summary>
    public TimeSpan WaitDeadline { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>From the end of the wait to the verified crypto binding, at most; [MS-SSTP] 3.3.2 allows 60 s for each step.</summary>
    public TimeSpan LoginDeadline { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>From the end of the wait to the end of the TLS handshake, at most.</summary>
    public TimeSpan HandshakeDeadline { get; init; } = TimeSpan.FromSeconds(20);
}
