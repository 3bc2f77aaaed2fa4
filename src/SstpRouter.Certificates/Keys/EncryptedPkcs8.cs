using System.Formats.Asn1;
using System.Security.Cryptography;
using SstpRouter.Certificates.Reading;

namespace SstpRouter.Certificates.Keys;

/// <summary>Encrypted private keys (RFC 5958 3).</summary>
/// <remarks>PBES2 is done here, because the framework does so only for keys of algorithms that it knows; the older schemes are left to it.</remarks>
internal static class EncryptedPkcs8
{
    // OpenSSL writes 2048, careful users some million; more would let one file hold a core for minutes.
    private const int MostIterations = 10_000_000;

    /// <summary>Encrypts a key, PKCS#8.</summary>
    public static byte[] Seal(ReadOnlySpan<byte> pkcs8, string passphrase)
    {
        (byte[] algorithm, byte[] encrypted) = Pbes2.Encrypt(pkcs8, passphrase);
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(algorithm);
            writer.WriteOctetString(encrypted);
        }

        return writer.Encode();
    }

    /// <summary>The unencrypted key, or null where the passphrase does not open it.</summary>
    /// <exception cref="CryptographicException">It is damaged, or encrypted in a way that is not known; the text says which.</exception>
    public static byte[]? Open(byte[] der, string passphrase)
    {
        try
        {
            AsnReader info = new AsnReader(der, AsnEncodingRules.BER).ReadSequence();
            AsnReader scheme = info.ReadSequence();
            byte[] encrypted = info.ReadOctetString();
            return scheme.ReadObjectIdentifier() == Oids.Pbes2
                ? OpenPbes2(scheme.ReadSequence(), encrypted, passphrase)
                : OpenByFramework(der, passphrase);
        }
        catch (AsnContentException e)
        {
            throw new CryptographicException("damaged PKCS#8", e);
        }
    }

    // RFC 8018 6.2 and A.4.
    private static byte[]? OpenPbes2(AsnReader parameters, byte[] encrypted, string passphrase)
    {
        AsnReader derivation = parameters.ReadSequence();
        AsnReader cipher = parameters.ReadSequence();

        if (derivation.ReadObjectIdentifier() != Oids.Pbkdf2)
        {
            throw new CryptographicException("its key derivation is not PBKDF2; encrypt it with: openssl pkcs8 -topk8 -v2 aes256");
        }

        AsnReader pbkdf2 = derivation.ReadSequence();
        byte[] salt = pbkdf2.ReadOctetString();
        if (!pbkdf2.TryReadInt32(out int iterations) || iterations is < 1 or > MostIterations)
        {
            throw new CryptographicException($"its iteration count is not 1..{MostIterations}");
        }

        if (pbkdf2.HasData && pbkdf2.PeekTag() == Asn1Tag.Integer)
        {
            pbkdf2.ReadInteger(); // the key length, which the cipher says as well
        }

        HashAlgorithmName hash = HashOf(pbkdf2.HasData ? pbkdf2.ReadSequence().ReadObjectIdentifier() : Oids.HmacSha1);
        string cipherOid = cipher.ReadObjectIdentifier();
        byte[] iv = cipher.ReadOctetString();
        using SymmetricAlgorithm algorithm = CipherOf(cipherOid, out int keySize);
        if (iv.Length != algorithm.BlockSize / 8)
        {
            throw new CryptographicException("damaged PKCS#8: its initialisation vector has the wrong length");
        }

        algorithm.Key = Rfc2898DeriveBytes.Pbkdf2(passphrase, salt, iterations, hash, keySize);
        return Decrypt(algorithm, encrypted, iv);
    }

    /// <summary>The plain text where it is one DER structure, else null: a wrong key shows in the padding or in what comes out.</summary>
    public static byte[]? Decrypt(SymmetricAlgorithm algorithm, byte[] encrypted, byte[] iv)
    {
        byte[] plain;
        try
        {
            plain = algorithm.DecryptCbc(encrypted, iv);
        }
        catch (CryptographicException)
        {
            return null;
        }

        return DerElement.IsWhole(plain) ? plain : null;
    }

    private static byte[]? OpenByFramework(byte[] der, string passphrase)
    {
        Func<AsymmetricAlgorithm>[] algorithms = [RSA.Create, ECDsa.Create, DSA.Create];
        foreach (Func<AsymmetricAlgorithm> create in algorithms)
        {
            using AsymmetricAlgorithm key = create();
            try
            {
                key.ImportEncryptedPkcs8PrivateKey(passphrase, der, out _);
                return key.ExportPkcs8PrivateKey();
            }
            catch (CryptographicException)
            {
                // The framework does not tell a wrong passphrase from a key of another algorithm: ask the next one.
                continue;
            }
        }

        return null;
    }

    private static HashAlgorithmName HashOf(string oid) => oid switch
    {
        Oids.HmacSha1 => HashAlgorithmName.SHA1,
        Oids.HmacSha256 => HashAlgorithmName.SHA256,
        Oids.HmacSha384 => HashAlgorithmName.SHA384,
        Oids.HmacSha512 => HashAlgorithmName.SHA512,
        _ => throw new CryptographicException($"its key derivation uses {oid}; encrypt it with: openssl pkcs8 -topk8 -v2 aes256"),
    };

    private static SymmetricAlgorithm CipherOf(string oid, out int keySize)
    {
        keySize = oid switch { Oids.Aes128Cbc => 16, Oids.Aes256Cbc => 32, _ => 24 };
        return oid switch
        {
            Oids.Aes128Cbc or Oids.Aes192Cbc or Oids.Aes256Cbc => Aes.Create(),
            Oids.TripleDesCbc => TripleDES.Create(),
            _ => throw new CryptographicException($"its cipher is {oid}; encrypt it with: openssl pkcs8 -topk8 -v2 aes256"),
        };
    }
}
