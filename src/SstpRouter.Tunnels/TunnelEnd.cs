using SstpRouter.Linux;
using SstpRouter.Ppp;
using SstpRouter.Sstp;
using SstpRouter.Tunnels.Data;

namespace SstpRouter.Tunnels;

/// <summary>Why a tunnel ended: a name for programs, RouterOS's words for the log, and the cause behind them.</summary>
/// <param name="Name">A short stable name: <c>peer-not-responding</c>.</param>
/// <param name="Text">What follows <c>terminating... - </c>; null where RouterOS says nothing there.</param>
/// <param name="Detail">The cause and what to do about it; null where the text says it all.</param>
public sealed record TunnelEnd(string Name, string? Text, string? Detail)
{
    /// <summary>The user wanted it: disabled, removed, changed, or the router stops.</summary>
    public static readonly TunnelEnd UserRequest = new("user-request", null, null);

    /// <summary>The profile's session-timeout is over.</summary>
    public static readonly TunnelEnd SessionTimeout = new("session-timeout", "session timeout", null);

    /// <summary>Nothing flowed for the profile's idle-timeout.</summary>
    public static readonly TunnelEnd IdleTimeout = new("idle-timeout", "idle timeout", null);

    /// <summary>The connection is gone and nobody said why.</summary>
    public static readonly TunnelEnd Hungup = new("hung-up", "hungup", null);

    /// <summary>The same user logs in anew, and nothing came from this call when it was asked for a sign of life.</summary>
    public static readonly TunnelEnd Replaced =
        new("replaced", "replaced", "the same user logs in anew, and this session gave no sign of life when asked") { IsAbrupt = true };

    /// <summary>True where the login itself was refused, on either side: trying again at once will not help.</summary>
    public bool IsRefusedLogin { get; init; }

    /// <summary>The cause in words, wherever it stands.</summary>
    internal string Cause => Detail ?? (this == Hungup ? "the connection was closed without a word" : Text ?? Name);

    /// <summary>True where the connection is dropped without another word.</summary>
    internal bool IsAbrupt { get; init; }

    /// <summary>The login failed.</summary>
    internal static TunnelEnd LoginRefused(string detail) =>
        new("authentication-failed", "failed to authenticate ourselves to peer", detail) { IsRefusedLogin = true };

    /// <summary>A caller's login failed.</summary>
    internal static TunnelEnd CallerRefused(string detail) =>
        new("authentication-failed", "failed to authenticate", detail) { IsRefusedLogin = true };

    /// <summary>The kernel would not make or address the interface.</summary>
    internal static TunnelEnd InterfaceRefused(string detail) => new("interface-failed", "could not add address: " + detail, null);

    /// <summary>The server's name has no address.</summary>
    internal static TunnelEnd NotResolved(string detail) => new("name-not-resolved", "could not resolve server name", detail);

    /// <summary>A deadline of ours passed.</summary>
    internal static TunnelEnd TimedOut(string what) => new("timed-out", "peer is not responding", what) { IsAbrupt = true };

    /// <summary>Our address that the connection came from is gone.</summary>
    internal static TunnelEnd AddressChanged(string detail) => new("address-changed", "address changed", detail) { IsAbrupt = true };

    /// <summary>The connection carries nothing any more although the peer can be reached.</summary>
    internal static TunnelEnd PathBroken(string detail) => new("path-broken", "peer is not responding", detail) { IsAbrupt = true };

    internal static TunnelEnd Of(TransportLoss loss) => loss switch
    {
        { Tls: { } tls } => new TunnelEnd(Words(tls.Reason.ToString()), tls.Text, tls.Detail),
        { Errno: not 0 } => new TunnelEnd("connection-lost", LinuxException.Describe(loss.Errno).ToLowerInvariant(), null),
        _ => Hungup,
    };

    internal static TunnelEnd Of(PppOutput.Closed closed) => closed.Reason switch
    {
        PppCloseReason.UserRequest => UserRequest,
        PppCloseReason.SessionTimeout => SessionTimeout,
        PppCloseReason.IdleTimeout => IdleTimeout,
        PppCloseReason.PeerTerminated => new TunnelEnd("peer-request", "disconnected", closed.Detail),
        PppCloseReason.AuthenticationFailed or PppCloseReason.AuthenticationRefused => LoginRefused(closed.Detail ?? Words(closed.Reason.ToString())),
        PppCloseReason.LowerLayerDown => Hungup,
        PppCloseReason.PeerNotResponding or PppCloseReason.AuthenticationTimeout =>
            new TunnelEnd(Words(closed.Reason.ToString()), "peer is not responding", closed.Detail),
        _ => new TunnelEnd(Words(closed.Reason.ToString()), closed.Detail ?? Words(closed.Reason.ToString()).Replace('-', ' '), null),
    };

    internal static TunnelEnd Of(SstpOutput.Closed closed) => closed.Reason switch
    {
        SstpCloseReason.Disconnected => UserRequest,
        SstpCloseReason.PeerDisconnected => new TunnelEnd("peer-request", "disconnected", null),
        SstpCloseReason.TransportClosed => Hungup,
        SstpCloseReason.PeerNotResponding or SstpCloseReason.HttpTimeout or SstpCloseReason.NegotiationTimeout =>
            new TunnelEnd(Words(closed.Reason.ToString()), "peer is not responding", closed.Detail),
        _ => new TunnelEnd(Words(closed.Reason.ToString()), closed.Detail, null),
    };

    /// <summary><c>PeerNotResponding</c> as <c>peer-not-responding</c>.</summary>
    private static string Words(string name) =>
        string.Concat(name.Select((c, i) => char.IsUpper(c) ? (i > 0 ? "-" : "") + char.ToLowerInvariant(c) : c.ToString()));
}
