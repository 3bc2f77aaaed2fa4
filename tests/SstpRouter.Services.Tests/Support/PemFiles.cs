using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SstpRouter.Services.Tests.Support;

/// <summary>Certificates of an authority and an office below it, as the files that a user imports.</summary>
internal sealed class PemFiles : IDisposable
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UtcNow.AddDays(-1);

    // Made once: RSA keys take their time.
    private static readonly X509Certificate2 SharedAuthority = Make("CN=Authority", RSA.Create(2048), null);
    private static readonly X509Certificate2 SharedOffice = Make("CN=office.example", RSA.Create(2048), SharedAuthority);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("router-pem-");

    public X509Certificate2 Authority => SharedAuthority;

    public X509Certificate2 Office => SharedOffice;

    public static X509Certificate2 Elliptic() => Make("CN=elliptic", ECDsa.Create(ECCurve.NamedCurves.nistP256), null);

    public string Certificate(string name, params X509Certificate2[] certificates) =>
        Write(name, string.Concat(certificates.Select(c => c.ExportCertificatePem() + "\n")));

    public string Key(string name, X509Certificate2 certificate) => Write(name, KeyPem(certificate));

    public string Pair(string name, X509Certificate2 certificate) => Write(name, certificate.ExportCertificatePem() + "\n" + KeyPem(certificate));

    public string LockedPair(string name, X509Certificate2 certificate, string passphrase) => Write(
        name,
        certificate.ExportCertificatePem() + "\n" + certificate.GetRSAPrivateKey()!.ExportEncryptedPkcs8PrivateKeyPem(
            passphrase, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000)));

    public string Write(string name, string content)
    {
        string path = Path.Combine(_directory.FullName, name);
        File.WriteAllText(path, content);
        return path;
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private static string KeyPem(X509Certificate2 certificate) =>
        ((AsymmetricAlgorithm?)certificate.GetRSAPrivateKey() ?? certificate.GetECDsaPrivateKey()!).ExportPkcs8PrivateKeyPem() + "\n";

    private static X509Certificate2 Make(string subject, AsymmetricAlgorithm key, X509Certificate2? issuer)
    {
        CertificateRequest request = key is RSA rsa
            ? new CertificateRequest(subject, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest(subject, (ECDsa)key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(issuer is null, false, 0, true));
        if (issuer is null)
        {
            return request.CreateSelfSigned(Start, Start.AddYears(10));
        }

        using X509Certificate2 signed = request.Create(issuer, Start, Start.AddYears(1), [0x0A, 0xBC]);
        return signed.CopyWithPrivateKey((RSA)key);
    }
}
