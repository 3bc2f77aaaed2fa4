using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SstpRouter.Certificates.Reading;

namespace SstpRouter.Certificates;

/// <summary>What a certificate says, in RouterOS's words and forms.</summary>
public sealed class CertificateDescription
{
    private CertificateDescription(X509Certificate2 certificate)
    {
        var subject = DistinguishedName.Read(certificate.SubjectName.RawData);
        SubjectRaw = certificate.SubjectName.RawData;
        IssuerRaw = certificate.IssuerName.RawData;
        PublicKey = certificate.PublicKey.EncodedKeyValue.RawData;
        Subject = subject.ToString();
        CommonName = subject[DistinguishedName.CommonName];
        Country = subject[DistinguishedName.Country];
        State = subject[DistinguishedName.State];
        Locality = subject[DistinguishedName.Locality];
        Organization = subject[DistinguishedName.Organization];
        Unit = subject[DistinguishedName.Unit];
        Issuer = DistinguishedName.Read(certificate.IssuerName.RawData).ToString();
        SerialNumber = certificate.SerialNumber;
        Fingerprint = Convert.ToHexStringLower(SHA256.HashData(certificate.RawData));
        InvalidBefore = new DateTimeOffset(certificate.NotBefore.ToUniversalTime());
        InvalidAfter = new DateTimeOffset(certificate.NotAfter.ToUniversalTime());
        (KeyType, KeySize) = PublicKeyKind.Of(certificate);
        DigestAlgorithm = DigestNames.Of(certificate.SignatureAlgorithm.Value ?? "");

        var usages = new List<string>();
        foreach (X509Extension extension in certificate.Extensions)
        {
            switch (extension)
            {
                case X509BasicConstraintsExtension constraints:
                    IsAuthority = constraints.CertificateAuthority;
                    break;
                case X509KeyUsageExtension usage:
                    usages.AddRange(KeyUsages.NamesOf(usage));
                    break;
                case X509EnhancedKeyUsageExtension usage:
                    usages.AddRange(KeyUsages.NamesOf(usage));
                    break;
                case X509SubjectKeyIdentifierExtension identifier:
                    SubjectKeyId = Convert.ToHexStringLower(identifier.SubjectKeyIdentifierBytes.Span);
                    break;
                case X509AuthorityKeyIdentifierExtension { KeyIdentifier: { } identifier }:
                    AuthorityKeyId = Convert.ToHexStringLower(identifier.Span);
                    break;
                default:
                    if (extension.Oid?.Value == Oids.SubjectAltName)
                    {
                        SubjectAltNames = AlternativeNames.Read(extension.RawData);
                    }
                    else if (extension.Oid?.Value == Oids.CrlDistributionPoints)
                    {
                        RevocationListUrls = DistributionPoints.Read(extension.RawData);
                    }

                    break;
            }
        }

        KeyUsage = usages;
    }

    /// <summary>The subject on one line, attributes in the certificate's order: <c>C=LV,O=Example,CN=ca</c>.</summary>
    public string Subject { get; }

    /// <summary><c>common-name</c>; empty where there is none.</summary>
    public string CommonName { get; }

    /// <summary><c>country</c>; empty where there is none.</summary>
    public string Country { get; }

    /// <summary><c>state</c>; empty where there is none.</summary>
    public string State { get; }

    /// <summary><c>locality</c>; empty where there is none.</summary>
    public string Locality { get; }

    /// <summary><c>organization</c>; empty where there is none.</summary>
    public string Organization { get; }

    /// <summary><c>unit</c>; empty where there is none.</summary>
    public string Unit { get; }

    /// <summary><c>issuer</c>, in the form of <see cref="Subject"/>.</summary>
    public string Issuer { get; }

    /// <summary><c>serial-number</c>: upper-case hexadecimal, as its bytes stand in the certificate.</summary>
    public string SerialNumber { get; }

    /// <summary><c>fingerprint</c>: SHA-256 of the certificate, 64 lower-case hexadecimal digits.</summary>
    public string Fingerprint { get; }

    /// <summary><c>invalid-before</c>: the first moment of its validity, UTC.</summary>
    public DateTimeOffset InvalidBefore { get; }

    /// <summary><c>invalid-after</c>: the last moment of its validity, UTC.</summary>
    public DateTimeOffset InvalidAfter { get; }

    /// <summary><c>days-valid</c>: the days from the first moment of its validity to the last.</summary>
    public int DaysValid => (int)Math.Round((InvalidAfter - InvalidBefore).TotalDays);

    /// <summary><c>digest-algorithm</c> of its signature; empty where the algorithm names none, as Ed25519 does.</summary>
    public string DigestAlgorithm { get; }

    /// <summary>Where its issuer publishes the revocation list; empty where it does not say.</summary>
    public IReadOnlyList<string> RevocationListUrls { get; } = [];

    /// <summary><c>key-type</c>: <c>rsa</c>, <c>ec</c>, <c>dsa</c>, <c>ed25519</c>, <c>ed448</c>, or the object identifier of anything else.</summary>
    public string KeyType { get; }

    /// <summary><c>key-size</c>: bits (<c>2048</c>), for a named curve its name (<c>prime256v1</c>, <c>ed25519</c>).</summary>
    public string KeySize { get; }

    /// <summary><c>subject-alt-name</c>: <c>DNS:x</c>, <c>IP:x</c>, <c>email:x</c>, in the certificate's order.</summary>
    public IReadOnlyList<string> SubjectAltNames { get; } = [];

    /// <summary><c>key-usage</c>: RouterOS's names of the key usages and the extended ones.</summary>
    public IReadOnlyList<string> KeyUsage { get; }

    /// <summary>True for a certificate that may issue others (RFC 5280 4.2.1.9): flag A.</summary>
    public bool IsAuthority { get; }

    /// <summary>True where subject and issuer are the same name, and the key identifiers do not say otherwise.</summary>
    public bool IsSelfSigned =>
        SubjectRaw.AsSpan().SequenceEqual(IssuerRaw) && (AuthorityKeyId.Length == 0 || SubjectKeyId.Length == 0 || AuthorityKeyId == SubjectKeyId);

    /// <summary><c>akid</c>: the identifier of the issuer's key, lower-case hexadecimal; empty where there is none.</summary>
    public string AuthorityKeyId { get; } = "";

    /// <summary><c>skid</c>: the identifier of its own key, lower-case hexadecimal; empty where there is none.</summary>
    public string SubjectKeyId { get; } = "";

    /// <summary>The subject as it is encoded, by which an issuer is found.</summary>
    internal byte[] SubjectRaw { get; }

    /// <summary>The issuer as it is encoded.</summary>
    internal byte[] IssuerRaw { get; }

    /// <summary>The bits of the public key, by which a private key is found.</summary>
    internal byte[] PublicKey { get; }

    /// <summary>Reads a certificate, DER.</summary>
    /// <exception cref="ImportError">It is damaged; the text goes on from "certificate".</exception>
    public static CertificateDescription Of(ReadOnlySpan<byte> der)
    {
        try
        {
            using X509Certificate2 certificate = X509CertificateLoader.LoadCertificate(der);
            return new CertificateDescription(certificate);
        }
        catch (Exception e) when (e is CryptographicException or AsnContentException or ArgumentException)
        {
            throw new ImportError("certificate is damaged: " + e.Message, e);
        }
    }
}
