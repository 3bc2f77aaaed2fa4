using System.Formats.Asn1;

namespace SstpRouter.Certificates.Reading;

/// <summary>What a DER structure is.</summary>
internal enum DerKind
{
    /// <summary>None of those below.</summary>
    Unknown,

    /// <summary>A certificate (RFC 5280 4.1).</summary>
    Certificate,

    /// <summary>A private key with its algorithm (RFC 5958 2).</summary>
    Pkcs8,

    /// <summary>The same, encrypted (RFC 5958 3).</summary>
    EncryptedPkcs8,

    /// <summary>A bare RSA private key (RFC 8017 A.1.2).</summary>
    RsaKey,

    /// <summary>A bare elliptic curve private key (RFC 5915 3).</summary>
    EcKey,

    /// <summary>Certificates and keys under a passphrase (RFC 7292 4).</summary>
    Pkcs12,
}

/// <summary>Tells DER structures apart by the first fields of each; there is nothing else to tell them by.</summary>
internal static class DerElement
{
    /// <summary>The kind of a structure. Looks at the outermost fields only: what follows may still be damaged.</summary>
    public static DerKind KindOf(ReadOnlyMemory<byte> der)
    {
        try
        {
            // BER, because a PKCS#12 file may be (RFC 7292 4).
            AsnReader fields = new AsnReader(der, AsnEncodingRules.BER).ReadSequence();
            Asn1Tag first = fields.PeekTag();
            if (first == Asn1Tag.Sequence)
            {
                fields.ReadEncodedValue();
                Asn1Tag second = fields.PeekTag();
                return second == Asn1Tag.Sequence ? DerKind.Certificate
                    : second.HasSameClassAndValue(Asn1Tag.PrimitiveOctetString) ? DerKind.EncryptedPkcs8
                    : DerKind.Unknown;
            }

            return first == Asn1Tag.Integer && fields.TryReadInt32(out int version) ? KindOf(version, fields) : DerKind.Unknown;
        }
        catch (AsnContentException)
        {
            return DerKind.Unknown;
        }
    }

    /// <summary>True where the bytes are one whole structure: the length it states is there, and nothing follows.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> der)
    {
        try
        {
            return AsnDecoder.TryReadEncodedValue(der, AsnEncodingRules.BER, out _, out _, out _, out int consumed) && consumed == der.Length;
        }
        catch (AsnContentException)
        {
            // A length that is indefinite is looked for inside, and what is damaged there is not only refused.
            return false;
        }
    }

    private static DerKind KindOf(int version, AsnReader fields)
    {
        Asn1Tag second = fields.PeekTag();
        return (version, second) switch
        {
            (3, _) when second == Asn1Tag.Sequence => DerKind.Pkcs12,
            (0 or 1, _) when second == Asn1Tag.Sequence => DerKind.Pkcs8,
            (0, _) when second == Asn1Tag.Integer => DerKind.RsaKey,
            (1, _) when second == Asn1Tag.PrimitiveOctetString => DerKind.EcKey,
            _ => DerKind.Unknown,
        };
    }
}
