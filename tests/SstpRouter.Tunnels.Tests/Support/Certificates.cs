using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SstpRouter.Tls;

namespace SstpRouter.Tunnels.Tests.Support;

/// <summary>Certificates that sign themselves.</summary>
internal static class Certificates
{
    /// <summary>The head office's: 192.168.62.2 and 127.0.0.1.</summary>
    public static TlsIdentity Office { get; } = Make("hq", "192.168.62.2", "127.0.0.1");

    /// <summary>That of a man in the middle, who claims the same addresses.</summary>
    public static TlsIdentity Stranger { get; } = Make("hq", "192.168.62.2", "127.0.0.1");

    public static byte[] Der(this TlsIdentity identity) => identity.CertificateChainDer[0];

    private static TlsIdentity Make(string name, params string[] addresses)
    {
        using RSA key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        Array.ForEach(addresses, address => names.AddIpAddress(IPAddress.Parse(address)));
        request.CertificateExtensions.Add(names.Build());
        DateTimeOffset now = DateTimeOffset.UtcNow;
        using X509Certificate2 certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(30));
        return new TlsIdentity([certificate.RawData], key.ExportPkcs8PrivateKey());
    }
}
