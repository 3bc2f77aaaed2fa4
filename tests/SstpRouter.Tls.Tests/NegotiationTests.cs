using System.Text;

namespace SstpRouter.Tls.Tests;

/// <summary>What two ends agree on, policy by policy.</summary>
public sealed class NegotiationTests
{
    private static readonly TlsClientPolicy AnyClient = new();
    private static readonly TlsServerPolicy RsaServer = new() { Identity = TestCertificates.SelfSigned.Identity };
    private static readonly TlsServerPolicy EcServer = new() { Identity = TestCertificates.EllipticCurve.Identity };
    private static readonly TlsServerPolicy AnonymousServer = new();

    [Theory]
    [InlineData("rsa")]
    [InlineData("ec")]
    public void Defaults_meet_at_TLS_1_3_with_a_certificate(string kind)
    {
        using var pair = TlsPair.Established(AnyClient, kind == "rsa" ? RsaServer : EcServer);

        Assert.Equal("TLSv1.3", pair.Client.Protocol);
        Assert.Equal("TLSv1.3", pair.Server.Protocol);
        Assert.Contains(pair.Client.CipherSuite, new[] { "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256" });
        Assert.Contains(pair.Client.Encoding, new[] { "AES256-GCM", "CHACHA20-POLY1305" });
        Assert.False(pair.Client.IsAnonymous);
        Assert.False(pair.Server.IsAnonymous);
    }

    [Fact]
    public void Both_ends_show_the_certificate_that_was_used()
    {
        var ca = TestCertificates.Authority;
        using var client = TlsContext.ForClient(new TlsClientPolicy { Identity = TestCertificates.Client.Identity });
        using var pair = TlsPair.Established(
            new TlsClientPolicy { Identity = TestCertificates.Client.Identity },
            new TlsServerPolicy
            {
                Identity = TestCertificates.Server.Identity,
                VerifyClient = true,
                TrustedCertificates = [ca.Der],
            });

        Assert.Equal(TestCertificates.Client.Der, client.LocalCertificateDer);
        Assert.Equal(TestCertificates.Server.Der, pair.Client.PeerCertificateDer);
        Assert.Equal(TestCertificates.Client.Der, pair.Server.PeerCertificateDer);
    }

    [Fact]
    public void One_hello_meets_a_server_without_certificate_at_TLS_1_2()
    {
        using var pair = TlsPair.Established(AnyClient, AnonymousServer);

        Assert.True(pair.Client.IsAnonymous);
        Assert.True(pair.Server.IsAnonymous);
        Assert.Equal("TLSv1.2", pair.Client.Protocol);
        Assert.Equal("ADH-AES256-GCM-SHA384", pair.Client.CipherSuite);
        Assert.Equal("AES256-GCM", pair.Client.Encoding);
        Assert.Null(pair.Client.PeerCertificateDer);
        Assert.Null(pair.Server.PeerCertificateDer);
        Assert.Equal("ping", Encoding.ASCII.GetString(pair.Pass(pair.Client, pair.Server, "ping"u8.ToArray())));
        Assert.Equal("pong", Encoding.ASCII.GetString(pair.Pass(pair.Server, pair.Client, "pong"u8.ToArray())));
    }

    [Theory]
    [InlineData(TlsCiphers.Aes256GcmSha384, "ADH-AES256-GCM-SHA384", "AES256-GCM")]
    [InlineData(TlsCiphers.Aes256Sha, "AECDH-AES256-SHA", "AES256-CBC")]
    public void An_explicit_cipher_holds_for_anonymous_suites(TlsCiphers ciphers, string suite, string encoding)
    {
        using var pair = TlsPair.Established(
            new TlsClientPolicy { Ciphers = ciphers, CiphersExplicit = true }, AnonymousServer);

        Assert.Equal((suite, encoding), (pair.Client.CipherSuite, pair.Client.Encoding));
    }

