using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SstpRouter.Certificates.Tests;

/// <summary>Certificates made in process, valid around 2026.</summary>
internal static class TestCertificates
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public static X509Certificate2 Authority(string name, X509Certificate2? issuer = null, int years = 10, ECDsa? key = null)
    {
        key ??= ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return Sign(request, issuer, years, key);
    }

    public static X509Certificate2 Leaf(string subject, X509Certificate2 issuer, params X509Extension[] extensions)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        extensions.ToList().ForEach(request.CertificateExtensions.Add);
        return Sign(request, issuer, 1, key);
    }

    public static StoredCertificate Stored(this X509Certificate2 certificate) => new(certificate.RawData, null);

    private static X509Certificate2 Sign(CertificateRequest request, X509Certificate2? issuer, int years, ECDsa key)
    {
        var identifier = new X509SubjectKeyIdentifierExtension(request.PublicKey, false);
        request.CertificateExtensions.Add(identifier);
        if (issuer is null)
        {
            return request.CreateSelfSigned(Start, Start.AddYears(years));
        }

        request.CertificateExtensions.Add(
            X509AuthorityKeyIdentifierExtension.CreateFromCertificate(issuer, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        return request.Create(issuer, Start, Start.AddYears(years), [0x0A, 0xBC]).CopyWithPrivateKey(key);
    }
}
