using System.Net;

namespace SstpRouter.Ppp;

/// <summary>A server's consent to one attempt, and what the client is given.</summary>
public sealed record PppGrant
{
    /// <summary>The proof, from <see cref="PppAuthenticationAttempt"/>.</summary>
    public required PppAuthenticationProof Proof { get; init; }

    /// <summary>
    /// Our IPv4 address; null for a session without IPv4, where IPCP is answered with a Protocol-Reject.
    /// </summary>
    public IPAddress? LocalAddress { get; init; }

    /// <summary>The client's IPv4 address; null for a session without IPv4.</summary>
    public IPAddress? RemoteAddress { get; init; }

    /// <summary>The IPv4 DNS servers for the client; the first two are used.</summary>
    public IReadOnlyList<IPAddress> DnsServers { get; init; } = [];

    /// <summary>The NetBIOS name servers for the client; the first two are used.</summary>
    public IReadOnlyList<IPAddress> NbnsServers { get; init; } = [];
}
