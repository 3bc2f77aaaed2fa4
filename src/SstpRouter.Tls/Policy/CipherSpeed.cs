using System.Diagnostics;
using SstpRouter.Tls.Native;

namespace SstpRouter.Tls.Policy;

/// <summary>What this host is faster at, measured once, when the first context is made.</summary>
/// <remarks>
/// The processor's flags do not tell: boards have AES instructions that the library was built without, or none but a fast
/// bit-sliced AES. The ratio is what counts, and it is far from one either way: two to three times where there are AES
/// instructions, a third to a fifth where there are none.
/// </remarks>
internal static class CipherSpeed
{
    // A full TLS record; on a board that does 20 MB/s all rounds take about 10 ms.
    private const int Bytes = 16 * 1024;
    private const int Rounds = 5;

    private static readonly Lazy<bool> Measured = new(() => IsAesFirst(Time("AES-256-GCM"), Time("ChaCha20-Poly1305")));

    /// <summary>True when AES-256-GCM goes first.</summary>
    public static bool AesFirst => Measured.Value;

    /// <summary>ChaCha20 must be clearly faster, so that a disturbed measurement does not change the order of equals.</summary>
    public static bool IsAesFirst(TimeSpan aes, TimeSpan chaCha) => chaCha >= aes * 0.75;

    /// <summary>The best time for one full record; the longest of all when the library lacks the cipher.</summary>
    public static TimeSpan Time(string cipherName)
    {
        using var cipher = LibCrypto.EVP_CIPHER_fetch(OpenSsl.LibraryContext, cipherName, 0);
        using var context = LibCrypto.EVP_CIPHER_CTX_new();
        if (cipher.IsInvalid || context.IsInvalid)
        {
            LibCrypto.ERR_clear_error();
            return TimeSpan.MaxValue;
        }
        Span<byte> keyAndNonce = stackalloc byte[32 + 12];
        keyAndNonce.Clear();
        var record = new byte[Bytes];
        var best = TimeSpan.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            _ = LibCrypto.EVP_EncryptInit_ex2(context, cipher, keyAndNonce[..32], keyAndNonce[32..], 0);
            _ = LibCrypto.EVP_EncryptUpdate(context, record, out _, record, Bytes);
            var time = Stopwatch.GetElapsedTime(start);
            best = time < best ? time : best;
        }
        return best;
    }
}
