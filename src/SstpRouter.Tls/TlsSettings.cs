namespace SstpRouter.Tls;

/// <summary>The manual's <c>tls-version</c>.</summary>
public enum TlsVersions
{
    /// <summary><c>any</c>: TLS 1.0 to 1.3; the highest that both sides have is taken.</summary>
    Any,

    /// <summary><c>only-1.2</c>: exactly TLS 1.2.</summary>
    Only12,
}

/// <summary>The manual's <c>pfs</c>: which key exchange a certificate suite may use.</summary>
/// <remarks>
/// It does not touch anonymous suites: every one of them is an ephemeral Diffie-Hellman exchange.
/// </remarks>
public enum TlsPfs
{
    /// <summary><c>no</c>: RSA key exchange only, when the user said so; as a default it means our best.</summary>
    No,

    /// <summary><c>yes</c>: ECDHE, then DHE, then RSA key exchange.</summary>
    Yes,

    /// <summary><c>required</c>: ECDHE only.</summary>
    Required,
}

/// <summary>The manual's <c>ciphers</c>.</summary>
[Flags]
public enum TlsCiphers
{
    /// <summary>No cipher; never usable.</summary>
    None = 0,

    /// <summary><c>aes256-sha</c>: AES-256 in CBC mode with HMAC-SHA1, TLS 1.0 to 1.2.</summary>
    Aes256Sha = 1,

    /// <summary><c>aes256-gcm-sha384</c>: AES-256 in GCM mode, TLS 1.2.</summary>
    Aes256GcmSha384 = 2,

    /// <summary>Both.</summary>
    All = Aes256Sha | Aes256GcmSha384,
}
