using System.Formats.Asn1;
using System.Security.Cryptography;
using SstpRouter.Certificates.Native;
using SstpRouter.Certificates.Reading;

namespace SstpRouter.Certificates.Keys;

/// <summary>Ed25519 (RFC 8032 5.1), which the framework does not know.</summary>
/// <remarks>OpenSSL's own, because the program links it anyway and it signs in constant time; nothing else in this room needs BouncyCastle.</remarks>
internal static unsafe class Ed25519
{
    /// <summary>The octets of a private and of a public key.</summary>
    public const int Size = 32;

    /// <summary>The octets of a signature.</summary>
    public const int SignatureSize = 64;

    /// <summary>The public key of a private key of <see cref="Size"/> octets.</summary>
    public static byte[] PublicKeyOf(ReadOnlySpan<byte> seed)
    {
        nint key = PrivateKeyOf(seed);
        try
        {
            byte[] publicKey = new byte[Size];
            nuint length = Size;
            fixed (byte* target = publicKey)
            {
                Require(LibCrypto.EVP_PKEY_get_raw_public_key(key, target, ref length) == 1);
            }

            return publicKey;
        }
        finally
        {
            LibCrypto.EVP_PKEY_free(key);
        }
    }

    /// <summary>The same with its algorithm, DER (RFC 8410 4).</summary>
    public static byte[] PublicKeyInfoOf(ReadOnlySpan<byte> seed)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(Oids.Ed25519);
            }

            writer.WriteBitString(PublicKeyOf(seed));
        }

        return writer.Encode();
    }

    /// <summary>Signs, with a private key of <see cref="Size"/> octets.</summary>
    public static byte[] Sign(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> data)
    {
        nint key = PrivateKeyOf(seed);
        nint context = LibCrypto.EVP_MD_CTX_new();
        try
        {
            byte[] signature = new byte[SignatureSize];
            nuint length = SignatureSize;
            Require(LibCrypto.EVP_DigestSignInit(context, 0, 0, 0, key) == 1);
            fixed (byte* target = signature, source = data)
            {
                Require(LibCrypto.EVP_DigestSign(context, target, ref length, source, (nuint)data.Length) == 1);
            }

            return signature;
        }
        finally
        {
            LibCrypto.EVP_MD_CTX_free(context);
            LibCrypto.EVP_PKEY_free(key);
        }
    }

    /// <summary>True where the signature is the public key's own; whatever is wrong with either makes it false.</summary>
    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (publicKey.Length != Size || signature.Length != SignatureSize)
        {
            return false;
        }

        nint key;
        fixed (byte* source = publicKey)
        {
            key = LibCrypto.EVP_PKEY_new_raw_public_key(LibCrypto.KeyTypeEd25519, 0, source, Size);
        }

        nint context = LibCrypto.EVP_MD_CTX_new();
        try
        {
            fixed (byte* source = data, signed = signature)
            {
                return key != 0 && LibCrypto.EVP_DigestVerifyInit(context, 0, 0, 0, key) == 1
                    && LibCrypto.EVP_DigestVerify(context, signed, SignatureSize, source, (nuint)data.Length) == 1;
            }
        }
        finally
        {
            LibCrypto.EVP_MD_CTX_free(context);
            LibCrypto.EVP_PKEY_free(key);
            LibCrypto.ERR_clear_error(); // or the next user of this thread would take a bad signature for its own error
        }
    }

    private static nint PrivateKeyOf(ReadOnlySpan<byte> seed)
    {
        if (seed.Length != Size)
        {
            throw new CryptographicException("damaged Ed25519 key");
        }

        fixed (byte* source = seed)
        {
            nint key = LibCrypto.EVP_PKEY_new_raw_private_key(LibCrypto.KeyTypeEd25519, 0, source, Size);
            Require(key != 0);
            return key;
        }
    }

    private static void Require(bool done)
    {
        if (!done)
        {
            LibCrypto.ERR_clear_error();
            throw new CryptographicException("OpenSSL does not do Ed25519 here");
        }
    }
}
