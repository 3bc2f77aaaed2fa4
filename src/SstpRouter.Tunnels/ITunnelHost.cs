using System.Net;
using SstpRouter.Ppp;
using SstpRouter.Tunnels.Server;

namespace SstpRouter.Tunnels;

/// <summary>How much a log line matters.</summary>
public enum TunnelLogLevel
{
    /// <summary>What happens to a tunnel.</summary>
    Info,

    /// <summary>Something a user should look at.</summary>
    Warning,

    /// <summary>A refusal or a failure.</summary>
    Error,

    /// <summary>Protocol steps.</summary>
    Debug,
}

/// <summary>Where tunnels write what happens. Called from worker threads.</summary>
public interface ITunnelLog
{
    /// <summary>Writes a line; control characters in it are already escaped.</summary>
    void Write(TunnelLogLevel level, string text);
}

/// <summary>Who decides about calls that come in. Called from worker threads; must answer quickly.</summary>
public interface ICallAdmission
{
    /// <summary>Checks a login and says what the caller gets.</summary>
    /// <param name="peer">Where the call comes from.</param>
    /// <param name="attempt">What the caller sent.</param>
    AdmissionDecision Admit(IPEndPoint peer, PppAuthenticationAttempt attempt);

    /// <summary>Checks a further login of a call that was admitted before and keeps what it was given.</summary>
    /// <param name="peer">Where the call comes from.</param>
    /// <param name="attempt">What the caller sent.</param>
    /// <returns>The proof, or null for a login that is refused.</returns>
    PppAuthenticationProof? AdmitAgain(IPEndPoint peer, PppAuthenticationAttempt attempt);

    /// <summary>An admitted call has proved that nobody sits in between: the user is in.</summary>
    void LoggedIn(ServerCall call);

    /// <summary>Traffic can flow.</summary>
    void Connected(ServerCall call);

    /// <summary>An admitted call is over; called once for each that was admitted, logged in or not.</summary>
    void Ended(ServerCall call);
}

/// <summary>The answer to a login.</summary>
public abstract record AdmissionDecision
{
    private AdmissionDecision()
    {
    }

    /// <summary>The login is refused.</summary>
    /// <param name="Reason">Why, for the log; never told to the caller.</param>
    public sealed record Denied(string Reason) : AdmissionDecision;

    /// <summary>The login is right, but calls of before stand in its way, whose peers may be gone without a word: those that give no sign of
    /// life are ended first.</summary>
    /// <param name="Interfaces">The interfaces of those calls.</param>
    /// <param name="Decide">Asked for the decision once each of them has answered or ended; never <see cref="Contested"/> again.</param>
    public sealed record Contested(IReadOnlyList<string> Interfaces, Func<AdmissionDecision> Decide) : AdmissionDecision;

    /// <summary>The login is accepted.</summary>
    /// <param name="Grant">The proof and the addresses.</param>
    /// <param name="Interface">The names of the interface that the call gets.</param>
    /// <param name="Limits">What holds for this call.</param>
    public sealed record Admitted(PppGrant Grant, InterfaceName Interface, TunnelLimits Limits) : AdmissionDecision;
}

/// <summary>The names of one interface.</summary>
/// <param name="Name">RouterOS's name: any text.</param>
/// <param name="KernelName">The kernel's name, at most 15 bytes.</param>
/// <param name="AlternativeName">One more name for the kernel, so that other tools find the interface by RouterOS's; null where it cannot have one.</param>
public sealed record InterfaceName(string Name, string KernelName, string? AlternativeName);

/// <summary>What a PPP profile says about a tunnel.</summary>
public sealed record TunnelLimits
{
    /// <summary>True where the segment size of TCP connections is kept below the tunnel's MTU.</summary>
    public bool ClampTcpMss { get; init; } = true;

    /// <summary>How long the tunnel may last; null: for ever.</summary>
    public TimeSpan? SessionTimeout { get; init; }

    /// <summary>How long it may stay without traffic; null: for ever.</summary>
    public TimeSpan? IdleTimeout { get; init; }
}
