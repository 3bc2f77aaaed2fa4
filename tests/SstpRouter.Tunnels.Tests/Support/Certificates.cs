using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SstpRouter.Tls;

namespace SstpRouter.Tunnels.Tests.Support;

/// <summary>Certificates that sign themselves, and those of an interceptor.</summary>
internal static class Certificates
{
    /// <summary>The head office's: 192.168.62.2 and 127.0.0.1.</summary>
    public static TlsIdentity Office { get; } = Make(null, "hq", "192.168.62.2", "127.0.0.1");

    /// <summary>That of a man in the middle, who claims the same addresses.</summary>
    public static TlsIdentity Stranger { get; } = Make(null, "hq", "192.168.62.2", "127.0.0.1");

    /// <summary>The authority of an interceptor, in DER.</summary>
    public static byte[] InterceptorAuthority { get; }

    /// <summary>What the interceptor shows: the server's name and address, vouched for by his authority.</summary>
    public static TlsIdentity Interceptor { get; }

    static Certificates()
    {
        using RSA authorityKey = RSA.Create(2048);
        var authority = new CertificateRequest("CN=interceptor", authorityKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, critical: true));
        DateTimeOffset now = DateTimeOffset.UtcNow;
        using X509Certificate2 issuer = authority.CreateSelfSigned(now.AddDays(-1), now.AddDays(30));
        InterceptorAuthority = issuer.RawData;
        Interceptor = Make(issuer, "hq", "192.168.62.2", "127.0.0.1");
    }

    public static byte[] Der(this TlsIdentity identity) => identity.CertificateChainDer[0];

    private static TlsIdentity Make(X509Certificate2? issuer, string name, params string[] addresses)
    {
        using RSA key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        Array.ForEach(addresses, address => names.AddIpAddress(IPAddress.Parse(address)));
        request.CertificateExtensions.Add(names.Build());
        DateTimeOffset now = DateTimeOffset.UtcNow;
        using X509Certificate2 certificate = issuer is null
            ? request.CreateSelfSigned(now.AddDays(-1), now.AddDays(30))
            : request.Create(issuer, now.AddHours(-1), now.AddDays(20), [1, 2, 3]);
        return new TlsIdentity([certificate.RawData], key.ExportPkcs8PrivateKey());
    }
}
