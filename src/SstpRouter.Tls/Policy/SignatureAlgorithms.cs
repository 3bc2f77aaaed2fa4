using SstpRouter.Tls.Native;

namespace SstpRouter.Tls.Policy;

/// <summary>Signature algorithms and groups; named in full, so that no configuration file of the host chooses them.</summary>
internal static class SignatureAlgorithms
{
    public const string Groups = "X25519:P-256:X448:P-521:P-384";

    /// <summary>What we verify, and what we sign with. SHA-1 comes last, for peers before TLS 1.2's SHA-2.</summary>
    public const string All =
        "ECDSA+SHA256:ECDSA+SHA384:ECDSA+SHA512:ed25519:ed448:" +
        "rsa_pss_pss_sha256:rsa_pss_pss_sha384:rsa_pss_pss_sha512:" +
        "rsa_pss_rsae_sha256:rsa_pss_rsae_sha384:rsa_pss_rsae_sha512:" +
        "RSA+SHA256:RSA+SHA384:RSA+SHA512:ECDSA+SHA1:RSA+SHA1";

    // RFC 8017 9.2: EMSA-PKCS1-v1_5 needs 62 bytes for SHA-256 and 46 for SHA-1; OpenSSL does not look before it signs.
    private const int BitsForSha256 = 62 * 8;

    /// <summary>What <paramref name="key"/> can sign with.</summary>
    public static string For(IdentityKey key) => key.IsRsa && key.Bits < BitsForSha256 ? "RSA+SHA1" : All;

    /// <summary>What <paramref name="key"/> can sign with, for people.</summary>
    public static string TextFor(IdentityKey key) => key switch
    {
        { IsRsa: true, Bits: < BitsForSha256 } => "rsa-sha1",
        { IsRsa: true } => "those of an RSA key",
        { Type: LibCrypto.KeyTypeEd25519 } => "ed25519",
        { Type: LibCrypto.KeyTypeEd448 } => "ed448",
        _ => "those of an elliptic curve key",
    };
}
