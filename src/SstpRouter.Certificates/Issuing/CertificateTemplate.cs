namespace SstpRouter.Certificates;

/// <summary>What a certificate or a request shall say, in RouterOS's words.</summary>
public sealed record CertificateTemplate
{
    /// <summary>What <see cref="KeyUsage"/> is where nothing was said.</summary>
    public static IReadOnlyList<string> DefaultKeyUsage { get; } =
        ["digital-signature", "key-encipherment", "data-encipherment", "key-cert-sign", "crl-sign", "tls-server", "tls-client"];

    /// <summary>The digests that sign; RouterOS also names md5, which nobody accepts any more.</summary>
    public static IReadOnlyList<string> Digests { get; } = ["sha1", "sha256", "sha384", "sha512"];

    /// <summary><c>common-name</c>; empty for none.</summary>
    public string CommonName { get; init; } = "";

    /// <summary><c>country</c>: two letters, or empty.</summary>
    public string Country { get; init; } = "";

    /// <summary><c>state</c>, or empty.</summary>
    public string State { get; init; } = "";

    /// <summary><c>locality</c>, or empty.</summary>
    public string Locality { get; init; } = "";

    /// <summary><c>organization</c>, or empty.</summary>
    public string Organization { get; init; } = "";

    /// <summary><c>unit</c>, or empty.</summary>
    public string Unit { get; init; } = "";

    /// <summary><c>subject-alt-name</c>: <c>DNS:x</c>, <c>IP:x</c>, <c>email:x</c>.</summary>
    public IReadOnlyList<string> SubjectAltNames { get; init; } = [];

    /// <summary><c>key-usage</c>: names of key usages and extended ones; null where nothing was said. The default's
    /// <c>key-cert-sign</c> makes an authority only of what signs itself: else every client that an authority certifies could certify more.</summary>
    public IReadOnlyList<string>? KeyUsage { get; init; }

    /// <summary><c>digest-algorithm</c>, one of <see cref="Digests"/>. Ed25519 has a digest of its own.</summary>
    public string Digest { get; init; } = "sha256";

    /// <summary><c>days-valid</c>, from 1.</summary>
    public int DaysValid { get; init; } = 365;

    /// <summary>The usages of the certificate, in no order.</summary>
    internal IReadOnlyList<string> UsagesOf(bool isAuthority) =>
        [.. (KeyUsage ?? DefaultKeyUsage).Where(u => isAuthority || u is not ("key-cert-sign" or "crl-sign"))];

    /// <summary>True where the certificate shall be able to issue others.</summary>
    internal bool IsAuthority(bool signsItself) =>
        KeyUsage is null ? signsItself : KeyUsage.Contains("key-cert-sign");
}
