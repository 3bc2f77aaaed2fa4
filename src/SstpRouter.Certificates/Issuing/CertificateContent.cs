using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SstpRouter.Certificates.Keys;
using SstpRouter.Certificates.Reading;

namespace SstpRouter.Certificates.Issuing;

/// <summary>What a certificate or a request is about: a subject, its key, and extensions.</summary>
/// <remarks>Encoded here, because the framework writes no public key without parameters up to .NET 9, and Ed25519 has none (RFC 8410 3).</remarks>
/// <param name="Subject">The name, DER.</param>
/// <param name="PublicKey">The key with its algorithm, DER (RFC 5280 4.1.2.7).</param>
/// <param name="Digest">The digest of the signature.</param>
internal sealed record CertificateContent(byte[] Subject, byte[] PublicKey, HashAlgorithmName Digest)
{
    private static readonly DateTimeOffset FirstGeneralizedTime = new(2050, 1, 1, 0, 0, 0, TimeSpan.Zero); // RFC 5280 4.1.2.5
    private static readonly Asn1Tag Version = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag Attributes = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag ExtensionsTag = new(TagClass.ContextSpecific, 3, isConstructed: true);

    /// <summary>The extensions, in the order in which they are written.</summary>
    public List<X509Extension> Extensions { get; } = [];

    /// <summary>A certificate (RFC 5280 4.1), DER.</summary>
    /// <param name="issuer">The signer's name, DER.</param>
    /// <param name="key">The signer's key.</param>
    /// <param name="serial">A positive serial number, big-endian.</param>
    /// <param name="from">The first moment of its validity, whole seconds.</param>
    /// <param name="to">The last moment of its validity, whole seconds.</param>
    public byte[] Certificate(byte[] issuer, SigningKey key, ReadOnlySpan<byte> serial, DateTimeOffset from, DateTimeOffset to)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence(Version))
            {
                writer.WriteInteger(2); // v3
            }

            writer.WriteIntegerUnsigned(serial);
            writer.WriteEncodedValue(key.Generator.GetSignatureAlgorithmIdentifier(Digest));
            writer.WriteEncodedValue(issuer);
            using (writer.PushSequence())
            {
                WriteTime(writer, from);
                WriteTime(writer, to);
            }

            writer.WriteEncodedValue(Subject);
            writer.WriteEncodedValue(PublicKey);
            using (writer.PushSequence(ExtensionsTag))
            {
                WriteExtensions(writer);
            }
        }

        return Signed(writer.Encode(), key);
    }

    /// <summary>A request (RFC 2986 4), DER.</summary>
    /// <param name="key">The key that is requested for, which signs.</param>
    /// <param name="challenge">The challenge password, or null.</param>
    public byte[] Request(SigningKey key, string? challenge)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(0);
            writer.WriteEncodedValue(Subject);
            writer.WriteEncodedValue(PublicKey);
            using (writer.PushSetOf(Attributes))
            {
                WriteAttribute(writer, Oids.ExtensionRequest, WriteExtensions);
                if (challenge is not null)
                {
                    WriteAttribute(writer, Oids.ChallengePassword, w => w.WriteCharacterString(UniversalTagNumber.UTF8String, challenge));
                }
            }
        }

        return Signed(writer.Encode(), key);
    }

    private static void WriteAttribute(AsnWriter writer, string oid, Action<AsnWriter> writeValue)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(oid);
            using (writer.PushSetOf())
            {
                writeValue(writer);
            }
        }
    }

    private static void WriteTime(AsnWriter writer, DateTimeOffset time)
    {
        if (time < FirstGeneralizedTime)
        {
            writer.WriteUtcTime(time);
        }
        else
        {
            writer.WriteGeneralizedTime(time, omitFractionalSeconds: true);
        }
    }

    private void WriteExtensions(AsnWriter writer)
    {
        using (writer.PushSequence())
        {
            foreach (X509Extension extension in Extensions)
            {
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(extension.Oid!.Value!);
                    if (extension.Critical)
                    {
                        writer.WriteBoolean(true);
                    }

                    writer.WriteOctetString(extension.RawData);
                }
            }
        }
    }

    private byte[] Signed(byte[] content, SigningKey key)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(content);
            writer.WriteEncodedValue(key.Generator.GetSignatureAlgorithmIdentifier(Digest));
            writer.WriteBitString(key.Generator.SignData(content, Digest));
        }

        return writer.Encode();
    }
}
