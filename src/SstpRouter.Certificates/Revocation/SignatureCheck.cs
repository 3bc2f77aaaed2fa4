using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SstpRouter.Certificates.Keys;
using SstpRouter.Certificates.Reading;

namespace SstpRouter.Certificates.Revocation;

/// <summary>Verifies signatures of certificates' keys.</summary>
internal static class SignatureCheck
{
    /// <summary>True where the data was signed with the key of the certificate.</summary>
    /// <param name="certificate">The certificate, DER.</param>
    /// <param name="algorithm">The object identifier of the signature's algorithm.</param>
    /// <param name="data">What was signed.</param>
    /// <param name="signature">The signature.</param>
    public static bool Holds(byte[] certificate, string algorithm, ReadOnlySpan<byte> data, byte[] signature)
    {
        using X509Certificate2 signer = X509CertificateLoader.LoadCertificate(certificate);
        if (algorithm == Oids.Ed25519)
        {
            return Ed25519.Verify(signer.PublicKey.EncodedKeyValue.RawData, data, signature);
        }

        if (DigestNames.HashOf(algorithm) is not { } hash)
        {
            return false;
        }

        using RSA? rsa = signer.GetRSAPublicKey();
        using ECDsa? ec = signer.GetECDsaPublicKey();
        return rsa?.VerifyData(data, signature, hash, RSASignaturePadding.Pkcs1)
            ?? ec?.VerifyData(data, signature, hash, DSASignatureFormat.Rfc3279DerSequence)
            ?? false;
    }
}
