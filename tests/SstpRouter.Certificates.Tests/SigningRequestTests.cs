using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace SstpRouter.Certificates.Tests;

/// <summary>Requests that OpenSSL reads, and those that it makes.</summary>
public sealed class SigningRequestTests : IDisposable
{
    private readonly OpenSslTool _openSsl = new();

    public void Dispose() => _openSsl.Dispose();

    [Theory]
    [InlineData("2048")]
    [InlineData("secp384r1")]
    [InlineData("ed25519")]
    public void OpenSSL_reads_our_request(string keySize)
    {
        var template = new CertificateTemplate { CommonName = "office", SubjectAltNames = ["DNS:office.example"] };
        _openSsl.Write("office.pem", SigningRequests.Make(template, KeyGeneration.Make(keySize), "open sesame"));

        string text = _openSsl.Text("req -in office.pem -verify -noout -text");

        Assert.Contains("self-signature verify OK", text);
        Assert.Contains("CN = office", text);
        Assert.Contains("challengePassword        :open sesame", text);
        Assert.Contains("DNS:office.example", text);
        Assert.Contains("CA:FALSE", text);
        Assert.DoesNotContain("Certificate Sign", text);
    }

    [Theory]
    [InlineData("rsa:2048", "PEM")]
    [InlineData("ec -pkeyopt ec_paramgen_curve:P-256", "DER")]
    [InlineData("ed25519", "PEM")]
    public void We_sign_the_request_of_OpenSSL(string key, string form)
    {
        byte[] request = _openSsl.Run(
            $"req -new -newkey {key} -nodes -keyout key.pem -subj /CN=guest -addext subjectAltName=DNS:guest.example,IP:192.0.2.7,URI:http://x -outform {form} -out request", "request");
        StoredCertificate authority = SigningTests.Authority();

        AnsweredRequest answer = SigningRequests.Answer(request, authority, 30, "sha256", "http://ca/crl/1.crl", SigningTests.Now);

        _openSsl.Write("ca.crt", CertificateExport.Pem(authority));
        _openSsl.Write("guest.crt", CertificateExport.Pem(answer.Certificate));
        Assert.Contains("OK", _openSsl.Text("verify -x509_strict -purpose sslclient -verify_hostname guest.example -CAfile ca.crt guest.crt"));
        Assert.Equal(["DNS:guest.example", "IP:192.0.2.7"], CertificateDescription.Of(answer.Certificate.Der).SubjectAltNames);
        Assert.Equal(64, answer.RequestFingerprint.Length);
        Assert.Single(
            CertificateImport.Read([.. CertificateExport.Pem(answer.Certificate), .. _openSsl["key.pem"]], null).Certificates, c => c.PrivateKeyPkcs8 is not null);
    }

    [Fact]
    public void A_stranger_never_becomes_an_authority()
    {
        byte[] request = _openSsl.Run(
            "req -new -newkey rsa:2048 -nodes -keyout key.pem -subj /CN=mallory -addext basicConstraints=critical,CA:TRUE"
            + " -addext keyUsage=keyCertSign,cRLSign,digitalSignature -addext extendedKeyUsage=clientAuth,OCSPSigning,1.2.3.4 -out request",
            "request");

        AnsweredRequest answer = SigningRequests.Answer(request, SigningTests.Authority(), 30, "sha256", null, SigningTests.Now);

        var about = CertificateDescription.Of(answer.Certificate.Der);
        Assert.False(about.IsAuthority);
        Assert.Equal(["digital-signature", "tls-client"], about.KeyUsage);
    }

    [Theory]
    [InlineData("rsa:2048")]
    [InlineData("ed25519")]
    public void A_request_that_was_tampered_with_is_refused(string key)
    {
        byte[] request = _openSsl.Run($"req -new -newkey {key} -nodes -keyout key.pem -subj /CN=guest -outform DER -out request", "request");
        int name = request.AsSpan().IndexOf("guest"u8);
        request[name] = (byte)'q';

        string reason = Assert.Throws<ImportError>(() => Answer(request)).Message;

        Assert.StartsWith("certificate request: ", reason);
    }

    [Fact]
    public void What_is_no_request_is_refused_with_what_it_is()
    {
        byte[] certificate = CertificateExport.Pem(SigningTests.Authority());
        byte[] cut = [.. SigningRequests.Make(new() { CommonName = "x" }, KeyGeneration.Make("prime256v1"), null).AsSpan(0, 200)];

        Assert.Equal("line 1: CERTIFICATE where one CERTIFICATE REQUEST should be", Assert.Throws<ImportError>(() => Answer(certificate)).Message);
        Assert.Equal("line 1: BEGIN CERTIFICATE REQUEST without its END; the file is cut short", Assert.Throws<ImportError>(() => Answer(cut)).Message);
        Assert.StartsWith("certificate request: ", Assert.Throws<ImportError>(() => Answer(Encoding.ASCII.GetBytes("hello"))).Message);
        Assert.StartsWith("the file is larger", Assert.Throws<ImportError>(() => Answer(new byte[SigningRequests.LargestFile + 1])).Message);
    }

    [Fact]
    public void Too_many_names_are_refused()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=x", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        Enumerable.Range(0, 101).ToList().ForEach(i => names.AddDnsName($"{i}.example"));
        request.CertificateExtensions.Add(names.Build());

        Assert.Equal(
            "the request has more than 100 alternative names",
            Assert.Throws<SigningError>(() => Answer(request.CreateSigningRequest())).Message);
    }

    private static AnsweredRequest Answer(byte[] file) =>
        SigningRequests.Answer(file, SigningTests.Authority(), 30, "sha256", null, SigningTests.Now);
}
