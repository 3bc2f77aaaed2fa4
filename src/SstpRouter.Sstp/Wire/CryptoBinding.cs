namespace SstpRouter.Sstp.Wire;

/// <summary>The value of the Crypto Binding attribute ([MS-SSTP] 2.2.7). With SHA-1 the certificate hash and the MAC
/// fill 20 of their 32 bytes; the rest is padding.</summary>
internal readonly ref struct CryptoBinding
{
    /// <summary>Three reserved bytes, the hash protocol, the nonce, the certificate hash, the compound MAC.</summary>
    public const int ValueLength = 4 + SstpCryptoBinding.NonceLength + (2 * SstpCryptoBinding.HashFieldLength);

    /// <summary>Where the compound MAC begins.</summary>
    public const int MacOffset = ValueLength - SstpCryptoBinding.HashFieldLength;

    private const int NonceOffset = 4;
    private const int CertificateHashOffset = NonceOffset + SstpCryptoBinding.NonceLength;

    private CryptoBinding(ReadOnlySpan<byte> value)
    {
        Hash = (SstpHashes)value[3];
        Nonce = value[NonceOffset..CertificateHashOffset];
        CertificateHash = value[CertificateHashOffset..MacOffset];
        CompoundMac = value[MacOffset..];
    }

    /// <summary>The hash protocol; a sound one has exactly one bit.</summary>
    public SstpHashes Hash { get; }

    public ReadOnlySpan<byte> Nonce { get; }

    /// <summary>The 32-byte field, padding included.</summary>
    public ReadOnlySpan<byte> CertificateHash { get; }

    /// <summary>The 32-byte field, padding included.</summary>
    public ReadOnlySpan<byte> CompoundMac { get; }

    public static bool TryRead(ReadOnlySpan<byte> value, out CryptoBinding binding)
    {
        bool fits = value.Length == ValueLength;
        binding = fits ? new CryptoBinding(value) : default;
        return fits;
    }

    /// <summary>Writes all but the compound MAC, which stays zero until it is computed over the message.</summary>
    public static void Write(
        Span<byte> value, SstpHashes hash, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> certificateHash)
    {
        value.Clear();
        value[3] = (byte)hash;
        nonce.CopyTo(value[NonceOffset..]);
        certificateHash.CopyTo(value[CertificateHashOffset..]);
    }
}
