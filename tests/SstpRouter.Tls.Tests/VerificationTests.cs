namespace SstpRouter.Tls.Tests;

/// <summary>Which certificates pass, and RouterOS's words for those that do not.</summary>
public sealed class VerificationTests
{
    private static readonly TestCertificate Ca = TestCertificates.Authority;

    private static readonly TlsClientPolicy Verifying = new()
    {
        VerifyServer = true,
        TrustedCertificates = [Ca.Der],
    };

    // With TLS 1.2 and with 1.3: the certificate arrives in clear in one and encrypted in the other.
    [Theory]
    [InlineData(TlsVersions.Any, "TLSv1.3")]
    [InlineData(TlsVersions.Only12, "TLSv1.2")]
    public void A_certificate_of_a_trusted_authority_passes(TlsVersions versions, string protocol)
    {
        using var pair = TlsPair.Established(Verifying with { Versions = versions }, Serve(TestCertificates.Server));

        Assert.Equal(protocol, pair.Client.Protocol);
    }

    [Fact]
    public void A_self_signed_certificate_passes_when_it_is_itself_trusted()
    {
        using var pair = TlsPair.Established(
            Verifying with { TrustedCertificates = [TestCertificates.SelfSigned.Der] },
            Serve(TestCertificates.SelfSigned));

        Assert.False(pair.Client.IsAnonymous);
    }

    [Fact]
    public void A_chain_may_end_in_a_trusted_certificate_that_is_no_root()
    {
        using var pair = TlsPair.Established(
            Verifying with { TrustedCertificates = [TestCertificates.Server.Der] }, Serve(TestCertificates.Server));

        Assert.False(pair.Client.IsAnonymous);
    }

    [Fact]
    public void An_intermediate_is_sent_and_used()
    {
        var intermediate = TestCertificates.Make(new CertificateWish("middle") { Issuer = Ca, IsAuthority = true });
        var leaf = TestCertificates.Make(new CertificateWish("leaf") { Issuer = intermediate });

        using (TlsPair.Established(Verifying, new TlsServerPolicy { Identity = leaf.IdentityWith(intermediate) }))
        {
        }
        AssertRefused(Verifying, Serve(leaf), TlsFailureReason.UnknownIssuer,
            "unable to get issuer certificate locally", "subject CN=leaf, issuer CN=middle");
    }

    [Fact]
    public void An_expired_certificate_is_refused() => AssertRefused(
        Verifying,
        Serve(TestCertificates.Make(new CertificateWish("old")
        {
            Issuer = Ca,
            From = TimeSpan.FromDays(-20),
            To = TimeSpan.FromDays(-10),
        })),
        TlsFailureReason.CertificateExpired, "certificate has expired", "subject CN=old, issuer CN=myCa");

    [Fact]
    public void A_certificate_of_the_future_is_refused() => AssertRefused(
        Verifying,
        Serve(TestCertificates.Make(new CertificateWish("soon") { Issuer = Ca, From = TimeSpan.FromDays(10) })),
        TlsFailureReason.CertificateNotYetValid, "certificate is not yet valid", "check the clock");

    [Fact]
    public void A_client_certificate_is_no_server_certificate() => AssertRefused(
        Verifying, Serve(TestCertificates.Client),
        TlsFailureReason.InvalidCertificatePurpose, "invalid certificate purpose", "tls-server");

    [Fact]
    public void An_issuer_that_is_no_authority_is_refused()
    {
        var issuer = TestCertificates.Make(new CertificateWish("not-a-ca") { Issuer = Ca });
        var leaf = TestCertificates.Make(new CertificateWish("leaf") { Issuer = issuer });

        AssertRefused(Verifying, new TlsServerPolicy { Identity = leaf.IdentityWith(issuer) },
            TlsFailureReason.InvalidCertificatePurpose, "invalid certificate purpose", "depth 1");
    }

    [Fact]
    public void A_self_signed_certificate_that_is_not_trusted_is_refused() => AssertRefused(
        Verifying, Serve(TestCertificates.SelfSigned),
        TlsFailureReason.SelfSignedCertificate, "self signed certificate in a chain", "CN=server");

    [Fact]
    public void A_chain_to_a_root_that_is_not_trusted_is_refused() => AssertRefused(
        Verifying with { TrustedCertificates = [TestCertificates.SelfSigned.Der] },
        new TlsServerPolicy { Identity = TestCertificates.Server.IdentityWith(Ca) },
        TlsFailureReason.SelfSignedCertificate, "self signed certificate in a chain", "subject CN=myCa");

