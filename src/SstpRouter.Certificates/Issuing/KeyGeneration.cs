using System.Globalization;
using System.Security.Cryptography;
using SstpRouter.Certificates.Keys;

namespace SstpRouter.Certificates;

/// <summary>Makes private keys.</summary>
public static class KeyGeneration
{
    private const string Ed25519Word = "ed25519";

    /// <summary>What <c>key-size</c> may say: bits of an RSA key, the name of a curve, or <c>ed25519</c>, which RouterOS lacks.</summary>
    public static IReadOnlyList<string> Sizes { get; } =
        ["1024", "1536", "2048", "4096", "8192", "prime256v1", "secp384r1", "secp521r1", Ed25519Word];

    /// <summary>A new private key, PKCS#8. An RSA key of 8192 bits takes seconds, on a small board minutes.</summary>
    /// <param name="size">One of <see cref="Sizes"/>.</param>
    /// <param name="cancellation">Ends the search for primes; the other keys are made at once.</param>
    /// <exception cref="ArgumentException">There is no such size.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static byte[] Make(string size, CancellationToken cancellation = default)
    {
        switch (size)
        {
            case Ed25519Word:
                Span<byte> seed = stackalloc byte[Ed25519.Size];
                RandomNumberGenerator.Fill(seed);
                byte[] pkcs8 = PrivateKey.FromEd25519Seed(seed);
                CryptographicOperations.ZeroMemory(seed);
                return pkcs8;
            case "prime256v1":
                return OfCurve(ECCurve.NamedCurves.nistP256);
            case "secp384r1":
                return OfCurve(ECCurve.NamedCurves.nistP384);
            case "secp521r1":
                return OfCurve(ECCurve.NamedCurves.nistP521);
            default:
                if (!Sizes.Contains(size))
                {
                    throw new ArgumentException($"there is no key size {size}", nameof(size));
                }

                return RsaGeneration.Make(int.Parse(size, CultureInfo.InvariantCulture), cancellation);
        }
    }

    private static byte[] OfCurve(ECCurve curve)
    {
        using var key = ECDsa.Create(curve);
        return key.ExportPkcs8PrivateKey();
    }
}
