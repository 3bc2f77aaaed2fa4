using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace SstpRouter.Tls.Verification;

/// <summary>A certificate in one line for people.</summary>
internal static class CertificateDescription
{
    // Enough for real names; a peer fills no log with a long one.
    private const int MaximumLength = 512;

    public static string Of(byte[]? der)
    {
        if (der is null)
        {
            return "no certificate named";
        }
        try
        {
            using var certificate = X509CertificateLoader.LoadCertificate(der);
            var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
            var text = new StringBuilder()
                .Append($"subject {certificate.Subject}, issuer {certificate.Issuer}")
                .Append($", valid {certificate.NotBefore.ToUniversalTime():yyyy-MM-dd HH:mm:ss}")
                .Append($" to {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd HH:mm:ss} UTC");
            if (names is not null)
            {
                var all = names.EnumerateDnsNames().Select(name => $"DNS:{name}")
                    .Concat(names.EnumerateIPAddresses().Select(address => $"IP:{address}"));
                text.Append(", names ").AppendJoin(',', all);
            }
            return Printable(text.ToString());
        }
        catch (CryptographicException e)
        {
            return $"a certificate that cannot be shown ({Printable(e.Message)})";
        }
    }

    /// <summary>The issuer's name, for a sentence.</summary>
    public static string IssuerOf(byte[]? der) =>
        Read(der, certificate => Printable(certificate.Issuer)) is { Length: > 0 } issuer ? issuer : "its issuer";

    /// <summary>A name or address of the certificate that <c>connect-to</c> could take as it stands; null when there is none.</summary>
    public static string? DialableNameOf(byte[]? der) => Read(der, certificate =>
    {
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
        return names?.EnumerateDnsNames().FirstOrDefault(IsPlainHost)
            ?? names?.EnumerateIPAddresses().FirstOrDefault()?.ToString()
            ?? (certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false) is { } name && IsPlainHost(name) ? name : null);
    });

    private static T? Read<T>(byte[]? der, Func<X509Certificate2, T?> read)
        where T : class
    {
        try
        {
            using var certificate = der is null ? null : X509CertificateLoader.LoadCertificate(der);
            return certificate is null ? null : read(certificate);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    // What a peer wrote goes into a command that a user may copy: letters, digits, dots and hyphens, nothing else.
    private static bool IsPlainHost(string name) =>
        name.Length is > 0 and <= 253 && char.IsAsciiLetterOrDigit(name[0])
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-');

    private static string Printable(string text)
    {
        var kept = text.Length > MaximumLength ? string.Concat(text.AsSpan(0, MaximumLength), "...") : text;
        return string.Create(kept.Length, kept, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = char.IsControl(source[i]) ? '?' : source[i];
            }
        });
    }
}
