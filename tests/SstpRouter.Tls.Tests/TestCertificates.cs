using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SstpRouter.Tls.Tests;

/// <summary>A certificate made for a test, and what signs below it.</summary>
internal sealed record TestCertificate(byte[] Der, byte[] KeyPkcs8, X509Certificate2 WithKey)
{
    public TlsIdentity Identity => new([Der], KeyPkcs8);

    public TlsIdentity IdentityWith(params TestCertificate[] intermediates) =>
        new([Der, .. intermediates.Select(one => one.Der)], KeyPkcs8);
}

/// <summary>What a test wants in a certificate.</summary>
internal sealed record CertificateWish(string CommonName)
{
    public const string ServerAuth = "1.3.6.1.5.5.7.3.1";
    public const string ClientAuth = "1.3.6.1.5.5.7.3.2";

    public TestCertificate? Issuer { get; init; }
    public bool IsAuthority { get; init; }
    public AsymmetricAlgorithm? Key { get; init; }
    public string? Purpose { get; init; }
    public string[] DnsNames { get; init; } = [];
    public string[] Addresses { get; init; } = [];
    public TimeSpan From { get; init; } = TimeSpan.FromDays(-1);
    public TimeSpan To { get; init; } = TimeSpan.FromDays(30);
}

internal static class TestCertificates
{
    // Key generation is the slow part of these tests, so certificates that need no key of their own share one.
    private static readonly RSA SharedRsa = RSA.Create(2048);
    private static readonly RSA AuthorityRsa = RSA.Create(2048);
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;

    public static TestCertificate SelfSigned { get; } = Make(new CertificateWish("server"));

    public static TestCertificate EllipticCurve { get; } =
        Make(new CertificateWish("server") { Key = ECDsa.Create(ECCurve.NamedCurves.nistP256) });

    public static TestCertificate Authority { get; } =
        Make(new CertificateWish("myCa") { IsAuthority = true, Key = AuthorityRsa });

    public static TestCertificate Server { get; } = Make(new CertificateWish("vpn.example.com")
    {
        Issuer = Authority,
        Purpose = CertificateWish.ServerAuth,
        DnsNames = ["vpn.example.com", "*.branch.example.com"],
        Addresses = ["192.0.2.1", "2001:db8::1"],
    });

    public static TestCertificate Client { get; } = Make(new CertificateWish("client")
    {
        Issuer = Authority,
        Purpose = CertificateWish.ClientAuth,
    });

    public static TestCertificate Make(CertificateWish wish)
    {
        var key = wish.Key ?? SharedRsa;
        var name = new X500DistinguishedName($"CN={wish.CommonName}");
        var request = key is ECDsa ec
            ? new CertificateRequest(name, ec, HashAlgorithmName.SHA256)
            : new CertificateRequest(name, (RSA)key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(wish.IsAuthority, false, 0, true));
        if (wish.Purpose is not null)
        {
            request.CertificateExtensions.Add(
                new X509EnhancedKeyUsageExtension([new Oid(wish.Purpose)], critical: false));
        }
        if (wish.DnsNames.Length + wish.Addresses.Length > 0)
        {
            var names = new SubjectAlternativeNameBuilder();
            Array.ForEach(wish.DnsNames, names.AddDnsName);
            Array.ForEach(wish.Addresses, address => names.AddIpAddress(IPAddress.Parse(address)));
            request.CertificateExtensions.Add(names.Build());
        }
        var from = Now + wish.From;
        var to = Now + wish.To;
        using var bare = wish.Issuer is null
            ? SelfSign(request, key, from, to)
            : request.Create(wish.Issuer.WithKey.SubjectName, SignerOf(wish.Issuer.WithKey), from, to,
                RandomNumberGenerator.GetBytes(8));
        var withKey = key is ECDsa ecKey ? bare.CopyWithPrivateKey(ecKey) : bare.CopyWithPrivateKey((RSA)key);
        return new TestCertificate(bare.RawData, key.ExportPkcs8PrivateKey(), withKey);
    }

    public static X509SignatureGenerator SignerOf(X509Certificate2 certificate) =>
        certificate.GetECDsaPrivateKey() is { } ec
            ? X509SignatureGenerator.CreateForECDsa(ec)
            : X509SignatureGenerator.CreateForRSA(certificate.GetRSAPrivateKey()!, RSASignaturePadding.Pkcs1);

    private static X509Certificate2 SelfSign(
        CertificateRequest request, AsymmetricAlgorithm key, DateTimeOffset from, DateTimeOffset to)
    {
        var signer = key is ECDsa ec
            ? X509SignatureGenerator.CreateForECDsa(ec)
            : X509SignatureGenerator.CreateForRSA((RSA)key, RSASignaturePadding.Pkcs1);
        return request.Create(request.SubjectName, signer, from, to, RandomNumberGenerator.GetBytes(8));
    }
}
