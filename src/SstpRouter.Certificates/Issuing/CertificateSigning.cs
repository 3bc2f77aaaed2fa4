using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SstpRouter.Certificates.Issuing;
using SstpRouter.Certificates.Keys;

namespace SstpRouter.Certificates;

/// <summary>Makes certificates: what <c>/certificate sign</c> does.</summary>
public static class CertificateSigning
{
    // RFC 5280 4.1.2.2: positive, at most 20 octets, not to be guessed.
    private const int SerialSize = 16;

    /// <summary>A certificate that signs itself.</summary>
    /// <param name="template">What it says.</param>
    /// <param name="privateKey">Its key, PKCS#8.</param>
    /// <param name="now">The first moment of its validity.</param>
    /// <exception cref="SigningError">The template cannot be signed; the text says why.</exception>
    public static StoredCertificate SelfSigned(CertificateTemplate template, byte[] privateKey, DateTimeOffset now) => Making(() =>
    {
        using var key = SigningKey.Open(privateKey);
        CertificateContent content = ContentOf(template, key.PublicKey, template.IsAuthority(signsItself: true));
        return new StoredCertificate(Sign(content, content.Subject, key, template.DaysValid, now), privateKey);
    });

    /// <summary>A certificate that an authority signs.</summary>
    /// <param name="template">What it says.</param>
    /// <param name="privateKey">Its key, PKCS#8.</param>
    /// <param name="authority">Who signs it, with key.</param>
    /// <param name="revocationListUrl">Where the authority's revocation list is, or null.</param>
    /// <param name="now">The first moment of its validity.</param>
    /// <exception cref="SigningError">The template cannot be signed, or not by that authority; the text says why.</exception>
    public static StoredCertificate Issued(
        CertificateTemplate template, byte[] privateKey, StoredCertificate authority, string? revocationListUrl, DateTimeOffset now) => Making(() =>
    {
        using var key = SigningKey.Open(privateKey);
        CertificateContent content = ContentOf(template, key.PublicKey, template.IsAuthority(signsItself: false));
        return new StoredCertificate(Issue(content, authority, revocationListUrl, template.DaysValid, now), privateKey);
    });

    /// <summary>Signs in an authority's name; all extensions but the issuer's own are there already.</summary>
    internal static byte[] Issue(
        CertificateContent content, StoredCertificate authority, string? revocationListUrl, int daysValid, DateTimeOffset now)
    {
        using X509Certificate2 issuer = X509CertificateLoader.LoadCertificate(authority.Der);
        RequireAuthority(authority, now);
        using var key = SigningKey.Open(authority.PrivateKeyPkcs8!);
        if (issuer.Extensions.OfType<X509SubjectKeyIdentifierExtension>().Any())
        {
            content.Extensions.Add(
                X509AuthorityKeyIdentifierExtension.CreateFromCertificate(issuer, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        }

        if (revocationListUrl is not null)
        {
            content.Extensions.Add(Extensions.RevocationListAt(revocationListUrl));
        }

        return Sign(content, issuer.SubjectName.RawData, key, daysValid, now);
    }

    /// <summary>What a template says, with the identifier of its key.</summary>
    internal static CertificateContent ContentOf(CertificateTemplate template, byte[] publicKey, bool isAuthority)
    {
        X500DistinguishedName subject = SubjectName.Of(template);
        if (subject.RawData.Length <= 2 && (isAuthority || template.SubjectAltNames.Count == 0))
        {
            throw new SigningError("a certificate needs a common-name, or another part of a subject");
        }

        var content = new CertificateContent(subject.RawData, publicKey, DigestOf(template.Digest));
        content.Extensions.AddRange(Extensions.Of(template, isAuthority));
        content.Extensions.Add(IdentifierOf(publicKey));
        return content;
    }

    // RFC 5280 4.2.1.2, method 1: the SHA-1 of the key's bits is a name here, no protection.
    internal static X509Extension IdentifierOf(byte[] publicKey)
    {
        AsnReader info = new AsnReader(publicKey, AsnEncodingRules.DER).ReadSequence();
        info.ReadSequence();
        return new X509SubjectKeyIdentifierExtension(SHA1.HashData(info.ReadBitString(out _)), critical: false);
    }

    internal static HashAlgorithmName DigestOf(string word) => word switch
    {
        "sha1" => HashAlgorithmName.SHA1,
        "sha256" => HashAlgorithmName.SHA256,
        "sha384" => HashAlgorithmName.SHA384,
        "sha512" => HashAlgorithmName.SHA512,
        _ => throw new SigningError($"nobody accepts signatures with {word} any more, use sha256"),
    };

    /// <summary>Does something that the framework may refuse, and says so as <see cref="SigningError"/>.</summary>
    internal static T Making<T>(Func<T> make)
    {
        try
        {
            return make();
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or ImportError or NotSupportedException)
        {
            throw new SigningError(e.Message, e);
        }
    }

    private static void RequireAuthority(StoredCertificate authority, DateTimeOffset now)
    {
        var about = CertificateDescription.Of(authority.Der);
        string? fault = authority.PrivateKeyPkcs8 is null ? "has no private key here"
            : !about.IsAuthority ? "may not issue others"
            : about.InvalidAfter < now ? "has expired"
            : null;
        if (fault is not null)
        {
            throw new SigningError("the CA " + fault);
        }
    }

    private static byte[] Sign(CertificateContent content, byte[] issuer, SigningKey key, int daysValid, DateTimeOffset now)
    {
        byte[] serial = RandomNumberGenerator.GetBytes(SerialSize);
        serial[0] = (byte)((serial[0] & 0x7F) | 0x40);
        var from = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
        return content.Certificate(issuer, key, serial, from, from.AddDays(daysValid));
    }
}
