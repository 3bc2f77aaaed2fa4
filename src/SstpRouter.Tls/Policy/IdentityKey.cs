using SstpRouter.Tls.Native;

namespace SstpRouter.Tls.Policy;

/// <summary>What the policy must know of a certificate's key.</summary>
internal sealed record IdentityKey(int Type, int Bits)
{
    /// <summary>The manual: RSA keys below this length are a security threat.</summary>
    public const int MinimumRsaBits = 472;

    // RFC 8446 4.2.3 asks for RSASSA-PSS; with SHA-256 and a salt of the same length it needs 66 bytes (RFC 8017 9.1.1).
    private const int MinimumPssBits = 66 * 8;

    public bool IsRsa => Type is LibCrypto.KeyTypeRsa or LibCrypto.KeyTypeRsaPss;

    public bool IsTooShort => IsRsa && Bits < MinimumRsaBits;

    /// <summary>True when TLS 1.3 can sign with the key.</summary>
    public bool CanSignPss => !IsRsa || Bits >= MinimumPssBits;

    public bool IsUsable => IsRsa || Type is LibCrypto.KeyTypeEc or LibCrypto.KeyTypeEd25519 or LibCrypto.KeyTypeEd448;
}
