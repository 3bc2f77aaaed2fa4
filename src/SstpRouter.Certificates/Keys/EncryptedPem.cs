using System.Security.Cryptography;
using System.Text;
using SstpRouter.Certificates.Reading;

namespace SstpRouter.Certificates.Keys;

/// <summary>Opens a PEM key that is encrypted in the older way, by its headers (RFC 1421 4.6.1).</summary>
/// <remarks>OpenSSL writes it for <c>BEGIN RSA PRIVATE KEY</c> and <c>BEGIN EC PRIVATE KEY</c> (its PEM_read(3), "PEM encryption format").</remarks>
internal static class EncryptedPem
{
    private const int SaltSize = 8;

    /// <summary>True where the block says that it is encrypted.</summary>
    public static bool IsEncrypted(PemBlock block) =>
        block.Headers.TryGetValue("Proc-Type", out string? type) && type.EndsWith("ENCRYPTED", StringComparison.Ordinal);

    /// <summary>The unencrypted key, or null where the passphrase does not open it.</summary>
    /// <exception cref="CryptographicException">It is encrypted in a way that is not known.</exception>
    public static byte[]? Open(PemBlock block, string passphrase)
    {
        string[] info = block.Headers.GetValueOrDefault("DEK-Info", "").Split(',');
        using SymmetricAlgorithm algorithm = CipherOf(info[0], out int keySize);
        byte[] iv = info.Length == 2 ? IvOf(info[1]) : [];
        if (iv.Length != algorithm.BlockSize / 8)
        {
            throw new CryptographicException("its DEK-Info line is damaged");
        }

        algorithm.Key = KeyOf(passphrase, iv.AsSpan(0, SaltSize), keySize);
        return EncryptedPkcs8.Decrypt(algorithm, block.Content, iv);
    }

    // PEM_read(3): D_i = MD5(D_i-1 passphrase salt), one round; the salt is the head of the vector.
    private static byte[] KeyOf(string passphrase, ReadOnlySpan<byte> salt, int keySize)
    {
        var key = new List<byte>();
        byte[] round = [];
        while (key.Count < keySize)
        {
            round = MD5.HashData([.. round, .. Encoding.UTF8.GetBytes(passphrase), .. salt]);
            key.AddRange(round);
        }

        return [.. key.Take(keySize)];
    }

    private static byte[] IvOf(string hex)
    {
        try
        {
            return Convert.FromHexString(hex.Trim());
        }
        catch (FormatException e)
        {
            throw new CryptographicException("its DEK-Info line is damaged", e);
        }
    }

    private static SymmetricAlgorithm CipherOf(string name, out int keySize)
    {
        keySize = name switch { "AES-128-CBC" => 16, "AES-256-CBC" => 32, _ => 24 };
        return name switch
        {
            "AES-128-CBC" or "AES-192-CBC" or "AES-256-CBC" => Aes.Create(),
            "DES-EDE3-CBC" => TripleDES.Create(),
            _ => throw new CryptographicException($"its cipher is '{name}'; convert it with: openssl pkcs8 -topk8 -v2 aes256"),
        };
    }
}
