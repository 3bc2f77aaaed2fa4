using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

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
    public void A_clock_that_stands_before_the_build_is_told_from_a_certificate_of_the_future()
    {
        var built = DateTimeOffset.UtcNow.AddDays(-3);
        var clock = new DateTimeOffset(1970, 1, 1, 0, 5, 0, TimeSpan.Zero);
        AssertRefused(Verifying with { Now = clock, CertainlyPast = built }, Serve(TestCertificates.Server),
            TlsFailureReason.CertificateNotYetValid, "certificate is not yet valid",
            "the clock of this router is wrong: it says 1970-01-01 00:05:00 UTC, and this program was built at " +
            $"{built.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC; set it with date");
        using var pair = new TlsPair(
            Verifying with { CertainlyPast = built },
            Serve(TestCertificates.Make(new CertificateWish("soon") { Issuer = Ca, From = TimeSpan.FromDays(10) })));
        pair.Handshake();
        Assert.DoesNotContain("clock of this router is wrong", pair.Client.Failure?.Detail);
    }

    [Fact]
    public void The_command_that_would_mend_it_is_named_for_this_tunnel()
    {
        using var pair = new TlsPair(
            Verifying with
            {
                VerifyServerAddress = true,
                ServerName = "192.0.2.9",
                SetCommand = "/interface sstp-client set sstp-out1",
            },
            Serve(TestCertificates.Server));
        pair.Handshake();
        Assert.EndsWith(
            "dial a name of the certificate: /interface sstp-client set sstp-out1 connect-to=vpn.example.com; or make the " +
            "certificate with subject-alt-name for 192.0.2.9; or do without the comparison: " +
            "/interface sstp-client set sstp-out1 verify-server-address-from-certificate=no",
            pair.Client.Failure?.Detail);
    }

    // What a peer writes into a certificate must not become part of a command that a user copies.
    [Theory]
    [InlineData("evil.example; /system reset")]
    [InlineData("[/export]")]
    [InlineData("-x")]
    public void A_name_that_is_no_host_name_is_not_offered(string name)
    {
        using var pair = new TlsPair(
            Verifying with { VerifyServerAddress = true, ServerName = "192.0.2.9" },
            Serve(TestCertificates.Make(new CertificateWish($"\"{name}\"") { Issuer = Ca })));
        pair.Handshake();
        Assert.Contains("connect-to=NAME; or make", pair.Client.Failure?.Detail);
    }

    [Fact]
    public void Roots_of_the_system_count_when_the_policy_says_so()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, PemEncoding.WriteString("CERTIFICATE", Ca.Der));
            using (TlsPair.Established(
                Verifying with { TrustedCertificates = [], SystemRoots = file }, Serve(TestCertificates.Server)))
            {
            }
            File.WriteAllText(file, "nothing");
            var refusal = Assert.Throws<TlsPolicyException>(
                () => TlsContext.ForClient(Verifying with { SystemRoots = file }));
            Assert.StartsWith($"the system's trusted roots cannot be read from {file}", refusal.Message);
            Assert.Contains("install ca-certificates", refusal.Message);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Revocation_lists_can_be_replaced_between_handshakes()
    {
        var authority = TestCertificates.Make(new CertificateWish("listed") { IsAuthority = true });
        var server = TestCertificates.Make(new CertificateWish("leaf") { Issuer = authority });
        IReadOnlyList<byte[]> lists = [];
        using var context = TlsContext.ForClient(new TlsClientPolicy
        {
            VerifyServer = true,
            TrustedCertificates = [authority.Der],
            CheckRevocation = true,
            RevocationLists = () => lists,
        });

        Assert.Equal("unable to get certificate CRL", FailureAgainst(context, server)?.Text);
        Assert.Contains("no valid list of CN=listed is here", FailureAgainst(context, server)?.Detail);
        lists = [ListOf(authority)];
        Assert.Null(FailureAgainst(context, server));
        lists = [ListOf(authority, server)];
        Assert.Equal(TlsFailureReason.CertificateRevoked, FailureAgainst(context, server)?.Reason);
        Assert.Equal("certificate revoked", FailureAgainst(context, server)?.Text);
        lists = [[1, 2, 3]];
        Assert.Equal(TlsFailureReason.RevocationUnknown, FailureAgainst(context, server)?.Reason);
    }

    [Fact]
    public void What_is_trusted_by_itself_needs_no_list()
    {
        using var pair = TlsPair.Established(
            Verifying with { TrustedCertificates = [TestCertificates.Server.Der], CheckRevocation = true },
            Serve(TestCertificates.Server));

        Assert.False(pair.Client.IsAnonymous);
    }

    private static byte[] ListOf(TestCertificate authority, params TestCertificate[] revoked)
    {
        var builder = new CertificateRevocationListBuilder();
        Array.ForEach(revoked, one => builder.AddEntry(one.WithKey));
        var certificate = authority.WithKey;
        return builder.Build(
            certificate.SubjectName, TestCertificates.SignerOf(certificate), 1, DateTimeOffset.UtcNow.AddDays(1),
            HashAlgorithmName.SHA256,
            X509AuthorityKeyIdentifierExtension.CreateFromIssuerNameAndSerialNumber(
                certificate.IssuerName, certificate.SerialNumberBytes.Span),
            DateTimeOffset.UtcNow.AddDays(-1));
    }

    private static TlsFailure? FailureAgainst(TlsContext client, TestCertificate server)
    {
        using var serving = TlsContext.ForServer(Serve(server));
        using var one = client.Connect();
        using var other = serving.Accept();
        TlsPair.Handshake(one, other);
        return one.Failure;
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
