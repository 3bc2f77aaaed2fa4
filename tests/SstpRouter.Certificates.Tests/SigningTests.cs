namespace SstpRouter.Certificates.Tests;

/// <summary>What we sign, as OpenSSL sees it.</summary>
public sealed class SigningTests : IDisposable
{
    internal static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;
    internal static readonly CertificateTemplate AuthorityTemplate = new() { CommonName = "myCa", KeyUsage = ["key-cert-sign", "crl-sign"] };

    private readonly OpenSslTool _openSsl = new();

    public void Dispose() => _openSsl.Dispose();

    public static TheoryData<string> KeySizes => ["1024", "2048", "prime256v1", "secp384r1", "secp521r1", "ed25519"];

    internal static StoredCertificate Authority(string keySize = "prime256v1") =>
        CertificateSigning.SelfSigned(AuthorityTemplate, KeyGeneration.Make(keySize), Now);

    internal static StoredCertificate Issued(CertificateTemplate template, StoredCertificate authority, string keySize = "prime256v1", string? url = null) =>
        CertificateSigning.Issued(template, KeyGeneration.Make(keySize), authority, url, Now);

    [Theory]
    [MemberData(nameof(KeySizes))]
    public void A_chain_of_any_key_verifies(string keySize)
    {
        StoredCertificate authority = Authority(keySize);
        StoredCertificate server = Issued(new CertificateTemplate { CommonName = "server", SubjectAltNames = ["DNS:server.example"] }, authority, keySize);
        _openSsl.Write("ca.crt", CertificateExport.Pem(authority));
        _openSsl.Write("server.crt", CertificateExport.Pem(server));

        string verified = _openSsl.Text("verify -auth_level 0 -x509_strict -purpose sslserver -verify_hostname server.example -CAfile ca.crt server.crt");

        Assert.Contains("server.crt: OK", verified);
        var about = CertificateDescription.Of(server.Der);
        Assert.Equal(keySize, about.KeySize);
        Assert.Equal(CertificateDescription.Of(authority.Der).SubjectKeyId, about.AuthorityKeyId);
    }

    [Fact]
    public void A_template_says_all_of_its_certificate()
    {
        var template = new CertificateTemplate
        {
            CommonName = "Zoë's gate",
            Country = "LV",
            State = "Vidzeme",
            Locality = "Rīga",
            Organization = "Example",
            Unit = "net",
            SubjectAltNames = ["DNS:gate.example", "IP:192.0.2.1", "IP:2001:db8::1", "email:a@gate.example"],
            KeyUsage = ["digital-signature", "key-agreement", "tls-server", "code-sign", "dvcs"],
            DaysValid = 17,
            Digest = "sha384",
        };

        StoredCertificate certificate = Issued(template, Authority("2048"), url: "http://192.0.2.1/crl/1.crl");

        var about = CertificateDescription.Of(certificate.Der);
        Assert.Equal("C=LV,ST=Vidzeme,L=Rīga,O=Example,OU=net,CN=Zoë's gate", about.Subject);
        Assert.Equal("CN=myCa", about.Issuer);
        Assert.Equal(template.SubjectAltNames, about.SubjectAltNames);
        Assert.Equal(template.KeyUsage, about.KeyUsage);
        Assert.Equal(17, about.DaysValid);
        Assert.Equal("sha384", about.DigestAlgorithm);
        Assert.Equal(["http://192.0.2.1/crl/1.crl"], about.RevocationListUrls);
        Assert.False(about.IsAuthority);
    }

    [Fact]
    public void The_default_usage_makes_an_authority_only_of_what_signs_itself()
    {
        var template = new CertificateTemplate { CommonName = "x" };
        StoredCertificate own = CertificateSigning.SelfSigned(template, KeyGeneration.Make("prime256v1"), Now);

        var issued = CertificateDescription.Of(Issued(template, own).Der);

        Assert.True(CertificateDescription.Of(own.Der).IsAuthority);
        Assert.False(issued.IsAuthority);
        Assert.Equal(["digital-signature", "key-encipherment", "data-encipherment", "tls-server", "tls-client"], issued.KeyUsage);
    }

    [Fact]
    public void An_intermediate_is_asked_for_by_name()
    {
        StoredCertificate root = Authority();
        StoredCertificate middle = Issued(AuthorityTemplate with { CommonName = "middle" }, root);
        StoredCertificate leaf = Issued(new CertificateTemplate { CommonName = "leaf" }, middle);
        _openSsl.Write("ca.crt", CertificateExport.Pem(root));
        _openSsl.Write("middle.crt", CertificateExport.Pem(middle));
        _openSsl.Write("leaf.crt", CertificateExport.Pem(leaf));

        Assert.Contains("OK", _openSsl.Text("verify -x509_strict -CAfile ca.crt -untrusted middle.crt leaf.crt"));
    }

    [Fact]
    public void Serial_numbers_are_long_positive_and_never_the_same()
    {
        StoredCertificate authority = Authority();
        var numbers = Enumerable.Range(0, 50).Select(_ => CertificateDescription.Of(Issued(new() { CommonName = "x" }, authority).Der).SerialNumber).ToList();

        Assert.Distinct(numbers);
        Assert.All(numbers, n => Assert.Equal(32, n.Length));
        Assert.All(numbers, n => Assert.InRange(n[0], '4', '7'));
    }

    public static TheoryData<CertificateTemplate, string> Impossible => new()
    {
        { new() { CommonName = "x", Digest = "md5" }, "nobody accepts signatures with md5 any more, use sha256" },
        { new() { CommonName = "x", Country = "Latvia" }, "country is longer than 2 characters" },
        { new() { CommonName = "x", Country = "L1" }, "country is a code of two letters" },
        { new() { CommonName = new string('x', 65) }, "common-name is longer than 64 characters" },
        { new() { CommonName = "x", SubjectAltNames = ["URI:http://x"] }, "URI:http://x is no alternative name: DNS:x, IP:x or email:x" },
        { new() { CommonName = "x", SubjectAltNames = ["IP:x"] }, "IP:x is no alternative name: DNS:x, IP:x or email:x" },
        { new() { CommonName = "x", KeyUsage = ["fly"] }, "there is no key usage fly" },
        { new(), "a certificate needs a common-name, or another part of a subject" },
    };

    [Theory]
    [MemberData(nameof(Impossible))]
    public void What_cannot_be_signed_is_named(CertificateTemplate template, string reason) =>
        Assert.Equal(reason, Assert.Throws<SigningError>(() => CertificateSigning.SelfSigned(template, KeyGeneration.Make("prime256v1"), Now)).Message);

    [Fact]
    public void Who_is_no_authority_signs_nothing()
    {
        StoredCertificate authority = Authority();
        StoredCertificate leaf = Issued(new() { CommonName = "leaf" }, authority);

        Assert.Equal("the CA may not issue others", Assert.Throws<SigningError>(() => Issued(new() { CommonName = "x" }, leaf)).Message);
        Assert.Equal(
            "the CA has no private key here",
            Assert.Throws<SigningError>(() => Issued(new() { CommonName = "x" }, authority with { PrivateKeyPkcs8 = null })).Message);
        Assert.Equal(
            "the CA has expired",
            Assert.Throws<SigningError>(() => CertificateSigning.Issued(new() { CommonName = "x" }, KeyGeneration.Make("ed25519"), authority, null, Now.AddYears(2))).Message);
    }
}
