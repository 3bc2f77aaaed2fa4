using System.Formats.Asn1;

namespace SstpRouter.Certificates.Reading;

/// <summary>Where a certificate says that its issuer's revocation list is (RFC 5280 4.2.1.13).</summary>
internal static class DistributionPoints
{
    private static readonly Asn1Tag Point = new(TagClass.ContextSpecific, 0);
    private static readonly Asn1Tag FullName = new(TagClass.ContextSpecific, 0);
    private static readonly Asn1Tag Uri = new(TagClass.ContextSpecific, 6);

    /// <summary>The addresses, in the certificate's order.</summary>
    /// <exception cref="AsnContentException">They are damaged.</exception>
    public static IReadOnlyList<string> Read(byte[] extension)
    {
        var found = new List<string>();
        AsnReader points = new AsnReader(extension, AsnEncodingRules.BER).ReadSequence();
        while (points.HasData)
        {
            AsnReader point = points.ReadSequence();
            if (!point.HasData || !point.PeekTag().HasSameClassAndValue(Point))
            {
                continue;
            }

            AsnReader name = point.ReadSequence(Point);
            if (!name.PeekTag().HasSameClassAndValue(FullName))
            {
                continue;
            }

            AsnReader general = name.ReadSequence(FullName);
            while (general.HasData)
            {
                if (general.PeekTag().HasSameClassAndValue(Uri))
                {
                    found.Add(general.ReadCharacterString(UniversalTagNumber.IA5String, Uri));
                }
                else
                {
                    general.ReadEncodedValue();
                }
            }
        }

        return found;
    }
}
