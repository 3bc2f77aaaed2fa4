namespace SstpRouter.Tls.Tests;

/// <summary>Policies that no connection can be made with, and what the user is told.</summary>
public sealed class PolicyErrorTests
{
    private static readonly TestCertificate Good = TestCertificates.SelfSigned;

    [Fact]
    public void A_certificate_without_key_has_RouterOS_s_words() =>
        AssertRefused("no key for certificate found (6)", new TlsIdentity([Good.Der], []));

    [Fact]
    public void A_key_that_is_no_key_is_refused() =>
        AssertRefused("no key for certificate found (6): the private key cannot be read",
            new TlsIdentity([Good.Der], [1, 2, 3]));

    [Fact]
    public void The_key_of_another_certificate_is_refused() =>
        AssertRefused("the private key does not belong to the certificate",
            new TlsIdentity([Good.Der], TestCertificates.EllipticCurve.KeyPkcs8));

    [Fact]
    public void An_identity_without_certificate_is_refused() =>
        AssertRefused("the certificate is empty", new TlsIdentity([], Good.KeyPkcs8));

    [Fact]
    public void A_certificate_that_is_not_DER_is_refused()
    {
        AssertRefused("cannot be read", new TlsIdentity([[0x30, 0x03, 1, 2, 3]], Good.KeyPkcs8));
        AssertRefused("cannot be read", new TlsIdentity([Good.Der[..^1]], Good.KeyPkcs8));
        AssertRefused("cannot be read", new TlsIdentity([[.. Good.Der, 0]], Good.KeyPkcs8));
        AssertRefused("cannot be read", new TlsIdentity([[]], Good.KeyPkcs8));
    }

    [Theory]
    [InlineData(471, false)]
    [InlineData(472, true)]
    public void RSA_keys_start_at_472_bits(int bits, bool usable)
    {
        using var key = ShortRsa.Create(bits);
        // A key this short cannot sign with SHA-256 itself; its certificate comes from an authority.
        var identity = TestCertificates.Make(
            new CertificateWish("short") { Key = key, Issuer = TestCertificates.Authority }).Identity;

        if (!usable)
        {
            AssertRefused("RSA key has 471 bits and at least 472 are needed", identity);
            return;
        }
        using (var pair = TlsPair.Established(new TlsClientPolicy(), new TlsServerPolicy { Identity = identity }))
        {
            Assert.Equal("TLSv1.2", pair.Server.Protocol);
        }
        using (var pair = TlsPair.Established(new TlsClientPolicy { PfsExplicit = true }, new TlsServerPolicy { Identity = identity }))
        {
            Assert.Equal("TLSv1.2 AES256-GCM-SHA384", $"{pair.Server.Protocol} {pair.Server.CipherSuite}");
        }
    }

    // The framework makes no such certificate.
    [Fact]
    public void Nor_can_an_Edwards_curve_certificate()
    {
        var directory = Directory.CreateTempSubdirectory("sstp-ed-");
        try
        {
            string Path(string name) => System.IO.Path.Combine(directory.FullName, name);
            using var process = System.Diagnostics.Process.Start(
                "openssl", $"req -x509 -newkey ed25519 -nodes -subj /CN=ed -outform DER -out {Path("ed.der")} -keyout {Path("ed.pem")}");
            process.WaitForExit();
            System.Security.Cryptography.PemEncoding.TryFind(File.ReadAllText(Path("ed.pem")), out var fields);
            var key = Convert.FromBase64String(File.ReadAllText(Path("ed.pem"))[fields.Base64Data]);
            var server = new TlsServerPolicy { Identity = new TlsIdentity([File.ReadAllBytes(Path("ed.der"))], key) };

            var refusal = Assert.Throws<TlsPolicyException>(() => TlsContext.ForServer(server with { PfsExplicit = true }));
            Assert.StartsWith("pfs=no needs a certificate with an RSA key", refusal.Message);
            using (var pair = TlsPair.Established(new TlsClientPolicy(), server))
            {
                Assert.Equal("TLSv1.3", pair.Client.Protocol);
            }
            using (var pair = TlsPair.Established(new TlsClientPolicy { Versions = TlsVersions.Only12 }, server))
            {
                Assert.StartsWith("ECDHE-ECDSA-", pair.Client.CipherSuite);
            }
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public void An_elliptic_curve_certificate_cannot_serve_RSA_key_exchange()
    {
        var policy = new TlsServerPolicy { Identity = TestCertificates.EllipticCurve.Identity, PfsExplicit = true };

        var refusal = Assert.Throws<TlsPolicyException>(() => TlsContext.ForServer(policy));

        Assert.StartsWith("pfs=no needs a certificate with an RSA key", refusal.Message);
    }

    [Fact]
    public void A_server_that_asks_for_certificates_needs_one()
    {
        var refusal = Assert.Throws<TlsPolicyException>(
            () => TlsContext.ForServer(new TlsServerPolicy { VerifyClient = true }));

        Assert.Contains("verify-client-certificate=yes needs a server certificate", refusal.Message);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("vpn\0.example.com")]
    public void Address_verification_needs_a_name(string? name)
    {
        var policy = new TlsClientPolicy { VerifyServer = true, VerifyServerAddress = true, ServerName = name };

        var refusal = Assert.Throws<TlsPolicyException>(() => TlsContext.ForClient(policy));

        Assert.Contains("set connect-to", refusal.Message);
    }

    [Fact]
    public void No_ciphers_at_all_are_refused()
    {
        var refusal = Assert.Throws<TlsPolicyException>(
            () => TlsContext.ForClient(new TlsClientPolicy { Ciphers = TlsCiphers.None, CiphersExplicit = true }));

        Assert.StartsWith("ciphers is empty", refusal.Message);
    }

    [Fact]
    public void A_trusted_certificate_that_is_not_DER_is_named()
    {
        var policy = new TlsClientPolicy { VerifyServer = true, TrustedCertificates = [Good.Der, [1, 2]] };

        var refusal = Assert.Throws<TlsPolicyException>(() => TlsContext.ForClient(policy));

        Assert.StartsWith("trusted certificate 1 cannot be read", refusal.Message);
    }

    [Fact]
    public void A_client_s_context_does_not_accept_and_a_server_s_does_not_connect()
    {
        using var client = TlsContext.ForClient(new TlsClientPolicy());
        using var server = TlsContext.ForServer(new TlsServerPolicy());

        Assert.Throws<InvalidOperationException>(() => client.Accept());
        Assert.Throws<InvalidOperationException>(() => server.Connect());
    }

    private static void AssertRefused(string words, TlsIdentity identity)
    {
        var server = Assert.Throws<TlsPolicyException>(
            () => TlsContext.ForServer(new TlsServerPolicy { Identity = identity }));
        var client = Assert.Throws<TlsPolicyException>(
            () => TlsContext.ForClient(new TlsClientPolicy { Identity = identity }));

        Assert.Contains(words, server.Message);
        Assert.Equal(server.Message, client.Message);
    }
}
