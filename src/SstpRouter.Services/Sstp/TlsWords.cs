using System.Security.Cryptography;
using SstpRouter.Ppp;
using SstpRouter.RouterOs.Schema;
using SstpRouter.Tls;

namespace SstpRouter.Services.Sstp;

/// <summary>The words of the menus as what TLS and PPP call them.</summary>
internal static class TlsWords
{
    /// <summary>Everything about a policy in one text, so that two can be compared by what they say.</summary>
    public static string Fingerprint(TlsPolicy policy)
    {
        IEnumerable<byte[]> own = policy.Identity?.CertificateChainDer ?? [];
        string bare = (policy with { Identity = null, TrustedCertificates = Array.Empty<byte[]>() }).ToString();
        return string.Join('|', [bare, .. own.Select(Hash), "trusted", .. policy.TrustedCertificates.Select(Hash)]);
    }

    public static PppAuthenticationMethods Methods(IPropertySource item)
    {
        PppAuthenticationMethods methods = PppAuthenticationMethods.None;
        foreach (string word in item.Words("authentication"))
        {
            methods |= word switch
            {
                "pap" => PppAuthenticationMethods.Pap,
                "chap" => PppAuthenticationMethods.Chap,
                "mschap1" => PppAuthenticationMethods.MsChap1,
                "mschap2" => PppAuthenticationMethods.MsChap2,
                _ => PppAuthenticationMethods.None,
            };
        }

        return methods;
    }

    public static TlsVersions Versions(IPropertySource item) => item.Text("tls-version") == "only-1.2" ? TlsVersions.Only12 : TlsVersions.Any;

    public static TlsPfs Pfs(IPropertySource item) => item.Text("pfs") switch
    {
        "yes" => TlsPfs.Yes,
        "required" => TlsPfs.Required,
        _ => TlsPfs.No,
    };

    public static TlsCiphers Ciphers(IPropertySource item)
    {
        TlsCiphers ciphers = TlsCiphers.None;
        foreach (string word in item.Words("ciphers"))
        {
            ciphers |= word switch
            {
                "aes256-sha" => TlsCiphers.Aes256Sha,
                "aes256-gcm-sha384" => TlsCiphers.Aes256GcmSha384,
                _ => TlsCiphers.None,
            };
        }

        return ciphers;
    }

    private static string Hash(byte[] der) => Convert.ToHexStringLower(SHA256.HashData(der));
}
