using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SstpRouter.Certificates.Keys;

/// <summary>Opens a PKCS#12 file (RFC 7292).</summary>
internal static class Pkcs12File
{
    // ERROR_INVALID_PASSWORD as an HRESULT: the framework's one sign of a wrong passphrase, on every system.
    private const int InvalidPassword = unchecked((int)0x80070056);

    /// <summary>The certificates, and the keys of those that have one; null where the passphrase does not open the file.</summary>
    /// <exception cref="CryptographicException">It is damaged, or uses what is not known or not allowed.</exception>
    public static (IReadOnlyList<byte[]> Certificates, IReadOnlyList<PrivateKey> Keys)? Open(byte[] file, string? passphrase)
    {
        X509Certificate2Collection? found = Load(file, passphrase);
        if (found is null)
        {
            return null;
        }

        var certificates = new List<byte[]>();
        var keys = new List<PrivateKey>();
        foreach (X509Certificate2 certificate in found)
        {
            using (certificate)
            {
                certificates.Add(certificate.RawData);
                using AsymmetricAlgorithm? key = certificate.GetRSAPrivateKey() as AsymmetricAlgorithm
                    ?? certificate.GetECDsaPrivateKey() as AsymmetricAlgorithm ?? certificate.GetDSAPrivateKey();
                if (key is not null)
                {
                    keys.Add(PrivateKey.Of(key));
                }
            }
        }

        return (certificates, keys);
    }

    private static X509Certificate2Collection? Load(byte[] file, string? passphrase)
    {
        try
        {
            return X509CertificateLoader.LoadPkcs12Collection(
                file, passphrase, X509KeyStorageFlags.Exportable | X509KeyStorageFlags.EphemeralKeySet);
        }
        catch (CryptographicException e) when (e.HResult == InvalidPassword)
        {
            return null;
        }
    }
}
