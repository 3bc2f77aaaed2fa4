using System.Security.Cryptography;

namespace SstpRouter.Certificates;

/// <summary>A certificate with its private key, where there is one. Compares by content; neither array is ever written to.</summary>
/// <param name="Der">The certificate, DER (RFC 5280 4.1).</param>
/// <param name="PrivateKeyPkcs8">Its private key as unencrypted PKCS#8, DER (RFC 5958), or null. It belongs to the certificate:
/// whoever makes the pair has compared the public keys.</param>
public sealed record StoredCertificate(byte[] Der, byte[]? PrivateKeyPkcs8)
{
    /// <summary>The SHA-256 of the certificate, 64 lower-case hexadecimal digits.</summary>
    public string Fingerprint { get; } = Convert.ToHexStringLower(SHA256.HashData(Der));

    /// <inheritdoc/>
    public bool Equals(StoredCertificate? other) =>
        other is not null && Der.AsSpan().SequenceEqual(other.Der)
        && PrivateKeyPkcs8 is null == other.PrivateKeyPkcs8 is null
        && PrivateKeyPkcs8.AsSpan().SequenceEqual(other.PrivateKeyPkcs8);

    /// <inheritdoc/>
    public override int GetHashCode() => Fingerprint.GetHashCode(StringComparison.Ordinal);

    /// <summary>The fingerprint; never anything of the key.</summary>
    public override string ToString() => Fingerprint + (PrivateKeyPkcs8 is null ? "" : " with private key");
}
