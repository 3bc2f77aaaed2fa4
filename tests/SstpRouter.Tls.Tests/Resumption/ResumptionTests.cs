using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SstpRouter.Tls.Tests.Resumption;

/// <summary>Sessions that are resumed, and those that must not be.</summary>
public sealed class ResumptionTests
{
    public static TheoryData<TlsVersions> Both => [TlsVersions.Any, TlsVersions.Only12];

    [Theory]
    [InlineData(TlsVersions.Any, "rsa", "TLSv1.3")]
    [InlineData(TlsVersions.Any, "ec", "TLSv1.3")]
    [InlineData(TlsVersions.Only12, "rsa", "TLSv1.2")]
    [InlineData(TlsVersions.Only12, "ec", "TLSv1.2")]
    public void The_next_connection_resumes_and_shows_what_the_first_did(TlsVersions versions, string kind, string protocol)
    {
        var server = kind == "rsa" ? TestCertificates.Server : TestCertificates.EllipticCurve;
        using var both = new Acquaintance(new TlsClientPolicy { Versions = versions }, new TlsServerPolicy { Identity = server.Identity });

        var first = both.Meet();
        var second = both.Meet();
        var third = both.Meet();

        Assert.Equal((false, true, true), (first.IsResumed, second.IsResumed, third.IsResumed));
        Assert.Equal(protocol, second.Protocol);
        Assert.Equal(first.Encoding, second.Encoding);
        Assert.Equal(server.Der, first.ServerCertificate);
        Assert.Equal(server.Der, second.ServerCertificate);
        Assert.Equal(server.Der, third.ServerCertificate);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void The_clients_certificate_is_the_sessions(TlsVersions versions)
    {
        using var both = new Acquaintance(
            new TlsClientPolicy { Versions = versions, Identity = TestCertificates.Client.Identity, VerifyServer = true, TrustedCertificates = [TestCertificates.Authority.Der] },
            new TlsServerPolicy { Identity = TestCertificates.Server.Identity, VerifyClient = true, TrustedCertificates = [TestCertificates.Authority.Der] });

        both.Meet();
        var second = both.Meet();

        Assert.True(second.IsResumed);
        Assert.Equal(TestCertificates.Client.Der, second.ClientCertificate);
        Assert.Equal(TestCertificates.Server.Der, second.ServerCertificate);
    }

    [Fact]
    public void Nothing_is_resumed_where_no_certificate_took_part()
    {
        using var both = new Acquaintance(new TlsClientPolicy(), new TlsServerPolicy());

        Assert.False(both.Meet().IsResumed);
        Assert.False(both.Meet().IsResumed);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Pfs_required_wants_an_exchange_for_each_connection(bool client, bool server)
    {
        using var both = new Acquaintance(
            new TlsClientPolicy { Pfs = client ? TlsPfs.Required : TlsPfs.Yes, PfsExplicit = true },
            new TlsServerPolicy { Identity = TestCertificates.Server.Identity, Pfs = server ? TlsPfs.Required : TlsPfs.Yes, PfsExplicit = true });

        both.Meet();

        Assert.False(both.Meet().IsResumed);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void A_server_that_lost_its_keys_has_the_handshake_made_in_full(TlsVersions versions)
    {
        var policy = new TlsServerPolicy { Identity = TestCertificates.Server.Identity };
        using var both = new Acquaintance(new TlsClientPolicy { Versions = versions }, policy);
        both.Meet();

        both.RenewServer(policy with { Identity = TestCertificates.EllipticCurve.Identity });
        var after = both.Meet();

        Assert.False(after.IsResumed);
        Assert.Equal(TestCertificates.EllipticCurve.Der, after.ServerCertificate);
        Assert.True(both.Meet().IsResumed);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void A_connection_that_came_to_nothing_takes_the_session_along(TlsVersions versions)
    {
        using var both = new Acquaintance(new TlsClientPolicy { Versions = versions }, new TlsServerPolicy { Identity = TestCertificates.Server.Identity });
        both.Meet();
        using (var lost = new TlsPair(both.Client, both.Server))
        {
            lost.Client.Handshake();
        }

        Assert.False(both.Meet().IsResumed);
        Assert.True(both.Meet().IsResumed);
        both.Client.ForgetSession();
        Assert.False(both.Meet().IsResumed);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void Two_hours_after_the_full_handshake_it_is_over_however_often_it_was_resumed(TlsVersions versions)
    {
        var clock = new StandingClock();
        // Each side by itself: the other one would go on.
        foreach (var (ours, theirs) in new[] { (clock, (TimeProvider)new StandingClock()), (new StandingClock(), clock) })
        {
            using var both = new Acquaintance(
                new TlsClientPolicy { Versions = versions, Clock = ours },
                new TlsServerPolicy { Identity = TestCertificates.Server.Identity, Clock = theirs });
            var resumed = new List<bool>();
            for (var i = 0; i < 5; i++)
            {
                resumed.Add(both.Meet().IsResumed);
                clock.Move(TimeSpan.FromMinutes(50));
            }

            Assert.Equal([false, true, true, false, true], resumed);
        }
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void A_session_ends_with_the_first_certificate_that_expires(TlsVersions versions)
    {
        var authority = TestCertificates.Authority;
        var brief = TestCertificates.Make(new CertificateWish("brief") { Issuer = authority, To = TimeSpan.FromMinutes(30) });
        var briefAuthority = TestCertificates.Make(new CertificateWish("brief ca")
        {
            Issuer = authority,
            IsAuthority = true,
            Key = RSA.Create(2048),
            To = TimeSpan.FromMinutes(30),
        });
        var below = TestCertificates.Make(new CertificateWish("below") { Issuer = briefAuthority });
        var long1 = TestCertificates.Server.Identity;
        (TlsIdentity Server, TlsIdentity Client, bool Ends)[] cases =
        [
            (long1, TestCertificates.Client.Identity, false),
            (brief.Identity, TestCertificates.Client.Identity, true),
            (long1, brief.Identity, true),
            (below.IdentityWith(briefAuthority), TestCertificates.Client.Identity, true),
            (long1, below.IdentityWith(briefAuthority), true),
        ];
        foreach (var (server, client, ends) in cases)
        {
            var clock = new StandingClock();
            using var both = new Acquaintance(
                new TlsClientPolicy { Versions = versions, Clock = clock, VerifyServer = true, TrustedCertificates = [authority.Der], Identity = client },
                new TlsServerPolicy { Clock = clock, VerifyClient = true, TrustedCertificates = [authority.Der], Identity = server });
            both.Meet();
            Assert.True(both.Meet().IsResumed);

            clock.Move(TimeSpan.FromMinutes(31));

            Assert.NotEqual(ends, both.Meet().IsResumed);
        }
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void A_clock_that_is_set_back_ends_it(TlsVersions versions)
    {
        var clock = new StandingClock();
        using var both = new Acquaintance(
            new TlsClientPolicy { Versions = versions, Clock = clock }, new TlsServerPolicy { Identity = TestCertificates.Server.Identity, Clock = clock });
        both.Meet();

        clock.Move(TimeSpan.FromDays(-300));

        Assert.False(both.Meet().IsResumed);
    }

    [Theory]
    [InlineData(TlsVersions.Any, true)]
    [InlineData(TlsVersions.Only12, true)]
    [InlineData(TlsVersions.Any, false)]
    [InlineData(TlsVersions.Only12, false)]
    public void A_certificate_that_was_revoked_meanwhile_is_refused(TlsVersions versions, bool clients)
    {
        var lists = new[] { List() };
        Func<IReadOnlyList<byte[]>> given = () => lists;
        var client = new TlsClientPolicy
        {
            Versions = versions,
            Identity = TestCertificates.Client.Identity,
            VerifyServer = true,
            TrustedCertificates = [TestCertificates.Authority.Der],
        };
        var server = new TlsServerPolicy
        {
            Identity = TestCertificates.Server.Identity,
            VerifyClient = true,
            TrustedCertificates = [TestCertificates.Authority.Der],
        };
        using var both = new Acquaintance(
            clients ? client : client with { CheckRevocation = true, RevocationLists = given },
            clients ? server with { CheckRevocation = true, RevocationLists = given } : server);
        both.Meet();
        Assert.True(both.Meet().IsResumed);

        lists = [List((clients ? TestCertificates.Client : TestCertificates.Server).WithKey)];
        using var pair = new TlsPair(both.Client, both.Server);
        pair.Handshake();

        Assert.Equal("certificate revoked", (clients ? pair.Server : pair.Client).Failure?.Text);
        lists = [List()];
        Assert.False(both.Meet().IsResumed);
        Assert.True(both.Meet().IsResumed);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void A_session_whose_certificate_is_not_the_pinned_one_is_not_offered(TlsVersions versions)
    {
        var pin = ServerPin.FirstUse(known: null, _ => { });
        using var both = new Acquaintance(
            new TlsClientPolicy { Versions = versions, Pin = pin }, new TlsServerPolicy { Identity = TestCertificates.Server.Identity });
        both.Meet();

        pin.Confirm(TestCertificates.SelfSigned.Der);
        using var pair = new TlsPair(both.Client, both.Server);
        pair.Handshake();

        Assert.Equal(TlsFailureReason.PinMismatch, pair.Client.Failure?.Reason);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void A_pinned_certificate_is_seen_on_a_resumed_session_as_well(TlsVersions versions)
    {
        var fingerprint = ServerPin.FingerprintOf(TestCertificates.Server.Der);
        var pin = ServerPin.To(fingerprint);
        using var both = new Acquaintance(
            new TlsClientPolicy { Versions = versions, Pin = pin }, new TlsServerPolicy { Identity = TestCertificates.Server.Identity });
        both.Meet();

        Assert.True(both.Meet().IsResumed);
        Assert.Equal(fingerprint, pin.LastSeen);
    }

    // Sealed shortly before its key goes out of use, a ticket can still be opened; a new one comes with it.
    [Theory]
    [MemberData(nameof(Both))]
    public void Keys_change_and_the_last_one_still_opens(TlsVersions versions)
    {
        var clock = new StandingClock();
        using var both = new Acquaintance(
            new TlsClientPolicy { Versions = versions, Clock = clock }, new TlsServerPolicy { Identity = TestCertificates.Server.Identity, Clock = clock });
        both.Meet();
        clock.Move(TimeSpan.FromMinutes(119));
        both.Client.ForgetSession();
        Assert.False(both.Meet().IsResumed);

        clock.Move(TimeSpan.FromMinutes(60));
        Assert.True(both.Meet().IsResumed);
        Assert.True(both.Meet().IsResumed);
    }

    [Fact]
    public void A_context_that_was_disposed_keeps_nothing()
    {
        var both = new Acquaintance(new TlsClientPolicy(), new TlsServerPolicy { Identity = TestCertificates.Server.Identity });
        using var pair = new TlsPair(both.Client, both.Server);
        both.Dispose();

        Assert.Equal((TlsStatus.Done, TlsStatus.Done), pair.Handshake());
        Assert.Equal("pong"u8, pair.Pass(pair.Server, pair.Client, "pong"u8.ToArray()));
    }

    private static byte[] List(params X509Certificate2[] revoked)
    {
        var builder = new CertificateRevocationListBuilder();
        Array.ForEach(revoked, one => builder.AddEntry(one));
        var authority = TestCertificates.Authority.WithKey;
        return builder.Build(
            authority.SubjectName, TestCertificates.SignerOf(authority), 1, DateTimeOffset.UtcNow.AddDays(1),
            HashAlgorithmName.SHA256,
            X509AuthorityKeyIdentifierExtension.CreateFromIssuerNameAndSerialNumber(
                authority.IssuerName, authority.SerialNumberBytes.Span),
            DateTimeOffset.UtcNow.AddDays(-1));
    }
}
