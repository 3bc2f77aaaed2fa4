using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using SstpRouter.Certificates.Issuing;
using SstpRouter.Certificates.Keys;
using SstpRouter.Certificates.Reading;

namespace SstpRouter.Certificates;

/// <summary>A certificate that was made of somebody's request.</summary>
/// <param name="Certificate">The certificate, without key.</param>
/// <param name="RequestFingerprint"><c>req-fingerprint</c>: the SHA-256 of the request, 64 lower-case hexadecimal digits.</param>
public sealed record AnsweredRequest(StoredCertificate Certificate, string RequestFingerprint);

/// <summary>Requests for certificates, PKCS#10 (RFC 2986): made for another authority, and signed for others.</summary>
public static class SigningRequests
{
    /// <summary>The largest request that is read, in bytes.</summary>
    public const int LargestFile = 64 * 1024;

    private const string Label = "CERTIFICATE REQUEST";

    /// <summary>A request, PEM.</summary>
    /// <param name="template">What the certificate shall say; its days are the authority's to decide.</param>
    /// <param name="privateKey">The key that it is for, PKCS#8.</param>
    /// <param name="challenge">What the authority asked to see in it (RFC 2985 5.4.1), or null.</param>
    /// <exception cref="SigningError">The template cannot be requested; the text says why.</exception>
    public static byte[] Make(CertificateTemplate template, byte[] privateKey, string? challenge) => Pem(Label, MakeDer(template, privateKey, challenge));

    /// <summary>The same, DER.</summary>
    public static byte[] MakeDer(CertificateTemplate template, byte[] privateKey, string? challenge) => CertificateSigning.Making(() =>
    {
        using var key = SigningKey.Open(privateKey);
        // An authority must be asked for by name: the default's key-cert-sign is no wish.
        CertificateContent content = CertificateSigning.ContentOf(template, key.PublicKey, template.IsAuthority(signsItself: false));
        return content.Request(key, challenge);
    });

    /// <summary>Signs somebody's request. Subject, key, alternative names and usages are taken over, but for what would make it an authority.</summary>
    /// <param name="file">The request, PEM or DER.</param>
    /// <param name="authority">Who signs it, with key.</param>
    /// <param name="daysValid">How long it is valid, from 1.</param>
    /// <param name="digest">One of <see cref="CertificateTemplate.Digests"/>.</param>
    /// <param name="revocationListUrl">Where the authority's revocation list is, or null.</param>
    /// <param name="now">The first moment of its validity.</param>
    /// <exception cref="ImportError">The file is no whole request, or its signature is not its own key's.</exception>
    /// <exception cref="SigningError">It cannot be signed, or not by that authority.</exception>
    public static AnsweredRequest Answer(
        ReadOnlySpan<byte> file, StoredCertificate authority, int daysValid, string digest, string? revocationListUrl, DateTimeOffset now)
    {
        byte[] der = DerOf(file);
        HashAlgorithmName hash = CertificateSigning.DigestOf(digest);
        (CertificateRequest asked, byte[] publicKey) = Load(der, hash);
        return CertificateSigning.Making(() =>
        {
            var content = new CertificateContent(asked.SubjectName.RawData, publicKey, hash);
            content.Extensions.AddRange(RequestedExtensions.Granted(asked));
            content.Extensions.Add(CertificateSigning.IdentifierOf(publicKey));
            byte[] made = CertificateSigning.Issue(content, authority, revocationListUrl, daysValid, now);
            return new AnsweredRequest(new StoredCertificate(made, null), Convert.ToHexStringLower(SHA256.HashData(der)));
        });
    }

    internal static byte[] Pem(string label, ReadOnlySpan<byte> der) => Encoding.ASCII.GetBytes(PemEncoding.WriteString(label, der) + "\n");

    private static byte[] DerOf(ReadOnlySpan<byte> file)
    {
        if (file.Length > LargestFile)
        {
            throw new ImportError($"the file is larger than {LargestFile} bytes");
        }

        if (!PemFile.IsPem(file))
        {
            return file.ToArray();
        }

        List<PemBlock> blocks = PemFile.Read(file);
        return blocks is [{ Label: Label or "NEW " + Label } only]
            ? only.Content
            : throw new ImportError($"line {blocks[0].Line}: {blocks[0].Label} where one {Label} should be");
    }

    private static (CertificateRequest Request, byte[] PublicKey) Load(byte[] der, HashAlgorithmName hash)
    {
        try
        {
            Pkcs10Parts parts = Pkcs10Parts.Of(der);
            bool isEd25519 = parts.Algorithm == Oids.Ed25519; // which the framework cannot verify
            if (isEd25519 && !parts.IsSignedByItself())
            {
                throw new CryptographicException("its signature is not its key's");
            }

            CertificateRequestLoadOptions options = CertificateRequestLoadOptions.UnsafeLoadCertificateExtensions
                | (isEd25519 ? CertificateRequestLoadOptions.SkipSignatureValidation : CertificateRequestLoadOptions.Default);
            var request = CertificateRequest.LoadSigningRequest(der, hash, out int consumed, options, RSASignaturePadding.Pkcs1);
            return consumed == der.Length ? (request, parts.PublicKeyInfo) : throw new CryptographicException("something follows it");
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or AsnContentException or NotSupportedException)
        {
            throw new ImportError("certificate request: " + e.Message, e);
        }
    }
}
