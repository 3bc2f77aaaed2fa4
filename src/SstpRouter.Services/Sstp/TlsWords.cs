using System.Security.Cryptography;
using SstpRouter.Ppp;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;
using SstpRouter.Services.Certificates;
using SstpRouter.Tls;

namespace SstpRouter.Services.Sstp;

/// <summary>The words of the menus as what TLS and PPP call them.</summary>
internal static class TlsWords
{
    /// <summary>The policy of an <c>/interface/sstp-client</c> item.</summary>
    /// <exception cref="RouterOs.Language.ScriptError">Its certificate has no key.</exception>
    public static TlsClientPolicy ClientPolicy(Item item, StoreSnapshot snapshot, CertificateService certificates)
    {
        bool verifies = item.IsYes("verify-server-certificate");
        return new TlsClientPolicy
        {
            Versions = Versions(item),
            Pfs = Pfs(item),
            PfsExplicit = item.IsSet("pfs"),
            Ciphers = Ciphers(item),
            CiphersExplicit = item.IsSet("ciphers"),
            VerifyServer = verifies,
            VerifyServerAddress = item.IsYes("verify-server-address-from-certificate"),
            ServerName = item.Text("connect-to"),
            SendSni = item.IsYes("add-sni"),
            Identity = certificates.Identity(snapshot, item.Text("certificate")),
            TrustedCertificates = verifies ? certificates.Trusted(snapshot) : [],
        };
    }

    /// <summary>The policy of <c>/interface/sstp-server/server</c>.</summary>
    /// <exception cref="RouterOs.Language.ScriptError">Its certificate has no key.</exception>
    public static TlsServerPolicy ServerPolicy(Item settings, StoreSnapshot snapshot, CertificateService certificates)
    {
        bool verifies = settings.IsYes("verify-client-certificate");
        return new TlsServerPolicy
        {
            Versions = Versions(settings),
            Pfs = Pfs(settings),
            PfsExplicit = settings.IsSet("pfs"),
            Ciphers = Ciphers(settings),
            CiphersExplicit = settings.IsSet("ciphers"),
            VerifyClient = verifies,
            Identity = certificates.Identity(snapshot, settings.Text("certificate")),
            TrustedCertificates = verifies ? certificates.Trusted(snapshot) : [],
        };
    }

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

    private static string Hash(byte[] der) => Convert.ToHexStringLower(SHA256.HashData(der));

    private static TlsVersions Versions(IPropertySource item) => item.Text("tls-version") == "only-1.2" ? TlsVersions.Only12 : TlsVersions.Any;

    private static TlsPfs Pfs(IPropertySource item) => item.Text("pfs") switch
    {
        "yes" => TlsPfs.Yes,
        "required" => TlsPfs.Required,
        _ => TlsPfs.No,
    };

    private static TlsCiphers Ciphers(IPropertySource item)
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
}
