using System.Text;
using SstpRouter.Certificates;

namespace SstpRouter.Services.Tests.Certificates;

/// <summary>What a public authority gives away: a leaf and an intermediate, whose root stays with those who trust it.</summary>
internal static class PublicChain
{
    private static readonly StoredCertificate Root = CertificateSigning.SelfSigned(
        new() { CommonName = "Root X1", KeyUsage = ["key-cert-sign", "crl-sign"] }, KeyGeneration.Make("prime256v1"), DateTimeOffset.UtcNow);

    private static readonly StoredCertificate Middle = CertificateSigning.Issued(
        new() { CommonName = "R3", KeyUsage = ["key-cert-sign", "crl-sign", "digital-signature"] }, KeyGeneration.Make("prime256v1"), Root, null, DateTimeOffset.UtcNow);

    private static readonly StoredCertificate Leaf = CertificateSigning.Issued(
        new() { CommonName = "gate.example" }, KeyGeneration.Make("prime256v1"), Middle, null, DateTimeOffset.UtcNow);

    /// <summary>The leaf, then its issuer: <c>fullchain.pem</c>.</summary>
    public static string Pem => Text(Leaf) + "\n" + Text(Middle);

    /// <summary>The other way round, with the leaf's key.</summary>
    public static string ReversedPemWithKey =>
        Text(Middle) + Text(Leaf) + System.Security.Cryptography.PemEncoding.WriteString("PRIVATE KEY", Leaf.PrivateKeyPkcs8);

    private static string Text(StoredCertificate certificate) => Encoding.ASCII.GetString(CertificateExport.Pem(certificate));
}
