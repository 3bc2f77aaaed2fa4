namespace SstpRouter.Tls;

/// <summary>Why a TLS connection failed.</summary>
public enum TlsFailureReason
{
    /// <summary>A certificate of the peer's chain starts to be valid later than now.</summary>
    CertificateNotYetValid,

    /// <summary>A certificate of the peer's chain stopped being valid.</summary>
    CertificateExpired,

    /// <summary>A certificate of the peer's chain is not made for this use.</summary>
    InvalidCertificatePurpose,

    /// <summary>The chain ends in a root that is not trusted here.</summary>
    SelfSignedCertificate,

    /// <summary>The issuer of a certificate is not known here.</summary>
    UnknownIssuer,

    /// <summary>The server's certificate names neither the address nor the name that was dialled.</summary>
    AddressMismatch,

    /// <summary>The server's certificate is another than the one that was pinned.</summary>
    PinMismatch,

    /// <summary>A certificate of the peer's chain was revoked by its issuer.</summary>
    CertificateRevoked,

    /// <summary>Revocation is to be checked, and there is no valid list of an issuer.</summary>
    RevocationUnknown,

    /// <summary>The peer's certificate was refused for any other cause.</summary>
    CertificateRefused,

    /// <summary>The client presented no certificate and one is required.</summary>
    NoPeerCertificate,

    /// <summary>The peer's RSA key is shorter than 472 bits.</summary>
    WeakKey,

    /// <summary>Both sides have no version, suite or signature algorithm in common.</summary>
    NothingInCommon,

    /// <summary>The peer sent a fatal alert.</summary>
    PeerAlert,

    /// <summary>What arrived is not TLS.</summary>
    NotTls,

    /// <summary>The transport ended without a close_notify, or within the handshake.</summary>
    Truncated,

    /// <summary>A record or a message broke the protocol, its integrity check included.</summary>
    ProtocolViolation,
}

/// <summary>A failure for the log and for the user.</summary>
/// <param name="Reason">The reason, for programs.</param>
/// <param name="Text">One line; RouterOS's own words where it has them.</param>
/// <param name="Detail">
/// Cause and next step: the certificate concerned (subject, issuer, names, validity, depth), OpenSSL's reason, the
/// alert. Text from the peer has its control characters replaced.
/// </param>
public sealed record TlsFailure(TlsFailureReason Reason, string Text, string Detail);
