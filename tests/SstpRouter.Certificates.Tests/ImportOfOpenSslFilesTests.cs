using System.Text;

namespace SstpRouter.Certificates.Tests;

public sealed class ImportOfOpenSslFilesTests : IDisposable
{
    private const string Rsa = "-newkey rsa:2048";
    private const string Ec = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1";
    private const string Ed25519 = "-newkey ed25519";

    private readonly OpenSslTool _openssl = new();

    public void Dispose() => _openssl.Dispose();

    [Theory]
    [InlineData(Rsa, "rsa", "2048")]
    [InlineData(Ec, "ec", "prime256v1")]
    [InlineData("-newkey ec -pkeyopt ec_paramgen_curve:secp384r1", "ec", "secp384r1")]
    [InlineData(Ed25519, "ed25519", "ed25519")]
    public void A_pem_pair_in_one_file_is_one_certificate_with_its_key(string newKey, string type, string size)
    {
        byte[] key = MakePair(newKey);

        ImportResult result = CertificateImport.Read([.. _openssl["a.crt"], .. key], null);

        AssertNumbers(result, certificates: 1, keys: 1, files: 1);
        var description = CertificateDescription.Of(result.Certificates[0].Der);
        Assert.Equal((type, size, "a"), (description.KeyType, description.KeySize, description.CommonName));
    }

    [Fact]
    public void Key_and_certificate_may_stand_in_any_order_with_text_between()
    {
        byte[] key = MakePair(Rsa);

        ImportResult result = CertificateImport.Read(
            [.. "Bag Attributes\r\n    friendlyName: a\r\n"u8, .. key, .. "subject=CN = a\n"u8, .. _openssl["a.crt"]], null);

        AssertNumbers(result, certificates: 1, keys: 1, files: 1);
    }

    [Theory]
    [InlineData(Rsa, "rsa -in a.key -traditional -out k", "k")]
    [InlineData(Ec, "ec -in a.key -out k", "k")]
    [InlineData(Rsa, "rsa -in a.key -outform DER -traditional -out k", "k")]
    [InlineData(Ec, "ec -in a.key -outform DER -out k", "k")]
    [InlineData(Rsa, "pkcs8 -topk8 -nocrypt -in a.key -outform DER -out k", "k")]
    [InlineData(Ed25519, "pkcs8 -topk8 -nocrypt -in a.key -outform DER -out k", "k")]
    public void Every_plain_form_of_a_key_completes_a_stored_certificate(string newKey, string convert, string result)
    {
        MakePair(newKey);
        ImportResult certificate = CertificateImport.Read(_openssl["a.crt"], null);

        ImportResult key = CertificateImport.Read(_openssl.Run(convert, result), null, certificate.Certificates);

        AssertNumbers(certificate, certificates: 1, keys: 0, files: 1);
        AssertNumbers(key, certificates: 0, keys: 1, files: 1);
        Assert.Equal(certificate.Certificates[0].Fingerprint, key.Completed[0].Fingerprint);
        Assert.NotNull(key.Completed[0].PrivateKeyPkcs8);
    }

    [Theory]
    [InlineData(Rsa, "pkcs8 -topk8 -v2 aes256 -in a.key -passout pass:secret -out k")]
    [InlineData(Ec, "pkcs8 -topk8 -v2 aes256 -in a.key -passout pass:secret -out k")]
    [InlineData(Ed25519, "pkcs8 -topk8 -v2 aes256 -in a.key -passout pass:secret -out k")]
    [InlineData(Rsa, "pkcs8 -topk8 -v2 aes-128-cbc -v2prf hmacWithSHA1 -in a.key -passout pass:secret -out k")]
    [InlineData(Rsa, "pkcs8 -topk8 -v2 aes-192-cbc -v2prf hmacWithSHA384 -in a.key -passout pass:secret -out k")]
    [InlineData(Rsa, "pkcs8 -topk8 -v2 des3 -v2prf hmacWithSHA512 -in a.key -passout pass:secret -out k")]
    [InlineData(Rsa, "pkcs8 -topk8 -v1 PBE-SHA1-3DES -in a.key -passout pass:secret -out k")]
    [InlineData(Ec, "pkcs8 -topk8 -v1 PBE-SHA1-3DES -in a.key -passout pass:secret -out k")]
    [InlineData(Rsa, "pkcs8 -topk8 -v2 aes256 -in a.key -passout pass:secret -outform DER -out k")]
    [InlineData(Rsa, "rsa -in a.key -traditional -aes256 -passout pass:secret -out k")]
    [InlineData(Rsa, "rsa -in a.key -traditional -des3 -passout pass:secret -out k")]
    [InlineData(Ec, "ec -in a.key -aes128 -passout pass:secret -out k")]
    public void An_encrypted_key_opens_with_its_passphrase_and_counts_as_a_failure_without(string newKey, string encrypt)
    {
        MakePair(newKey);
        byte[] encrypted = _openssl.Run(encrypt, "k");
        IReadOnlyList<StoredCertificate> stored = CertificateImport.Read(_openssl["a.crt"], null).Certificates;

        AssertNumbers(CertificateImport.Read(encrypted, "secret", stored), certificates: 0, keys: 1, files: 1);
        AssertNumbers(CertificateImport.Read(encrypted, "Secret", stored), certificates: 0, keys: 0, files: 0, failures: 1);
        AssertNumbers(CertificateImport.Read(encrypted, null, stored), certificates: 0, keys: 0, files: 0, failures: 1);
    }

