using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SstpRouter.Certificates.Reading;

/// <summary>Key usages under RouterOS's names.</summary>
internal static class KeyUsages
{
    // RFC 5280 4.2.1.3, in the order of its bits.
    private static readonly (X509KeyUsageFlags Flag, string Name)[] Flags =
    [
        (X509KeyUsageFlags.DigitalSignature, "digital-signature"),
        (X509KeyUsageFlags.NonRepudiation, "content-commitment"),
        (X509KeyUsageFlags.KeyEncipherment, "key-encipherment"),
        (X509KeyUsageFlags.DataEncipherment, "data-encipherment"),
        (X509KeyUsageFlags.KeyAgreement, "key-agreement"),
        (X509KeyUsageFlags.KeyCertSign, "key-cert-sign"),
        (X509KeyUsageFlags.CrlSign, "crl-sign"),
        (X509KeyUsageFlags.EncipherOnly, "encipher-only"),
        (X509KeyUsageFlags.DecipherOnly, "decipher-only"),
    ];

    // RFC 5280 4.2.1.12; the two server-gated ones are Netscape's and Microsoft's.
    private static readonly (string Oid, string Name)[] Purposes =
    [
        ("1.3.6.1.5.5.7.3.1", "tls-server"),
        ("1.3.6.1.5.5.7.3.2", "tls-client"),
        ("1.3.6.1.5.5.7.3.3", "code-sign"),
        ("1.3.6.1.5.5.7.3.4", "email-protect"),
        ("1.3.6.1.5.5.7.3.5", "ipsec-end-system"),
        ("1.3.6.1.5.5.7.3.6", "ipsec-tunnel"),
        ("1.3.6.1.5.5.7.3.7", "ipsec-user"),
        ("1.3.6.1.5.5.7.3.8", "timestamp"),
        ("1.3.6.1.5.5.7.3.9", "ocsp-sign"),
        ("1.3.6.1.5.5.7.3.10", "dvcs"),
        ("2.16.840.1.113730.4.1", "server-gated-crypto"),
        ("1.3.6.1.4.1.311.10.3.3", "server-gated-crypto"),
    ];

    /// <summary>The names of a key usage extension.</summary>
    public static IEnumerable<string> NamesOf(X509KeyUsageExtension extension) =>
        Flags.Where(f => extension.KeyUsages.HasFlag(f.Flag)).Select(f => f.Name);

    /// <summary>The names of an extended key usage extension; a purpose without a name keeps its object identifier.</summary>
    public static IEnumerable<string> NamesOf(X509EnhancedKeyUsageExtension extension) =>
        extension.EnhancedKeyUsages.Cast<Oid>().Select(purpose => NameOf(purpose.Value ?? ""));

    /// <summary>The flag of a name, or null where the name is an extended usage's or nobody's.</summary>
    public static X509KeyUsageFlags? FlagOf(string name) => Flags.FirstOrDefault(f => f.Name == name) is { Name: not null } found ? found.Flag : null;

    /// <summary>The object identifier of an extended usage, or null where there is none of that name.</summary>
    public static string? PurposeOf(string name) => Purposes.FirstOrDefault(p => p.Name == name).Oid;

    /// <summary>True for the object identifier of an extended usage that has a name.</summary>
    public static bool IsKnown(string purpose) => Purposes.Any(p => p.Oid == purpose);

    private static string NameOf(string purpose) => Purposes.FirstOrDefault(p => p.Oid == purpose).Name ?? purpose;
}
