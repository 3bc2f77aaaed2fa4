using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SstpRouter.Tls;

namespace SstpRouter.Benchmarks;

/// <summary>A self-signed certificate of a day, for a server of ours and for one of OpenSSL.</summary>
/// <param name="Key">What kind of key it has.</param>
/// <param name="Identity">It, for ours.</param>
/// <param name="Pem">It and its key, for OpenSSL.</param>
internal sealed record BenchIdentity(string Key, TlsIdentity Identity, string Pem)
{
    /// <summary>Makes one with each kind of key that is compared.</summary>
    public static IReadOnlyList<BenchIdentity> OfEachKind()
    {
        using RSA rsa = RSA.Create(2048);
        using ECDsa ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return
        [
            Make("RSA-2048", new CertificateRequest("CN=bench", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1), rsa),
            Make("P-256", new CertificateRequest("CN=bench", ec, HashAlgorithmName.SHA256), ec),
        ];
    }

    private static BenchIdentity Make(string key, CertificateRequest request, AsymmetricAlgorithm keys)
    {
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return new BenchIdentity(
            key,
            new TlsIdentity([certificate.RawData], keys.ExportPkcs8PrivateKey()),
            certificate.ExportCertificatePem() + "\n" + keys.ExportPkcs8PrivateKeyPem() + "\n");
    }
}
