namespace SstpRouter.Tls;

/// <summary>What an SSTP server asks of TLS.</summary>
/// <remarks>
/// Without an identity the server speaks anonymous Diffie-Hellman only, and TLS 1.2 at most, since TLS 1.3 knows no
/// anonymous suite (RFC 8446 4.1.1). With one it never speaks an anonymous suite.
/// </remarks>
public sealed record TlsServerPolicy : TlsPolicy
{
    /// <summary>
    /// <c>verify-client-certificate</c>: a client must present a certificate that the trusted ones vouch for. Needs an
    /// identity: an anonymous suite cannot ask for a certificate.
    /// </summary>
    public bool VerifyClient { get; init; }
}
