using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SstpRouter.Tls;

namespace SstpRouter.Lab;

/// <summary>A certificate that signs itself, with its key, and lives as long as the lab.</summary>
internal sealed class LabCertificate
{
    private const int KeyBits = 2048;

    private readonly AsymmetricAlgorithm _key;
    private readonly X509Certificate2 _certificate;

    private LabCertificate(AsymmetricAlgorithm key, CertificateRequest request)
    {
        _key = key;
        _certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    /// <summary>Both for a server of TLS.</summary>
    public TlsIdentity Identity => new([_certificate.RawData], _key.ExportPkcs8PrivateKey());

    /// <summary>Both as one PEM file.</summary>
    public string Pem => _certificate.ExportCertificatePem() + "\n" + _key.ExportPkcs8PrivateKeyPem() + "\n";

    /// <summary>One with an RSA key of 2,048 bits.</summary>
    public static LabCertificate Rsa(string commonName)
    {
        var key = RSA.Create(KeyBits);
        return new LabCertificate(key, new CertificateRequest("CN=" + commonName, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    /// <summary>One with a key on the curve P-256.</summary>
    public static LabCertificate P256(string commonName)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new LabCertificate(key, new CertificateRequest("CN=" + commonName, key, HashAlgorithmName.SHA256));
    }
}