    [Theory]
    [InlineData(Rsa)]
    [InlineData(Ec)]
    public void A_pkcs12_file_gives_its_certificate_and_key(string newKey)
    {
        MakePair(newKey);
        byte[] file = _openssl.Run("pkcs12 -export -in a.crt -inkey a.key -name a -passout pass:secret -out p", "p");

        ImportResult result = CertificateImport.Read(file, "secret");

        AssertNumbers(result, certificates: 1, keys: 1, files: 1);
        AssertNumbers(CertificateImport.Read(file, "wrong"), certificates: 0, keys: 0, files: 0, failures: 1);
        AssertNumbers(CertificateImport.Read(file, null), certificates: 0, keys: 0, files: 0, failures: 1);
        Assert.Equal(CertificateImport.Read(_openssl["a.crt"], null).Certificates[0].Fingerprint, result.Certificates[0].Fingerprint);
    }

    [Fact]
    public void A_pkcs12_file_without_passphrase_opens_without_one()
    {
        MakePair(Ec);
        byte[] file = _openssl.Run("pkcs12 -export -in a.crt -inkey a.key -passout pass: -out p", "p");

        AssertNumbers(CertificateImport.Read(file, null), certificates: 1, keys: 1, files: 1);
    }

    [Fact]
    public void A_der_certificate_is_imported()
    {
        MakePair(Rsa);

        AssertNumbers(CertificateImport.Read(_openssl.Run("x509 -in a.crt -outform DER -out d", "d"), null), certificates: 1, keys: 0, files: 1);
    }

    [Fact]
    public void A_key_of_another_certificate_is_counted_and_not_given_away()
    {
        byte[] other = MakePair(Rsa);
        MakePair(Rsa);

        ImportResult result = CertificateImport.Read([.. _openssl["a.crt"], .. other], null);

        AssertNumbers(result, certificates: 1, keys: 0, files: 1, withoutCertificate: 1);
        Assert.Null(result.Certificates[0].PrivateKeyPkcs8);
    }

    [Fact]
    public void The_key_that_is_kept_is_the_one_that_openssl_reads()
    {
        MakePair(Ec);
        byte[] traditional = _openssl.Run("ec -in a.key -out k", "k");
        ImportResult result = CertificateImport.Read([.. _openssl["a.crt"], .. traditional], null);

        _openssl.Write("kept", result.Certificates[0].PrivateKeyPkcs8!);
        byte[] kept = _openssl.Run("pkey -inform DER -in kept -pubout -out kept.pub", "kept.pub");

        Assert.Equal(Encoding.ASCII.GetString(_openssl.Run("pkey -in a.key -pubout -out a.pub", "a.pub")), Encoding.ASCII.GetString(kept));
    }

    private byte[] MakePair(string newKey) =>
        _openssl.Run($"req -x509 -nodes {newKey} -keyout a.key -out a.crt -days 30 -subj /CN=a", "a.key");

    private static void AssertNumbers(
        ImportResult result, int certificates, int keys, int files, int failures = 0, int withoutCertificate = 0) =>
        Assert.Equal(
            (certificates, keys, files, failures, withoutCertificate),
            (result.CertificatesImported, result.PrivateKeysImported, result.FilesImported, result.DecryptionFailures, result.KeysWithNoCertificate));
}
