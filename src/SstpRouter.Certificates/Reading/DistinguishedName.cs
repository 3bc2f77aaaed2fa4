using System.Formats.Asn1;
using System.Text;

namespace SstpRouter.Certificates.Reading;

/// <summary>A name as a certificate holds it (RFC 5280 4.1.2.4): attributes in their order.</summary>
/// <param name="Attributes">Object identifier and text of each.</param>
internal sealed record DistinguishedName(IReadOnlyList<(string Oid, string Text)> Attributes)
{
    public const string CommonName = "2.5.4.3";
    public const string Country = "2.5.4.6";
    public const string Locality = "2.5.4.7";
    public const string State = "2.5.4.8";
    public const string Organization = "2.5.4.10";
    public const string Unit = "2.5.4.11";

    /// <summary>The text of the last attribute of that kind, the most specific one, or empty.</summary>
    public string this[string oid] => Attributes.LastOrDefault(a => a.Oid == oid).Text ?? "";

    /// <summary>Reads the encoded name.</summary>
    /// <exception cref="AsnContentException">It is damaged.</exception>
    public static DistinguishedName Read(ReadOnlyMemory<byte> encoded)
    {
        var attributes = new List<(string, string)>();
        AsnReader relatives = new AsnReader(encoded, AsnEncodingRules.BER).ReadSequence();
        while (relatives.HasData)
        {
            AsnReader relative = relatives.ReadSetOf();
            while (relative.HasData)
            {
                AsnReader attribute = relative.ReadSequence();
                attributes.Add((attribute.ReadObjectIdentifier(), TextOf(attribute)));
            }
        }

        return new DistinguishedName(attributes);
    }

    /// <summary>The name on one line: <c>C=LV,O=Example,CN=ca</c>, in the certificate's order.</summary>
    public override string ToString() => string.Join(',', Attributes.Select(a => NameOf(a.Oid) + "=" + a.Text));

    private static string TextOf(AsnReader value)
    {
        Asn1Tag tag = value.PeekTag();
        if (tag.TagClass != TagClass.Universal)
        {
            return "#" + Convert.ToHexStringLower(value.ReadEncodedValue().Span);
        }

        switch ((UniversalTagNumber)tag.TagValue)
        {
            case UniversalTagNumber.UTF8String:
            case UniversalTagNumber.PrintableString:
            case UniversalTagNumber.IA5String:
            case UniversalTagNumber.BMPString:
            case UniversalTagNumber.VisibleString:
            case UniversalTagNumber.NumericString:
                return value.ReadCharacterString((UniversalTagNumber)tag.TagValue);
            case UniversalTagNumber.T61String:
                // Written by old authorities, who put Latin-1 into it.
                value.TryReadPrimitiveCharacterStringBytes(tag, out ReadOnlyMemory<byte> bytes);
                return Encoding.Latin1.GetString(bytes.Span);
            default:
                return "#" + Convert.ToHexStringLower(value.ReadEncodedValue().Span);
        }
    }

    // RFC 4514 3, and the two that people know by name.
    private static string NameOf(string oid) => oid switch
    {
        CommonName => "CN",
        Country => "C",
        Locality => "L",
        State => "ST",
        Organization => "O",
        Unit => "OU",
        "2.5.4.9" => "STREET",
        "2.5.4.5" => "serialNumber",
        "0.9.2342.19200300.100.1.25" => "DC",
        "0.9.2342.19200300.100.1.1" => "UID",
        "1.2.840.113549.1.9.1" => "emailAddress",
        _ => oid,
    };
}
