using SstpRouter.Tls.Handshake;

namespace SstpRouter.Tls.Policy;

/// <summary>The versions and suites that a policy puts on the wire; suites in OpenSSL's names, best first.</summary>
internal sealed record TlsOffer(
    int MinimumVersion, int MaximumVersion, string Suites, string Tls13Suites, string SignaturesText)
{
    public const int Tls10 = 0x0301;
    public const int Tls12 = 0x0303;
    public const int Tls13 = 0x0304;

    private const string Gcm = "AES256-GCM-SHA384";
    private const string ChaCha = "CHACHA20-POLY1305";
    private const string Sha = "AES256-SHA";

    /// <summary>The versions for people.</summary>
    public string VersionsText => OfferText.Versions(MinimumVersion, MaximumVersion);

    /// <summary>The suites for people.</summary>
    public string SuitesText => (MaximumVersion == Tls13 ? $"{Tls13Suites}:{Suites}" : Suites).Replace(":", ", ");

    /// <param name="policy">The client's policy.</param>
    /// <param name="fastAes">False puts ChaCha20 before AES, for a processor without AES instructions.</param>
    /// <exception cref="TlsPolicyException">No suite is left.</exception>
    public static TlsOffer ForClient(TlsClientPolicy policy, bool fastAes)
    {
        IEnumerable<string> suites = CertificateSuites(policy, fastAes);
        if (policy.AllowsAnonymous)
        {
            // Behind the others: a peer that follows our order and has a certificate uses it.
            suites = suites.Concat(AnonymousSuites(policy));
        }
        return Build(policy, suites, fastAes, tls13: !policy.IsLiteral, SignatureAlgorithms.All);
    }

    /// <param name="policy">The server's policy.</param>
    /// <param name="key">Its key, or null without identity.</param>
    /// <param name="fastAes">False puts ChaCha20 before AES, for a processor without AES instructions.</param>
    /// <exception cref="TlsPolicyException">No suite is left.</exception>
    public static TlsOffer ForServer(TlsServerPolicy policy, IdentityKey? key, bool fastAes)
    {
        if (key is null)
        {
            // RFC 8446 4.1.1: TLS 1.3 always authenticates the server.
            return Build(policy, AnonymousSuites(policy), fastAes, tls13: false, "none: it has no certificate");
        }
        if (!key.IsRsa && policy is { PfsExplicit: true, Pfs: TlsPfs.No })
        {
            throw new TlsPolicyException(
                "pfs=no needs a certificate with an RSA key, and this one has an elliptic curve key: " +
                "set pfs=yes or pfs=required, or choose another certificate");
        }
        // What the key cannot serve would only make the list longer that a refusal names.
        var suites = CertificateSuites(policy, fastAes)
            .Where(suite => suite.Contains("-ECDSA-", StringComparison.Ordinal) != key.IsRsa);
        return Build(policy, suites, fastAes, !policy.IsLiteral && key.CanSignPss, SignatureAlgorithms.TextFor(key));
    }

    private static TlsOffer Build(
        TlsPolicy policy, IEnumerable<string> suites, bool fastAes, bool tls13, string signatures)
    {
        if ((policy.Ciphers & TlsCiphers.All) == 0)
        {
            throw new TlsPolicyException("ciphers is empty: set aes256-gcm-sha384, aes256-sha or both");
        }
        var only12 = policy.Versions == TlsVersions.Only12;
        return new TlsOffer(
            only12 ? Tls12 : Tls10,
            tls13 && !only12 ? Tls13 : Tls12,
            string.Join(':', suites),
            // RFC 8446 9.1: a peer may have nothing but AES-128, which every implementation must have.
            policy.Tls13Suite ?? (fastAes
                ? "TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256"
                : "TLS_CHACHA20_POLY1305_SHA256:TLS_AES_256_GCM_SHA384:TLS_AES_128_GCM_SHA256"),
            signatures);
    }

    private static IEnumerable<string> CertificateSuites(TlsPolicy policy, bool fastAes)
    {
        // A default pfs=no means our best; one that the user set means what it says.
        var pfs = policy.PfsExplicit ? policy.Pfs : policy.Pfs == TlsPfs.No ? TlsPfs.Yes : policy.Pfs;
        var ciphers = Ciphers(policy, fastAes).ToList();
        if (pfs != TlsPfs.No)
        {
            foreach (var cipher in ciphers)
            {
                yield return $"ECDHE-ECDSA-{cipher}";
                yield return $"ECDHE-RSA-{cipher}";
            }
        }
        if (pfs == TlsPfs.Yes)
        {
            foreach (var cipher in ciphers)
            {
                yield return $"DHE-RSA-{cipher}";
            }
        }
        if (pfs != TlsPfs.Required)
        {
            foreach (var cipher in ciphers.Where(cipher => cipher != ChaCha))
            {
                yield return cipher;
            }
        }
    }

    private static IEnumerable<string> AnonymousSuites(TlsPolicy policy)
    {
        if (policy.Ciphers.HasFlag(TlsCiphers.Aes256GcmSha384))
        {
            yield return $"ADH-{Gcm}";
        }
        if (policy.Ciphers.HasFlag(TlsCiphers.Aes256Sha))
        {
            yield return $"AECDH-{Sha}";
            yield return $"ADH-{Sha}";
        }
    }

    private static IEnumerable<string> Ciphers(TlsPolicy policy, bool fastAes)
    {
        if (!policy.IsLiteral && !fastAes)
        {
            yield return ChaCha;
        }
        if (policy.Ciphers.HasFlag(TlsCiphers.Aes256GcmSha384))
        {
            yield return Gcm;
        }
        if (!policy.IsLiteral && fastAes)
        {
            yield return ChaCha;
        }
        if (policy.Ciphers.HasFlag(TlsCiphers.Aes256Sha))
        {
            yield return Sha;
        }
    }
}
