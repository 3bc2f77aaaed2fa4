namespace SstpRouter.Tls;

/// <summary>What both ends of a TLS connection are told by their user.</summary>
/// <remarks>
/// While neither <see cref="CiphersExplicit"/> nor <see cref="PfsExplicit"/> is set, the best is offered, which adds
/// ChaCha20-Poly1305 and, with <see cref="TlsVersions.Any"/>, TLS 1.3. Once one of them is set, both are obeyed
/// literally with TLS 1.2 suites, and TLS 1.3 is out.
/// </remarks>
public abstract record TlsPolicy
{
    private protected TlsPolicy()
    {
    }

    /// <summary><c>tls-version</c>.</summary>
    public TlsVersions Versions { get; init; } = TlsVersions.Any;

    /// <summary><c>pfs</c>.</summary>
    public TlsPfs Pfs { get; init; } = TlsPfs.No;

    /// <summary>True when the user set <c>pfs</c>, be it to its default.</summary>
    public bool PfsExplicit { get; init; }

    /// <summary><c>ciphers</c>; <see cref="TlsCiphers.None"/> is refused.</summary>
    public TlsCiphers Ciphers { get; init; } = TlsCiphers.All;

    /// <summary>True when the user set <c>ciphers</c>, be it to its default.</summary>
    public bool CiphersExplicit { get; init; }

    /// <summary>The certificate of this side, or null for <c>certificate=none</c>.</summary>
    public TlsIdentity? Identity { get; init; }

    /// <summary>
    /// The certificates that this side trusts, each in DER. No other is: the host's own trust store is never read. An
    /// entry needs no root above it: a trusted intermediate or leaf certificate ends a chain.
    /// </summary>
    public IReadOnlyList<byte[]> TrustedCertificates { get; init; } = [];

    /// <summary>True when either setting was made by the user, so that both are obeyed literally.</summary>
    internal bool IsLiteral => CiphersExplicit || PfsExplicit;
}
