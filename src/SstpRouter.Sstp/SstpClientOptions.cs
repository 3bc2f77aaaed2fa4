using SstpRouter.Sstp.Calls;

namespace SstpRouter.Sstp;

/// <summary>What a client call needs to know, once TLS is up.</summary>
public sealed record SstpClientOptions
{
    /// <summary>The value of the Host header: a name or address in printable ASCII, no blanks.</summary>
    public required string Host { get; init; }

    /// <summary>The correlation id sent for the server's log; an empty one is replaced by a random one.</summary>
    public Guid CorrelationId { get; init; }

    /// <summary>The leaf certificate (DER) that the server showed; empty when TLS was anonymous.</summary>
    public byte[] ServerCertificateDer { get; init; } = [];

    /// <summary>The hash protocols this end takes; the strongest that the server offers is used.</summary>
    public SstpHashes Supported { get; init; } = SstpHashes.Sha1 | SstpHashes.Sha256;

    /// <summary>Milliseconds of silence after which the peer is probed; 0 is never.</summary>
    public long KeepaliveTimeout { get; init; } = SstpTiming.Hello;

    /// <summary>Milliseconds to wait for the HTTP reply.</summary>
    public long HttpTimeout { get; init; } = SstpTiming.HttpReply;

    /// <summary>Milliseconds for each step: from CALL_CONNECT_REQUEST to its answer, and from there to the end of
    /// authentication.</summary>
    public long NegotiationTimeout { get; init; } = SstpTiming.Negotiation;
}
