using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SstpRouter.Certificates.Reading;

namespace SstpRouter.Certificates.Issuing;

/// <summary>The extensions (RFC 5280 4.2) that say what a template says.</summary>
internal static class Extensions
{
    /// <summary>Basic constraints, key usages and alternative names: what a request asks for and a certificate has.</summary>
    /// <exception cref="SigningError">A usage or a name is not known.</exception>
    public static IEnumerable<X509Extension> Of(CertificateTemplate template, bool isAuthority)
    {
        yield return new X509BasicConstraintsExtension(isAuthority, hasPathLengthConstraint: false, 0, critical: true);
        IReadOnlyList<string> usages = template.UsagesOf(isAuthority);
        X509KeyUsageFlags flags = X509KeyUsageFlags.None;
        var purposes = new OidCollection();
        foreach (string usage in usages)
        {
            if (KeyUsages.FlagOf(usage) is { } flag)
            {
                flags |= flag;
            }
            else
            {
                purposes.Add(new Oid(KeyUsages.PurposeOf(usage) ?? throw new SigningError($"there is no key usage {usage}")));
            }
        }

        if (flags != X509KeyUsageFlags.None)
        {
            yield return new X509KeyUsageExtension(flags, critical: true);
        }

        if (purposes.Count > 0)
        {
            yield return new X509EnhancedKeyUsageExtension(purposes, critical: false);
        }

        if (template.SubjectAltNames.Count > 0)
        {
            bool isOnlyName = SubjectName.Of(template).RawData.Length <= 2;
            yield return AlternativeNames(template.SubjectAltNames, isCritical: isOnlyName); // RFC 5280 4.2.1.6
        }
    }

    /// <summary>Where the revocation list of the issuer is (RFC 5280 4.2.1.13).</summary>
    public static X509Extension RevocationListAt(string url) => CertificateRevocationListBuilder.BuildCrlDistributionPointExtension([url]);

    /// <summary>The alternative names <c>DNS:x</c>, <c>IP:x</c>, <c>email:x</c>.</summary>
    /// <exception cref="SigningError">One is none of these.</exception>
    public static X509Extension AlternativeNames(IReadOnlyList<string> names, bool isCritical)
    {
        var builder = new SubjectAlternativeNameBuilder();
        foreach (string name in names)
        {
            int colon = name.IndexOf(':');
            string value = name[(colon + 1)..];
            switch (colon < 0 ? "" : name[..colon].ToUpperInvariant())
            {
                case "DNS":
                    builder.AddDnsName(value);
                    break;
                case "IP" when IPAddress.TryParse(value, out IPAddress? address):
                    builder.AddIpAddress(address);
                    break;
                case "EMAIL":
                    builder.AddEmailAddress(value);
                    break;
                default:
                    throw new SigningError(string.Create(CultureInfo.InvariantCulture, $"{name} is no alternative name: DNS:x, IP:x or email:x"));
            }
        }

        return builder.Build(isCritical);
    }
}
