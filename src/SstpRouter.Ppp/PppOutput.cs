namespace SstpRouter.Ppp;

/// <summary>Something that a session wants done or known, in the order in which it happened.</summary>
public abstract record PppOutput
{
    private PppOutput()
    {
    }

    /// <summary>A frame for the peer.</summary>
    /// <param name="Bytes">The whole frame: FF 03, protocol, information.</param>
    public sealed record Frame(byte[] Bytes) : PppOutput;

    /// <summary>
    /// A client shows its credentials to this server: answer with <see cref="PppSession.Grant"/> or
    /// <see cref="PppSession.Deny"/>, now or later.
    /// </summary>
    /// <param name="Attempt">The credentials.</param>
    public sealed record AuthenticationRequested(PppAuthenticationAttempt Attempt) : PppOutput;

    /// <summary>
    /// Authentication is done; a server's Success frame came out before this. It comes again if the peer renegotiates
    /// LCP: only the first one is for the crypto binding.
    /// </summary>
    /// <param name="Result">The name, the method and the key.</param>
    public sealed record Authenticated(PppAuthentication Result) : PppOutput;

    /// <summary>Authentication failed; the session terminates by itself.</summary>
    /// <param name="Text">For the log, without control characters.</param>
    public sealed record AuthenticationFailed(string Text) : PppOutput;

    /// <summary>IPv4 may flow.</summary>
    /// <param name="Settings">The addresses.</param>
    public sealed record Ipv4Up(PppIpv4 Settings) : PppOutput;

    /// <summary>IPv4 may no longer flow.</summary>
    public sealed record Ipv4Down : PppOutput;

    /// <summary>IPv6 may flow.</summary>
    /// <param name="Settings">The interface identifiers.</param>
    public sealed record Ipv6Up(PppIpv6 Settings) : PppOutput;

    /// <summary>IPv6 may no longer flow.</summary>
    public sealed record Ipv6Down : PppOutput;

    /// <summary>The session is over. It comes once, and it is the last output.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="Detail">For the log, without control characters; null where the reason says it all.</param>
    public sealed record Closed(PppCloseReason Reason, string? Detail) : PppOutput;

    /// <summary>A control packet that went out or came in, as RouterOS logs it; no password is ever in it.</summary>
    /// <param name="Text">The packet on one line, and each of its options on an indented line.</param>
    public sealed record Trace(string Text) : PppOutput;
}
