using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SstpRouter.Certificates.Reading;

namespace SstpRouter.Certificates.Keys;

/// <summary>A private key that signs certificates, requests and revocation lists.</summary>
internal sealed class SigningKey : IDisposable
{
    private readonly AsymmetricAlgorithm? _key;

    private SigningKey(X509SignatureGenerator generator, byte[] publicKey, AsymmetricAlgorithm? key)
    {
        Generator = generator;
        PublicKey = publicKey;
        _key = key;
    }

    /// <summary>What the framework signs with.</summary>
    public X509SignatureGenerator Generator { get; }

    /// <summary>The public key with its algorithm, DER, as certificates hold it.</summary>
    public byte[] PublicKey { get; }

    /// <summary>Opens a key, PKCS#8.</summary>
    /// <exception cref="CryptographicException">It is damaged, or of an algorithm that signs no certificates.</exception>
    public static SigningKey Open(byte[] pkcs8)
    {
        if (PrivateKey.Ed25519SeedOf(pkcs8) is { } seed)
        {
            return new SigningKey(new Ed25519Generator(seed), Ed25519.PublicKeyInfoOf(seed), null);
        }

        return OpenAs(pkcs8, RSA.Create(), k => X509SignatureGenerator.CreateForRSA(k, RSASignaturePadding.Pkcs1))
            ?? OpenAs(pkcs8, ECDsa.Create(), X509SignatureGenerator.CreateForECDsa)
            ?? throw new CryptographicException("its key is neither rsa, ec nor ed25519, so it signs no certificates");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _key?.Dispose();
        (Generator as Ed25519Generator)?.Forget();
    }

    private static SigningKey? OpenAs<T>(byte[] pkcs8, T key, Func<T, X509SignatureGenerator> generatorOf)
        where T : AsymmetricAlgorithm
    {
        try
        {
            key.ImportPkcs8PrivateKey(pkcs8, out _);
        }
        catch (CryptographicException)
        {
            key.Dispose(); // of another algorithm: the caller asks the next one
            return null;
        }

        return new SigningKey(generatorOf(key), key.ExportSubjectPublicKeyInfo(), key);
    }

    /// <summary>RFC 8410: neither the key nor the signature has parameters, and the digest is the algorithm's own.</summary>
    private sealed class Ed25519Generator(byte[] seed) : X509SignatureGenerator
    {
        public void Forget() => CryptographicOperations.ZeroMemory(seed);

        public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm)
        {
            var writer = new AsnWriter(AsnEncodingRules.DER);
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(Oids.Ed25519);
            }

            return writer.Encode();
        }

        public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm) => Ed25519.Sign(seed, data);

        protected override PublicKey BuildPublicKey() => PublicKey.CreateFromSubjectPublicKeyInfo(Ed25519.PublicKeyInfoOf(seed), out _);
    }
}
