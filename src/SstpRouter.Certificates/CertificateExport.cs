using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
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
    /// <exception cref="SigningError">The key is of a kind that the format's readers do not know.</exception>
    public static byte[] Pkcs12(IReadOnlyList<StoredCertificate> chain, string passphrase) => CertificateSigning.Making(() =>
    {
        var all = new X509Certificate2Collection();
        try
        {
            all.Add(WithKey(chain[0]));
            foreach (StoredCertificate issuer in chain.Skip(1))
            {
                all.Add(X509CertificateLoader.LoadCertificate(issuer.Der));
            }

            return all.ExportPkcs12(Pkcs12ExportPbeParameters.Pbes2Aes256Sha256, passphrase);
        }
        finally
        {
            foreach (X509Certificate2 certificate in all)
            {
                certificate.Dispose();
            }
        }
    });

    private static X509Certificate2 WithKey(StoredCertificate certificate)
    {
        X509Certificate2 bare = X509CertificateLoader.LoadCertificate(certificate.Der);
        if (certificate.PrivateKeyPkcs8 is not { } pkcs8)
        {
            return bare;
        }

        using (bare)
        {
            if (PrivateKey.Ed25519SeedOf(pkcs8) is not null)
            {
                throw new SigningError("an ed25519 key goes into no PKCS#12 file that others read, use type=pem");
            }

            using ECDsa? ec = bare.GetECDsaPublicKey() is null ? null : ECDsa.Create();
            ec?.ImportPkcs8PrivateKey(pkcs8, out _);
            if (ec is not null)
            {
                return bare.CopyWithPrivateKey(ec);
            }

            using var rsa = RSA.Create();
            rsa.ImportPkcs8PrivateKey(pkcs8, out _);
            return bare.CopyWithPrivateKey(rsa);
        }
    }
}
