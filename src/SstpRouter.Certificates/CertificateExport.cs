using SstpRouter.Certificates.Keys;

namespace SstpRouter.Certificates;

/// <summary>Writes certificates and keys for others to read: what <c>/certificate export-certificate</c> does.</summary>
public static class CertificateExport
{
    /// <summary>The shortest passphrase of a private key, in characters.</summary>
    public const int ShortestPassphrase = 8;

    /// <summary>The certificate, PEM.</summary>
    public static byte[] Pem(StoredCertificate certificate) => SigningRequests.Pem("CERTIFICATE", certificate.Der);

    /// <summary>A private key, PEM: PKCS#8, encrypted by AES-256 under PBKDF2 (RFC 8018 6.2), which OpenSSL 1.0 and later read.</summary>
    /// <param name="privateKey">The key, PKCS#8.</param>
    /// <param name="passphrase">What opens it again.</param>
    public static byte[] EncryptedKeyPem(byte[] privateKey, string passphrase) =>
        SigningRequests.Pem("ENCRYPTED PRIVATE KEY", EncryptedPkcs8.Seal(privateKey, passphrase));

    /// <summary>A certificate, its key and its issuers, PKCS#12: AES-256 and SHA-256, which OpenSSL 1.1, Windows 10 and Server 2019 and later read.</summary>
    /// <param name="chain">The certificate, with or without key, and its issuers.</param>
    /// <param name="passphrase">What opens it again.</param>
    public static byte[] Pkcs12(IReadOnlyList<StoredCertificate> chain, string passphrase) => Pkcs12Writer.Write(chain, passphrase);
}