    [Fact]
    public void Without_any_trusted_certificate_nothing_passes() => AssertRefused(
        Verifying with { TrustedCertificates = [] }, Serve(TestCertificates.Server),
        TlsFailureReason.UnknownIssuer, "unable to get issuer certificate locally",
        "/certificate import file-name=FILE.crt trusted=yes with the certificate of CN=myCa");

    [Theory]
    [InlineData("vpn.example.com")]
    [InlineData("VPN.example.com.")]
    [InlineData("east.branch.example.com")]
    [InlineData("192.0.2.1")]
    [InlineData("2001:db8:0::1")]
    public void Connect_to_matches_an_alternative_name(string connectTo)
    {
        using var pair = TlsPair.Established(
            Verifying with { VerifyServerAddress = true, ServerName = connectTo }, Serve(TestCertificates.Server));

        Assert.Equal(TlsStatus.Done, pair.Client.Handshake());
    }

    [Theory]
    [InlineData("vpn.example.org")]
    [InlineData("a.b.branch.example.com")]
    [InlineData("192.0.2.2")]
    [InlineData("2001:db8::2")]
    public void Connect_to_that_the_certificate_does_not_name_is_refused(string connectTo) => AssertRefused(
        Verifying with { VerifyServerAddress = true, ServerName = connectTo }, Serve(TestCertificates.Server),
        TlsFailureReason.AddressMismatch, "server's IP address does not match certificate",
        "DNS:vpn.example.com");

    [Theory]
    [InlineData("hq.example.com")]
    [InlineData("192.168.62.2")]
    public void Connect_to_matches_the_common_name_where_no_alternative_name_stands(string connectTo)
    {
        var server = Serve(TestCertificates.Make(new CertificateWish(connectTo) { Issuer = Ca }));
        var client = Verifying with { VerifyServerAddress = true };

        using (TlsPair.Established(client with { ServerName = connectTo }, server))
        {
        }
        AssertRefused(client with { ServerName = "192.168.62.3" }, server, TlsFailureReason.AddressMismatch,
            "server's IP address does not match certificate", $"CN={connectTo}");
    }

    [Fact]
    public void An_address_that_matches_does_not_hide_another_fault() => AssertRefused(
        Verifying with { VerifyServerAddress = true, ServerName = "192.168.62.2" },
        Serve(TestCertificates.Make(new CertificateWish("192.168.62.2")
        {
            Issuer = Ca,
            From = TimeSpan.FromDays(-20),
            To = TimeSpan.FromDays(-10),
        })),
        TlsFailureReason.CertificateExpired, "certificate has expired", "CN=192.168.62.2");

    [Fact]
    public void A_client_that_verifies_nothing_takes_any_certificate()
    {
        var expired = TestCertificates.Make(new CertificateWish("old")
        {
            From = TimeSpan.FromDays(-20),
            To = TimeSpan.FromDays(-10),
        });
        using var pair = TlsPair.Established(
            new TlsClientPolicy { VerifyServerAddress = true, ServerName = "203.0.113.9" }, Serve(expired));

        Assert.Equal(expired.Der, pair.Client.PeerCertificateDer);
    }

    [Fact]
    public void A_name_in_a_certificate_brings_no_control_characters_into_the_log()
    {
        using var pair = new TlsPair(
            Verifying, Serve(TestCertificates.Make(new CertificateWish("\"a\nsstp,info fake\"") { Issuer = null })));

        pair.Handshake();

        Assert.DoesNotContain(pair.Client.Failure!.Detail, char.IsControl);
        Assert.Contains("a?sstp,info fake", pair.Client.Failure.Detail);
    }

    [Fact]
    public void The_server_hears_why_its_certificate_was_refused()
    {
        using var pair = new TlsPair(Verifying, Serve(TestCertificates.SelfSigned));

        pair.Handshake();

        Assert.Equal(TlsFailureReason.PeerAlert, pair.Server.Failure?.Reason);
        Assert.Equal("peer refused the connection: unknown CA", pair.Server.Failure?.Text);
    }

    private static TlsServerPolicy Serve(TestCertificate certificate) => new() { Identity = certificate.Identity };

    private static void AssertRefused(
        TlsClientPolicy client, TlsServerPolicy server, TlsFailureReason reason, string text, string inDetail)
    {
        using var pair = new TlsPair(client, server);

        Assert.Equal(TlsStatus.Failed, pair.Handshake().Client);
        Assert.Equal((reason, text), (pair.Client.Failure?.Reason, pair.Client.Failure?.Text));
        Assert.Contains(inDetail, pair.Client.Failure?.Detail);
        Assert.Equal("", pair.Client.CipherSuite);
    }
}
