using System.Text;

namespace SstpRouter.Certificates.Tests;

/// <summary>What we export, as OpenSSL reads it.</summary>
public sealed class ExportTests : IDisposable
{
    private readonly OpenSslTool _openSsl = new();

    public void Dispose() => _openSsl.Dispose();

    [Theory]
    [MemberData(nameof(SigningTests.KeySizes), MemberType = typeof(SigningTests))]
    public void A_key_opens_with_its_passphrase_alone(string keySize)
    {
        byte[] key = KeyGeneration.Make(keySize);
        _openSsl.Write("key.pem", CertificateExport.EncryptedKeyPem(key, "pass phräse"));

        _openSsl.Text("pkey -in key.pem -passin \"pass:pass phräse\" -outform DER -out key.der");

        Assert.NotEqual(0, _openSsl.Try("pkey -in key.pem -passin pass:wrong1234 -noout").Status);
        Assert.Empty(CertificateImport.Read(_openSsl["key.pem"], "pass phräse").Certificates);
        Assert.Equal(1, CertificateImport.Read(_openSsl["key.pem"], "pass phräse").KeysDecrypted);
        Assert.Equal(key, CertificateImport.Read(_openSsl["key.pem"], "pass phräse").UnmatchedKeys[0]);
        Assert.Contains("AES-256-CBC", _openSsl.Text("asn1parse -in key.pem").ToUpperInvariant());
    }

    [Theory]
    [InlineData("2048")]
    [InlineData("prime256v1")]
    [InlineData("ed25519")]
    public void OpenSSL_reads_our_PKCS12_with_its_chain(string keySize)
    {
        StoredCertificate authority = SigningTests.Authority(keySize);
        StoredCertificate office = SigningTests.Issued(new() { CommonName = "office" }, authority, keySize);
        _openSsl.Write("office.p12", CertificateExport.Pkcs12([office, authority], "12345678"));

        string text = _openSsl.Text("pkcs12 -in office.p12 -passin pass:12345678 -noenc -info");

        Assert.Contains("BEGIN PRIVATE KEY", text);
        Assert.Contains("CN = office", text);
        Assert.Contains("CN = myCa", text);
        Assert.Contains("PBES2, PBKDF2, AES-256-CBC", text);
        Assert.Contains("MAC: sha256", text);
        Assert.NotEqual(0, _openSsl.Try("pkcs12 -in office.p12 -passin pass:87654321 -noenc").Status);
        if (keySize == "ed25519")
        {
            return; // the framework, which reads these files for us, knows no such key
        }

        Assert.Equal([office, authority with { PrivateKeyPkcs8 = null }], CertificateImport.Read(_openSsl["office.p12"], "12345678").Certificates.OrderBy(c => c.PrivateKeyPkcs8 is null));
    }

    [Fact]
    public void The_certificate_is_plain_PEM() =>
        Assert.StartsWith("-----BEGIN CERTIFICATE-----\n", Encoding.ASCII.GetString(CertificateExport.Pem(SigningTests.Authority())));
}
