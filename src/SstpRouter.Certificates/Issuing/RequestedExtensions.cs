using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SstpRouter.Certificates.Reading;

namespace SstpRouter.Certificates.Issuing;

/// <summary>What a stranger's request asks for, as far as it is granted.</summary>
/// <remarks>Never an authority, nothing that is not known, and no more names than a server has.</remarks>
internal static class RequestedExtensions
{
    private const int MostNames = 100;

    private const X509KeyUsageFlags Harmless =
        ~(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign);

    /// <summary>The extensions of the certificate, but for those that are the issuer's to say.</summary>
    /// <exception cref="SigningError">There are too many names, or one that could not be shown.</exception>
    public static IEnumerable<X509Extension> Granted(CertificateRequest asked)
    {
        yield return new X509BasicConstraintsExtension(false, hasPathLengthConstraint: false, 0, critical: true);
        if (asked.CertificateExtensions.OfType<X509KeyUsageExtension>().FirstOrDefault() is { } usage)
        {
            if ((usage.KeyUsages & Harmless) is not X509KeyUsageFlags.None and var granted)
            {
                yield return new X509KeyUsageExtension(granted, critical: true);
            }
        }
        else
        {
            yield return new X509KeyUsageExtension(
                X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment | X509KeyUsageFlags.DataEncipherment, critical: true);
        }

        OidCollection purposes = Purposes(asked);
        if (purposes.Count > 0)
        {
            yield return new X509EnhancedKeyUsageExtension(purposes, critical: false);
        }

        if (asked.CertificateExtensions.FirstOrDefault(e => e.Oid?.Value == Oids.SubjectAltName) is { } names)
        {
            yield return Names(names, isCritical: asked.SubjectName.RawData.Length <= 2);
        }
        else if (asked.SubjectName.RawData.Length <= 2)
        {
            throw new SigningError("the request names nobody");
        }
    }

    private static OidCollection Purposes(CertificateRequest asked)
    {
        var granted = new OidCollection();
        X509EnhancedKeyUsageExtension? wish = asked.CertificateExtensions.OfType<X509EnhancedKeyUsageExtension>().FirstOrDefault();
        IEnumerable<string> purposes = wish?.EnhancedKeyUsages.Cast<Oid>().Select(o => o.Value ?? "")
            ?? [KeyUsages.PurposeOf("tls-server")!, KeyUsages.PurposeOf("tls-client")!];
        foreach (string purpose in purposes.Where(KeyUsages.IsKnown).Where(p => p != KeyUsages.PurposeOf("ocsp-sign")))
        {
            granted.Add(new Oid(purpose));
        }

        return granted;
    }

    private static X509Extension Names(X509Extension wish, bool isCritical)
    {
        IReadOnlyList<string> names = Reading.AlternativeNames.Read(wish.RawData);
        if (names.Count > MostNames)
        {
            throw new SigningError($"the request has more than {MostNames} alternative names");
        }

        string[] granted = [.. names.Where(n => !n.StartsWith("URI:", StringComparison.Ordinal))];
        if (granted.FirstOrDefault(n => n.Any(c => c is <= ' ' or > '~')) is not null)
        {
            throw new SigningError("the request has an alternative name with blanks or control characters");
        }

        return granted.Length > 0 ? Extensions.AlternativeNames(granted, isCritical) : throw new SigningError("the request has no name of a known kind");
    }
}
