using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SstpRouter.Certificates.Keys;

namespace SstpRouter.Certificates.Revocation;

/// <summary>Signs revocation lists.</summary>
internal static class RevocationListSigning
{
    public static byte[] Sign(
        StoredCertificate authority, BigInteger number, IEnumerable<RevokedCertificate> entries, DateTimeOffset now, DateTimeOffset nextUpdate)
    {
        var builder = new CertificateRevocationListBuilder();
        foreach (RevokedCertificate entry in entries)
        {
            builder.AddEntry(Convert.FromHexString(entry.SerialNumber), entry.Time);
        }

        using X509Certificate2 issuer = X509CertificateLoader.LoadCertificate(authority.Der);
        using var key = SigningKey.Open(authority.PrivateKeyPkcs8 ?? throw new SigningError("the CA has no private key here"));
        bool isIdentified = issuer.Extensions.OfType<X509SubjectKeyIdentifierExtension>().Any();
        var identifier = X509AuthorityKeyIdentifierExtension.CreateFromCertificate(
            issuer, includeKeyIdentifier: isIdentified, includeIssuerAndSerial: !isIdentified);
        return builder.Build(issuer.SubjectName, key.Generator, number, nextUpdate, HashAlgorithmName.SHA256, identifier, now);
    }
}
