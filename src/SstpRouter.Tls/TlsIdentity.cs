namespace SstpRouter.Tls;

/// <summary>A certificate with its private key.</summary>
/// <param name="CertificateChainDer">
/// Our own certificate first, then the intermediates to send with it in their order, each in DER. Exactly these are
/// sent: nothing is added from the trusted certificates.
/// </param>
/// <param name="PrivateKeyPkcs8Der">The unencrypted private key (RFC 5208 5, PrivateKeyInfo), in DER.</param>
public sealed record TlsIdentity(IReadOnlyList<byte[]> CertificateChainDer, byte[] PrivateKeyPkcs8Der);
