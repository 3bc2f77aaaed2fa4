using System.Formats.Asn1;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;

namespace SstpRouter.Certificates.Reading;

/// <summary>Names a certificate's public key in RouterOS's words.</summary>
internal static class PublicKeyKind
{
    /// <summary><c>key-type</c> and <c>key-size</c>.</summary>
    public static (string Type, string Size) Of(X509Certificate2 certificate)
    {
        PublicKey key = certificate.PublicKey;
        switch (key.Oid.Value)
        {
            case Oids.RsaEncryption or Oids.RsaPss:
                // RFC 8017 A.1.1: the modulus comes first. Read here, because a size that the system's policy refuses is a size all the same.
                AsnReader numbers = new AsnReader(key.EncodedKeyValue.RawData, AsnEncodingRules.BER).ReadSequence();
                return ("rsa", numbers.ReadInteger().GetBitLength().ToString(CultureInfo.InvariantCulture));
            case Oids.Dsa:
                AsnReader domain = new AsnReader(ParametersOf(key), AsnEncodingRules.BER).ReadSequence();
                return ("dsa", domain.ReadInteger().GetBitLength().ToString(CultureInfo.InvariantCulture));
            case Oids.EcPublicKey:
                return ("ec", CurveOf(ParametersOf(key)));
            case Oids.Ed25519:
                return ("ed25519", "ed25519");
            case Oids.Ed448:
                return ("ed448", "456");
            default:
                return (key.Oid.Value ?? "", "0");
        }
    }

    private static byte[] ParametersOf(PublicKey key) =>
        key.EncodedParameters?.RawData ?? throw new AsnContentException("the public key has no parameters");

    // RFC 5480 2.1.1: a named curve is an object identifier; anything else spells the curve out.
    private static string CurveOf(byte[] parameters)
    {
        var reader = new AsnReader(parameters, AsnEncodingRules.BER);
        if (reader.PeekTag() != Asn1Tag.ObjectIdentifier)
        {
            return "explicit";
        }

        string oid = reader.ReadObjectIdentifier();
        return oid switch
        {
            "1.2.840.10045.3.1.7" => "prime256v1",
            "1.3.132.0.34" => "secp384r1",
            "1.3.132.0.35" => "secp521r1",
            _ => oid,
        };
    }
}
