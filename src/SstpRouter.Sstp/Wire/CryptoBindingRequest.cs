namespace SstpRouter.Sstp.Wire;

/// <summary>The value of the Crypto Binding Request attribute ([MS-SSTP] 2.2.6).</summary>
internal readonly ref struct CryptoBindingRequest
{
    /// <summary>Three reserved bytes, the bitmask, the nonce.</summary>
    public const int ValueLength = 4 + SstpCryptoBinding.NonceLength;

    private CryptoBindingRequest(ReadOnlySpan<byte> value)
    {
        Hashes = (SstpHashes)value[3];
        Nonce = value[4..];
    }

    /// <summary>What the server offers; unknown bits are kept.</summary>
    public SstpHashes Hashes { get; }

    public ReadOnlySpan<byte> Nonce { get; }

    public static bool TryRead(ReadOnlySpan<byte> value, out CryptoBindingRequest request)
    {
        bool fits = value.Length == ValueLength;
        request = fits ? new CryptoBindingRequest(value) : default;
        return fits;
    }

    public static void Write(Span<byte> value, SstpHashes hashes, ReadOnlySpan<byte> nonce)
    {
        value[..3].Clear();
        value[3] = (byte)hashes;
        nonce.CopyTo(value[4..]);
    }
}
