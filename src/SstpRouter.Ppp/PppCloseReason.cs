namespace SstpRouter.Ppp;

/// <summary>Why a session ended.</summary>
public enum PppCloseReason
{
    /// <summary>Our side asked for it.</summary>
    UserRequest,

    /// <summary>The peer sent an LCP Terminate-Request.</summary>
    PeerTerminated,

    /// <summary>The name or the password was wrong, or the peer could not prove that it knows the password.</summary>
    AuthenticationFailed,

    /// <summary>The two sides allow no common authentication method.</summary>
    AuthenticationRefused,

    /// <summary>Authentication did not end in time.</summary>
    AuthenticationTimeout,

    /// <summary>The peer never answered LCP, or stopped answering.</summary>
    PeerNotResponding,

    /// <summary>Our own frames come back to us (RFC 1661 6.4).</summary>
    LoopbackDetected,

    /// <summary>The options did not converge.</summary>
    NegotiationFailed,

    /// <summary>The peer rejected a code or a protocol without which there is no PPP.</summary>
    ProtocolError,

    /// <summary>The peer sent too many control frames without authenticating.</summary>
    TooManyFrames,

    /// <summary>No network protocol is left on the link.</summary>
    NoNetworkProtocol,

    /// <summary>No data flowed for as long as the profile allows.</summary>
    IdleTimeout,

    /// <summary>The session lasted as long as the profile allows.</summary>
    SessionTimeout,

    /// <summary>The layer below went away.</summary>
    LowerLayerDown,
}
