using SstpRouter.Sstp.Calls;

namespace SstpRouter.Sstp;

/// <summary>What a server call needs to know, once TLS is up.</summary>
public sealed record SstpServerOptions
{
    /// <summary>The leaf certificates (DER) that the client may have seen: the one this TLS connection used, and that
    /// of a proxy which ends TLS in front of this server ([MS-SSTP] 3.3.3). Empty when TLS was anonymous.</summary>
    public IReadOnlyList<byte[]> Certificates { get; init; } = [];

    /// <summary>The hash protocols offered to the client.</summary>
    public SstpHashes Offered { get; init; } = SstpHashes.Sha1 | SstpHashes.Sha256;

    /// <summary>Milliseconds of silence after which the peer is probed; 0 is never.</summary>
    public long KeepaliveTimeout { get; init; } = SstpTiming.Hello;

    /// <summary>Milliseconds to wait for the HTTP request.</summary>
    public long HttpTimeout { get; init; } = SstpTiming.HttpRequest;

    /// <summary>Milliseconds for each step: from the HTTP reply to CALL_CONNECT_REQUEST, and from there to a verified
    /// CALL_CONNECTED.</summary>
    public long NegotiationTimeout { get; init; } = SstpTiming.Negotiation;

    /// <summary>Gives the time for the Date header, asked once when the reply is written; null leaves the header out.
    /// </summary>
    public Func<DateTimeOffset>? Date { get; init; }
}
