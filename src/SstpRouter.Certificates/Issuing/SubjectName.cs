using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;
using SstpRouter.Certificates.Reading;

namespace SstpRouter.Certificates.Issuing;

/// <summary>The subject of a template as certificates hold it.</summary>
internal static class SubjectName
{
    /// <summary>Encodes the name, the widest attribute first.</summary>
    /// <exception cref="SigningError">An attribute is longer than RFC 5280 A.1 allows, or the country is no code.</exception>
    public static X500DistinguishedName Of(CertificateTemplate template)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            Write(writer, DistinguishedName.Country, "country", template.Country, 2);
            Write(writer, DistinguishedName.State, "state", template.State, 128);
            Write(writer, DistinguishedName.Locality, "locality", template.Locality, 128);
            Write(writer, DistinguishedName.Organization, "organization", template.Organization, 64);
            Write(writer, DistinguishedName.Unit, "unit", template.Unit, 64);
            Write(writer, DistinguishedName.CommonName, "common-name", template.CommonName, 64);
        }

        return new X500DistinguishedName(writer.Encode());
    }

    private static void Write(AsnWriter writer, string oid, string property, string text, int longest)
    {
        if (text.Length == 0)
        {
            return;
        }

        if (text.Length > longest)
        {
            throw new SigningError($"{property} is longer than {longest} characters");
        }

        // RFC 5280 A.1: the country is printable, all others may be UTF-8.
        bool isCountry = oid == DistinguishedName.Country;
        if (isCountry && !(text.Length == 2 && text.All(char.IsAsciiLetter)))
        {
            throw new SigningError("country is a code of two letters");
        }

        using (writer.PushSetOf())
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(oid);
            writer.WriteCharacterString(isCountry ? UniversalTagNumber.PrintableString : UniversalTagNumber.UTF8String, text);
        }
    }
}
