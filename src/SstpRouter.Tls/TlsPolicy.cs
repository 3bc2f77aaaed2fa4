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
    /// The certificates that this side trusts, each in DER. No other is, but those of <see cref="SystemRoots"/>. An entry
    /// needs no root above it: a trusted intermediate or leaf certificate ends a chain.
    /// </summary>
    public IReadOnlyList<byte[]> TrustedCertificates { get; init; } = [];

    /// <summary>
    /// More trusted certificates: a file of PEM certificates (<see cref="HostRoots"/>) or a directory as
    /// <c>openssl rehash</c> makes it; null for none. Read when a context is made that verifies.
    /// </summary>
    public string? SystemRoots { get; init; }

    /// <summary>
    /// Gives the revocation lists that verification looks into, each a DER CertificateList (RFC 5280 5.1); null for none. It
    /// is asked at each handshake, on its thread: lists that are replaced count for new connections, those that stand stay.
    /// The arrays must not change, and one that cannot be read is passed over.
    /// </summary>
    public Func<IReadOnlyList<byte[]>>? RevocationLists { get; init; }

    /// <summary>
    /// Every certificate of the peer's chain, but the trusted one at its end, needs a valid revocation list of its issuer and
    /// must not stand in it. Without it lists are not looked into at all.
    /// </summary>
    public bool CheckRevocation { get; init; }

    /// <summary>
    /// What a user types before the settings of this side, such as <c>/interface sstp-client set sstp-out1</c>: refusals
    /// name the command that would mend them.
    /// </summary>
    public string SetCommand { get; init; } = "set";

    /// <summary>
    /// A time that has certainly passed, such as when the program was built; null when none is known. A clock that stands
    /// before it is wrong, and a refusal for a validity says so.
    /// </summary>
    public DateTimeOffset? CertainlyPast { get; init; }

    /// <summary>Where Debian, Alpine and their like keep the roots that the system trusts.</summary>
    public static string HostRoots => "/etc/ssl/certs/ca-certificates.crt";

    /// <summary>The time that validities are compared with; null: the clock's. For tests.</summary>
    internal DateTimeOffset? Now { get; init; }

    /// <summary>True puts AES before ChaCha20, false after it; null: what this host is faster at. For tests.</summary>
    internal bool? AesFirst { get; init; }

    /// <summary>What the terms of resumable sessions are measured with.</summary>
    internal TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>
    /// False where the user wants each connection to have a Diffie-Hellman exchange of its own, which a resumed session of
    /// TLS 1.2 has not, and <c>pfs=required</c> knows no other.
    /// </summary>
    internal bool AllowsResumption => Pfs != TlsPfs.Required;

    /// <summary>The only suite of TLS 1.3 to speak, in OpenSSL's name; null: all of ours. For measurements.</summary>
    internal string? Tls13Suite { get; init; }

    /// <summary>True when either setting was made by the user, so that both are obeyed literally.</summary>
    internal bool IsLiteral => CiphersExplicit || PfsExplicit;
}
