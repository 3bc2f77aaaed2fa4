using System.Formats.Asn1;
using System.Security.Cryptography;
using SstpRouter.Certificates.Reading;

namespace SstpRouter.Certificates.Keys;

/// <summary>A private key and the public key that it makes, by which it finds its certificate.</summary>
/// <param name="Pkcs8">The private key, PKCS#8.</param>
/// <param name="PublicKey">The bits of the public key as a certificate holds them (RFC 5280 4.1.2.7).</param>
internal sealed record PrivateKey(byte[] Pkcs8, byte[] PublicKey)
{
    /// <summary>Reads an unencrypted key with its algorithm.</summary>
    /// <exception cref="CryptographicException">It is damaged, or of an algorithm that cannot be used; the text says which.</exception>
    public static PrivateKey FromPkcs8(byte[] der)
    {
        string algorithm = AlgorithmOf(der, out byte[] content);
        if (algorithm == Oids.Ed25519)
        {
            return new PrivateKey(der, Ed25519.PublicKeyOf(SeedOf(content)));
        }

        using AsymmetricAlgorithm key = algorithm switch
        {
            Oids.RsaEncryption => RSA.Create(),
            Oids.EcPublicKey => ECDsa.Create(),
            Oids.Dsa => DSA.Create(),
            Oids.RsaPss => throw new CryptographicException("RSA-PSS keys cannot be used; make an rsa key"),
            Oids.Ed448 => throw new CryptographicException("Ed448 keys cannot be used; make an rsa, ec or Ed25519 key"),
            _ => throw new CryptographicException($"keys of algorithm {algorithm} cannot be used; make an rsa or ec key"),
        };
        key.ImportPkcs8PrivateKey(der, out _);
        return new PrivateKey(der, BitsOf(key.ExportSubjectPublicKeyInfo()));
    }

    /// <summary>Reads a bare RSA key (RFC 8017 A.1.2).</summary>
    /// <exception cref="CryptographicException">It is damaged.</exception>
    public static PrivateKey FromRsa(byte[] der)
    {
        using RSA key = RSA.Create();
        key.ImportRSAPrivateKey(der, out _);
        return Of(key);
    }

    /// <summary>Reads a bare elliptic curve key (RFC 5915 3).</summary>
    /// <exception cref="CryptographicException">It is damaged, or does not name its curve.</exception>
    public static PrivateKey FromEc(byte[] der)
    {
        using ECDsa key = ECDsa.Create();
        key.ImportECPrivateKey(der, out _);
        return Of(key);
    }

    /// <summary>Takes over a key that the framework has read.</summary>
    public static PrivateKey Of(AsymmetricAlgorithm key) =>
        new(key.ExportPkcs8PrivateKey(), BitsOf(key.ExportSubjectPublicKeyInfo()));

    private static string AlgorithmOf(byte[] pkcs8, out byte[] content)
    {
        try
        {
            AsnReader info = new AsnReader(pkcs8, AsnEncodingRules.BER).ReadSequence();
            info.ReadInteger();
            string algorithm = info.ReadSequence().ReadObjectIdentifier();
            content = info.ReadOctetString();
            return algorithm;
        }
        catch (AsnContentException e)
        {
            throw new CryptographicException("damaged PKCS#8", e);
        }
    }

    /// <summary>The seed of an Ed25519 key, PKCS#8; null for a key of another algorithm.</summary>
    /// <exception cref="CryptographicException">It is damaged.</exception>
    public static byte[]? Ed25519SeedOf(byte[] pkcs8) =>
        AlgorithmOf(pkcs8, out byte[] content) == Oids.Ed25519 ? SeedOf(content) : null;

    /// <summary>An Ed25519 key, PKCS#8 (RFC 8410 7).</summary>
    public static byte[] FromEd25519Seed(ReadOnlySpan<byte> seed)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(0);
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(Oids.Ed25519);
            }

            using (writer.PushOctetString())
            {
                writer.WriteOctetString(seed);
            }
        }

        return writer.Encode();
    }

    // RFC 8410 7: the private key is an octet string inside the octet string.
    private static byte[] SeedOf(byte[] content)
    {
        try
        {
            byte[] seed = new AsnReader(content, AsnEncodingRules.BER).ReadOctetString();
            return seed.Length == Ed25519.Size ? seed : throw new CryptographicException("damaged Ed25519 key");
        }
        catch (AsnContentException e)
        {
            throw new CryptographicException("damaged Ed25519 key", e);
        }
    }

    private static byte[] BitsOf(byte[] subjectPublicKeyInfo)
    {
        AsnReader info = new AsnReader(subjectPublicKeyInfo, AsnEncodingRules.DER).ReadSequence();
        info.ReadSequence();
        return info.ReadBitString(out _);
    }
}
