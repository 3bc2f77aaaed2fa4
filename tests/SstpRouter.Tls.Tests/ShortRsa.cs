using System.Numerics;
using System.Security.Cryptography;

namespace SstpRouter.Tls.Tests;

/// <summary>RSA keys shorter than any library still makes.</summary>
internal static class ShortRsa
{
    /// <param name="bits">The length of the modulus.</param>
    public static RSA Create(int bits)
    {
        BigInteger exponent = 65537;
        while (true)
        {
            var p = Prime((bits + 1) / 2);
            var q = Prime(bits / 2);
            var modulus = p * q;
            var totient = (p - 1) * (q - 1);
            if (modulus.GetBitLength() != bits || p == q || BigInteger.GreatestCommonDivisor(exponent, totient) != 1)
            {
                continue;
            }
            var d = Inverse(exponent, totient);
            var full = (bits + 7) / 8;
            var half = (full + 1) / 2;
            return RSA.Create(new RSAParameters
            {
                Modulus = Bytes(modulus, full),
                Exponent = Bytes(exponent, 3),
                D = Bytes(d, full),
                P = Bytes(p, half),
                Q = Bytes(q, half),
                DP = Bytes(d % (p - 1), half),
                DQ = Bytes(d % (q - 1), half),
                InverseQ = Bytes(Inverse(q, p), half),
            });
        }
    }

    private static BigInteger Prime(int bits)
    {
        while (true)
        {
            var candidate = new BigInteger(RandomNumberGenerator.GetBytes((bits + 7) / 8), isUnsigned: true) % (BigInteger.One << bits);
            // Two upper bits, so that the product has its full length.
            candidate |= (BigInteger.One << (bits - 1)) | (BigInteger.One << (bits - 2)) | 1;
            if (Enumerable.Range(0, 40).All(_ => IsProbablePrime(candidate)))
            {
                return candidate;
            }
        }
    }

    // Fermat's test with random bases: enough for a key that lives for one test.
    private static bool IsProbablePrime(BigInteger candidate)
    {
        var witness = new BigInteger(RandomNumberGenerator.GetBytes(8), isUnsigned: true) + 2;
        return BigInteger.ModPow(witness, candidate - 1, candidate) == 1;
    }

    private static BigInteger Inverse(BigInteger value, BigInteger modulus)
    {
        var (a, b, x, y) = (value % modulus, modulus, BigInteger.One, BigInteger.Zero);
        while (b != 0)
        {
            var quotient = a / b;
            (a, b, x, y) = (b, a - (quotient * b), y, x - (quotient * y));
        }
        return ((x % modulus) + modulus) % modulus;
    }

    private static byte[] Bytes(BigInteger value, int length)
    {
        var bytes = value.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[length - bytes.Length], .. bytes];
    }
}
