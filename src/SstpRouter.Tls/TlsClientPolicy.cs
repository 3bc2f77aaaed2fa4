namespace SstpRouter.Tls;

/// <summary>What an SSTP client asks of TLS.</summary>
/// <remarks>
/// A client that verifies nothing and has no certificate offers certificate suites and, behind them, anonymous ones in
/// one ClientHello. A client with <see cref="VerifyServer"/>, a pin or an identity never offers an anonymous suite.
/// </remarks>
public sealed record TlsClientPolicy : TlsPolicy
{
    /// <summary><c>verify-server-certificate</c>: chain, validity and purpose against the trusted certificates.</summary>
    public bool VerifyServer { get; init; }

    /// <summary>
    /// <c>verify-server-address-from-certificate</c>: <see cref="ServerName"/> must stand in the certificate as well.
    /// Without <see cref="VerifyServer"/> it has no effect.
    /// </summary>
    public bool VerifyServerAddress { get; init; }

    /// <summary><c>connect-to</c>: a DNS name (in its ASCII form), or an IPv4 or IPv6 address.</summary>
    public string? ServerName { get; init; }

    /// <summary><c>add-sni</c>: name the server in the ClientHello; an address is never sent (RFC 6066 3).</summary>
    public bool SendSni { get; init; }

    /// <summary>
    /// What is known of this server's own certificate, or null. It holds with and without <see cref="VerifyServer"/>, and is
    /// looked at within the handshake.
    /// </summary>
    public ServerPin? Pin { get; init; }

    /// <summary>True when nothing is verified and no certificate is presented: then anonymous suites are offered.</summary>
    internal bool AllowsAnonymous => !VerifyServer && Identity is null && Pin is not { IsDemanded: true };
}
