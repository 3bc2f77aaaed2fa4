using System.Numerics;
using System.Security.Cryptography;

namespace SstpRouter.Certificates.Keys;

/// <summary>The public key of an Ed25519 private key (RFC 8032 5.1.5), which the framework does not know.</summary>
/// <remarks>Runs once for an imported key, on the user's own machine: it is plain arithmetic and takes no care to run in constant time.</remarks>
internal static class Ed25519PublicKey
{
    /// <summary>The octets of a private and of a public key.</summary>
    public const int Size = 32;

    // RFC 8032 5.1: the field 2^255 - 19, the curve's d, and the base point.
    private static readonly BigInteger P = (BigInteger.One << 255) - 19;
    private static readonly BigInteger D = Mod(-121665 * Inverse(121666));
    private static readonly Point Base = Point.Of(
        BigInteger.Parse("15112221349535400772501151409588531511454012693041857206046113283949847762202"),
        BigInteger.Parse("46316835694926478169428394003475163141307993866256225615783033603165251855960"));

    /// <summary>The public key of a private key of <see cref="Size"/> octets.</summary>
    public static byte[] Of(ReadOnlySpan<byte> seed)
    {
        Span<byte> hash = stackalloc byte[SHA512.HashSizeInBytes];
        SHA512.HashData(seed, hash);
        hash[0] &= 0xF8;
        hash[31] = (byte)((hash[31] & 0x7F) | 0x40);
        var scalar = new BigInteger(hash[..Size], isUnsigned: true);

        Point sum = Point.Neutral;
        for (int bit = 254; bit >= 0; bit--)
        {
            sum = sum.Plus(sum);
            if (!(scalar >> bit).IsEven)
            {
                sum = sum.Plus(Base);
            }
        }

        return sum.Encode();
    }

    private static BigInteger Mod(BigInteger value)
    {
        BigInteger rest = value % P;
        return rest.Sign < 0 ? rest + P : rest;
    }

    private static BigInteger Inverse(BigInteger value) => BigInteger.ModPow(value, P - 2, P);

    /// <summary>A point in extended coordinates (RFC 8032 5.1.4).</summary>
    private readonly record struct Point(BigInteger X, BigInteger Y, BigInteger Z, BigInteger T)
    {
        public static readonly Point Neutral = Of(BigInteger.Zero, BigInteger.One);

        public static Point Of(BigInteger x, BigInteger y) => new(x, y, BigInteger.One, Mod(x * y));

        public Point Plus(Point other)
        {
            BigInteger a = Mod((Y - X) * (other.Y - other.X));
            BigInteger b = Mod((Y + X) * (other.Y + other.X));
            BigInteger c = Mod(T * 2 * D * other.T);
            BigInteger d = Mod(Z * 2 * other.Z);
            BigInteger e = b - a, f = d - c, g = d + c, h = b + a;
            return new Point(Mod(e * f), Mod(g * h), Mod(f * g), Mod(e * h));
        }

        // RFC 8032 5.1.2: y little-endian, the lowest bit of x on top.
        public byte[] Encode()
        {
            BigInteger inverse = Inverse(Z);
            BigInteger x = Mod(X * inverse), y = Mod(Y * inverse);
            byte[] encoded = new byte[Size];
            y.TryWriteBytes(encoded, out _, isUnsigned: true);
            encoded[Size - 1] |= (byte)(x.IsEven ? 0 : 0x80);
            return encoded;
        }
    }
}
