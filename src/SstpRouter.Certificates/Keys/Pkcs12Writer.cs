using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Text;
using SstpRouter.Certificates.Reading;

namespace SstpRouter.Certificates.Keys;

/// <summary>Writes a PKCS#12 file (RFC 7292): the certificates encrypted, the key shrouded, a MAC over both.</summary>
/// <remarks>Written here, because the framework's own writer chooses 3DES and SHA-1 up to .NET 9, and knows no Ed25519.</remarks>
internal static class Pkcs12Writer
{
    private const int MacIterations = 10_000;
    private const int MacSaltSize = 16;
    private const int MacKeyId = 3;    // RFC 7292 B.3
    private const int BlockSize = 64;  // SHA-256's
    private static readonly Asn1Tag Explicit0 = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag Implicit0 = new(TagClass.ContextSpecific, 0);

    /// <summary>The file of a certificate, its key where it has one, and its issuers, whose keys stay out of it.</summary>
    public static byte[] Write(IReadOnlyList<StoredCertificate> chain, string passphrase)
    {
        byte[] content = AuthenticatedSafe(chain, passphrase);
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(3);
            WriteData(writer, content);
            WriteMac(writer, content, passphrase);
        }

        return writer.Encode();
    }

    private static byte[] AuthenticatedSafe(IReadOnlyList<StoredCertificate> chain, string passphrase)
    {
        byte[] keyId = SHA1.HashData(chain[0].Der); // a name, no protection
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            WriteEncrypted(writer, CertificateBags(chain, keyId), passphrase);
            if (chain[0].PrivateKeyPkcs8 is { } key)
            {
                WriteData(writer, KeyBag(EncryptedPkcs8.Seal(key, passphrase), keyId));
            }
        }

        return writer.Encode();
    }

    private static byte[] CertificateBags(IReadOnlyList<StoredCertificate> chain, byte[] keyId)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            foreach (StoredCertificate certificate in chain)
            {
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(Oids.CertificateBag);
                    using (writer.PushSequence(Explicit0))
                    using (writer.PushSequence())
                    {
                        writer.WriteObjectIdentifier(Oids.X509Certificate);
                        using (writer.PushSequence(Explicit0))
                        {
                            writer.WriteOctetString(certificate.Der);
                        }
                    }

                    if (certificate == chain[0] && certificate.PrivateKeyPkcs8 is not null)
                    {
                        WriteKeyId(writer, keyId);
                    }
                }
            }
        }

        return writer.Encode();
    }

    private static byte[] KeyBag(byte[] shrouded, byte[] keyId)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(Oids.ShroudedKeyBag);
            using (writer.PushSequence(Explicit0))
            {
                writer.WriteEncodedValue(shrouded);
            }

            WriteKeyId(writer, keyId);
        }

        return writer.Encode();
    }

    /// <summary>What brings a certificate and its key together.</summary>
    private static void WriteKeyId(AsnWriter writer, byte[] keyId)
    {
        using (writer.PushSetOf())
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(Oids.LocalKeyId);
            using (writer.PushSetOf())
            {
                writer.WriteOctetString(keyId);
            }
        }
    }

    // RFC 5652 4.
    private static void WriteData(AsnWriter writer, byte[] content)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(Oids.Data);
            using (writer.PushSequence(Explicit0))
            {
                writer.WriteOctetString(content);
            }
        }
    }

    // RFC 5652 8.
    private static void WriteEncrypted(AsnWriter writer, byte[] content, string passphrase)
    {
        (byte[] algorithm, byte[] encrypted) = Pbes2.Encrypt(content, passphrase);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(Oids.EncryptedData);
            using (writer.PushSequence(Explicit0))
            using (writer.PushSequence())
            {
                writer.WriteInteger(0);
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(Oids.Data);
                    writer.WriteEncodedValue(algorithm);
                    writer.WriteOctetString(encrypted, Implicit0);
                }
            }
        }
    }

    private static void WriteMac(AsnWriter writer, byte[] content, string passphrase)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(MacSaltSize);
        byte[] key = MacKey(passphrase, salt);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(Oids.Sha256);
                    writer.WriteNull();
                }

                writer.WriteOctetString(HMACSHA256.HashData(key, content));
            }

            writer.WriteOctetString(salt);
            writer.WriteInteger(MacIterations);
        }

        CryptographicOperations.ZeroMemory(key);
    }

    // RFC 7292 B.2, for a key no longer than one digest: the passphrase is UTF-16, big-endian, with its zero at the end.
    private static byte[] MacKey(string passphrase, byte[] salt)
    {
        byte[] text = Encoding.BigEndianUnicode.GetBytes(passphrase + "\0");
        byte[] round = SHA256.HashData([.. Enumerable.Repeat((byte)MacKeyId, BlockSize), .. Repeated(salt), .. Repeated(text)]);
        for (int i = 1; i < MacIterations; i++)
        {
            round = SHA256.HashData(round);
        }

        CryptographicOperations.ZeroMemory(text);
        return round;
    }

    private static IEnumerable<byte> Repeated(byte[] octets) =>
        Enumerable.Range(0, (octets.Length + BlockSize - 1) / BlockSize * BlockSize).Select(i => octets[i % octets.Length]);
}
