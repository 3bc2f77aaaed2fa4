using System.Formats.Asn1;
using System.Net;

namespace SstpRouter.Certificates.Reading;

/// <summary>The alternative names of a certificate (RFC 5280 4.2.1.6) in RouterOS's form.</summary>
internal static class AlternativeNames
{
    private static readonly Asn1Tag Email = new(TagClass.ContextSpecific, 1);
    private static readonly Asn1Tag Dns = new(TagClass.ContextSpecific, 2);
    private static readonly Asn1Tag Uri = new(TagClass.ContextSpecific, 6);
    private static readonly Asn1Tag Ip = new(TagClass.ContextSpecific, 7);

    /// <summary>The names as <c>DNS:x</c>, <c>IP:x</c>, <c>email:x</c> and, though RouterOS has no word for it, <c>URI:x</c>; other kinds are left out.</summary>
    /// <exception cref="AsnContentException">They are damaged.</exception>
    public static IReadOnlyList<string> Read(byte[] extension)
    {
        var names = new List<string>();
        AsnReader general = new AsnReader(extension, AsnEncodingRules.BER).ReadSequence();
        while (general.HasData)
        {
            Asn1Tag tag = general.PeekTag();
            if (tag.HasSameClassAndValue(Dns))
            {
                names.Add("DNS:" + general.ReadCharacterString(UniversalTagNumber.IA5String, Dns));
            }
            else if (tag.HasSameClassAndValue(Ip))
            {
                byte[] address = general.ReadOctetString(Ip);
                names.Add(address.Length is 4 or 16 ? "IP:" + new IPAddress(address) : throw new AsnContentException());
            }
            else if (tag.HasSameClassAndValue(Email))
            {
                names.Add("email:" + general.ReadCharacterString(UniversalTagNumber.IA5String, Email));
            }
            else if (tag.HasSameClassAndValue(Uri))
            {
                names.Add("URI:" + general.ReadCharacterString(UniversalTagNumber.IA5String, Uri));
            }
            else
            {
                general.ReadEncodedValue();
            }
        }

        return names;
    }
}
