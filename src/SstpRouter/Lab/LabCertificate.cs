using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SstpRouter.Lab;

/// <summary>A certificate that lives as long as the lab.</summary>
internal static class LabCertificate
{
    private const int KeyBits = 2048;

    /// <summary>A certificate that signs itself, and its key, as one PEM file.</summary>
    public static string SelfSignedPem(string commonName)
    {
        using var key = RSA.Create(KeyBits);
        var request = new CertificateRequest("CN=" + commonName, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n";
    }
}
