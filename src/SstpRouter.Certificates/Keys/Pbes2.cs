using System.Formats.Asn1;
using System.Security.Cryptography;
using SstpRouter.Certificates.Reading;

namespace SstpRouter.Certificates.Keys;

/// <summary>Encryption under a passphrase: PBES2 with PBKDF2-HMAC-SHA256 and AES-256 (RFC 8018 6.2).</summary>
internal static class Pbes2
{
    // What a small board derives in some tenths of a second.
    private const int Iterations = 100_000;
    private const int SaltSize = 16;
    private const int KeySize = 32;

    /// <summary>Encrypts.</summary>
    /// <returns>The algorithm with its parameters, DER, and the cipher text.</returns>
    public static (byte[] Algorithm, byte[] Encrypted) Encrypt(ReadOnlySpan<byte> plain, string passphrase)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(SaltSize);
        using var aes = Aes.Create();
        byte[] key = Rfc2898DeriveBytes.Pbkdf2(passphrase, salt, Iterations, HashAlgorithmName.SHA256, KeySize);
        aes.Key = key;
        CryptographicOperations.ZeroMemory(key);
        aes.GenerateIV();
        return (Algorithm(salt, aes.IV), aes.EncryptCbc(plain, aes.IV));
    }

    // RFC 8018 A.4 and A.2.
    private static byte[] Algorithm(byte[] salt, byte[] iv)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(Oids.Pbes2);
            using (writer.PushSequence())
            {
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(Oids.Pbkdf2);
                    using (writer.PushSequence())
                    {
                        writer.WriteOctetString(salt);
                        writer.WriteInteger(Iterations);
                        using (writer.PushSequence())
                        {
                            writer.WriteObjectIdentifier(Oids.HmacSha256);
                            writer.WriteNull();
                        }
                    }
                }

                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(Oids.Aes256Cbc);
                    writer.WriteOctetString(iv);
                }
            }
        }

        return writer.Encode();
    }
}