    // On the server and on the client alike: what one side says explicitly, the other side's default follows.
    [Theory]
    [InlineData(TlsPfs.No, TlsCiphers.All, "AES256-GCM-SHA384", "AES256-GCM")]
    [InlineData(TlsPfs.No, TlsCiphers.Aes256Sha, "AES256-SHA", "AES256-CBC")]
    [InlineData(TlsPfs.Yes, TlsCiphers.All, "ECDHE-RSA-AES256-GCM-SHA384", "AES256-GCM")]
    [InlineData(TlsPfs.Yes, TlsCiphers.Aes256Sha, "ECDHE-RSA-AES256-SHA", "AES256-CBC")]
    [InlineData(TlsPfs.Required, TlsCiphers.Aes256GcmSha384, "ECDHE-RSA-AES256-GCM-SHA384", "AES256-GCM")]
    public void Explicit_pfs_and_ciphers_are_obeyed_with_TLS_1_2(
        TlsPfs pfs, TlsCiphers ciphers, string suite, string encoding)
    {
        var server = RsaServer with { Pfs = pfs, PfsExplicit = true, Ciphers = ciphers, CiphersExplicit = true };
        using (var pair = TlsPair.Established(AnyClient, server))
        {
            Assert.Equal(("TLSv1.2", suite, encoding),
                (pair.Server.Protocol, pair.Server.CipherSuite, pair.Server.Encoding));
        }
        var client = AnyClient with { Pfs = pfs, PfsExplicit = true, Ciphers = ciphers, CiphersExplicit = true };
        using (var pair = TlsPair.Established(client, RsaServer))
        {
            Assert.Equal(("TLSv1.2", suite, encoding),
                (pair.Client.Protocol, pair.Client.CipherSuite, pair.Client.Encoding));
        }
    }

    [Fact]
    public void An_explicit_setting_takes_TLS_1_3_away_even_when_it_repeats_the_default()
    {
        using var pair = TlsPair.Established(AnyClient with { CiphersExplicit = true }, RsaServer);

        Assert.Equal("TLSv1.2", pair.Client.Protocol);
    }

    [Theory]
    [InlineData("rsa", "RSA")]
    [InlineData("ec", "ECDSA")]
    public void Only_1_2_is_TLS_1_2_with_our_best_suites(string kind, string authentication)
    {
        using var pair = TlsPair.Established(
            AnyClient with { Versions = TlsVersions.Only12 }, kind == "rsa" ? RsaServer : EcServer);

        Assert.Equal("TLSv1.2", pair.Client.Protocol);
        Assert.Contains(pair.Client.CipherSuite, new[]
        {
            $"ECDHE-{authentication}-AES256-GCM-SHA384", $"ECDHE-{authentication}-CHACHA20-POLY1305",
        });
    }

    [Fact]
    public void Pfs_required_meets_no_RSA_key_exchange()
    {
        using var pair = new TlsPair(
            AnyClient with { Pfs = TlsPfs.No, PfsExplicit = true, Identity = TestCertificates.Client.Identity },
            RsaServer with { Pfs = TlsPfs.Required, PfsExplicit = true });

        Assert.Equal((TlsStatus.Failed, TlsStatus.Failed), pair.Handshake());
        Assert.Equal(TlsFailureReason.NothingInCommon, pair.Server.Failure?.Reason);
        Assert.Equal(
            "no TLS cipher suite in common with peer: it offers AES256-GCM-SHA384, AES256-SHA, " +
            "this side allows ECDHE-RSA-AES256-GCM-SHA384, ECDHE-RSA-AES256-SHA",
            pair.Server.Failure?.Text);
        Assert.Equal(TlsFailureReason.PeerAlert, pair.Client.Failure?.Reason);
        Assert.Equal("peer refused the connection: handshake failure", pair.Client.Failure?.Text);
        Assert.Contains("alert 40", pair.Client.Failure?.Detail);
        Assert.Contains("offered were TLS 1.0 to 1.2 with AES256-GCM-SHA384, AES256-SHA;", pair.Client.Failure?.Detail);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_client_that_relies_on_certificates_is_refused_by_a_server_without_one(bool verifies)
    {
        var client = verifies
            ? new TlsClientPolicy { VerifyServer = true, TrustedCertificates = [TestCertificates.Authority.Der] }
            : new TlsClientPolicy { Identity = TestCertificates.Client.Identity };
        using var pair = new TlsPair(client, AnonymousServer);

        Assert.Equal((TlsStatus.Failed, TlsStatus.Failed), pair.Handshake());
        Assert.Equal(TlsFailureReason.NothingInCommon, pair.Server.Failure?.Reason);
        Assert.False(pair.Client.Write("x"u8));
    }

    [Fact]
    public void A_short_RSA_key_is_served_with_what_it_can_sign()
    {
        using var key = ShortRsa.Create(512);
        var server = new TlsServerPolicy
        {
            Identity = TestCertificates.Make(new CertificateWish("old") { Key = key }).Identity,
        };
        using var pair = TlsPair.Established(AnyClient, server);

        Assert.Equal("TLSv1.2", pair.Client.Protocol);
    }
}
