namespace SstpRouter.Tls.Tests;

/// <summary>A client that knows the server's own certificate.</summary>
public sealed class PinTests
{
    private static readonly TestCertificate Known = TestCertificates.SelfSigned;
    private static readonly string Fingerprint = ServerPin.FingerprintOf(Known.Der);

    // With TLS 1.2 and with 1.3, and by a certificate that no authority vouches for and that has long expired.
    [Theory]
    [InlineData(TlsVersions.Any)]
    [InlineData(TlsVersions.Only12)]
    public void The_pinned_certificate_passes_whatever_else_is_wrong_with_it(TlsVersions versions)
    {
        var old = TestCertificates.Make(new CertificateWish("old") { To = TimeSpan.FromHours(-1), Purpose = CertificateWish.ClientAuth });
        using var pair = TlsPair.Established(
            new TlsClientPolicy { Versions = versions, Pin = ServerPin.To(ServerPin.FingerprintOf(old.Der)) },
            new TlsServerPolicy { Identity = old.Identity });

        Assert.Equal(old.Der, pair.Client.PeerCertificateDer);
    }

    [Theory]
    [InlineData(TlsVersions.Any)]
    [InlineData(TlsVersions.Only12)]
    public void Another_certificate_is_refused_within_the_handshake(TlsVersions versions)
    {
        var other = TestCertificates.Server;
        var pin = ServerPin.To(Fingerprint);
        using var pair = new TlsPair(
            new TlsClientPolicy { Versions = versions, Pin = pin, SetCommand = "/interface sstp-client set sstp-out1" },
            new TlsServerPolicy { Identity = other.Identity });

        Assert.Equal((TlsStatus.Failed, TlsStatus.Failed), pair.Handshake());

        var seen = ServerPin.FingerprintOf(other.Der);
        Assert.Equal(TlsFailureReason.PinMismatch, pair.Client.Failure?.Reason);
        Assert.Equal("server's fingerprint does not match", pair.Client.Failure?.Text);
        Assert.StartsWith($"expected {Fingerprint}, seen {seen}; subject CN=vpn.example.com", pair.Client.Failure?.Detail);
        Assert.EndsWith($"/interface sstp-client set sstp-out1 server-fingerprint={seen}", pair.Client.Failure?.Detail);
        Assert.Equal("peer refused the connection: bad certificate", pair.Server.Failure?.Text);
        Assert.Equal(seen, pin.LastSeen);
    }

    [Fact]
    public void A_pin_and_an_authority_must_both_agree()
    {
        var client = new TlsClientPolicy
        {
            VerifyServer = true,
            TrustedCertificates = [TestCertificates.Authority.Der],
            Pin = ServerPin.To(ServerPin.FingerprintOf(TestCertificates.Server.Der)),
        };
        using (TlsPair.Established(client, new TlsServerPolicy { Identity = TestCertificates.Server.Identity }))
        {
        }
        using (var otherOfTheAuthority = new TlsPair(client, Serve(Make("other"))))
        {
            otherOfTheAuthority.Handshake();
            Assert.Equal(TlsFailureReason.PinMismatch, otherOfTheAuthority.Client.Failure?.Reason);
        }
        using var pinnedAlone = new TlsPair(client with { Pin = ServerPin.To(Fingerprint) }, Serve(Known));
        pinnedAlone.Handshake();
        Assert.Equal(TlsFailureReason.SelfSignedCertificate, pinnedAlone.Client.Failure?.Reason);
    }

    [Fact]
    public void An_anonymous_server_has_no_certificate_that_a_pin_could_hold_for()
    {
        foreach (var pin in new[] { ServerPin.To(Fingerprint), ServerPin.FirstUse(known: null, _ => { }) })
        {
            using var pair = new TlsPair(new TlsClientPolicy { Pin = pin }, new TlsServerPolicy());

            Assert.Equal((TlsStatus.Failed, TlsStatus.Failed), pair.Handshake());
        }
    }

    [Fact]
    public void The_first_certificate_is_learned_when_the_server_has_proved_itself_and_not_before()
    {
        var learned = new List<string>();
        var client = new TlsClientPolicy { Pin = ServerPin.FirstUse(known: null, learned.Add) };
        using (TlsPair.Established(client, Serve(TestCertificates.Server)))
        {
            // A portal that only answered: nobody confirmed it.
        }
        using (var pair = TlsPair.Established(client, Serve(Known)))
        {
            client.Pin.Confirm(pair.Client.PeerCertificateDer);
        }

        Assert.Equal([Fingerprint], learned);
        using var other = new TlsPair(client, Serve(TestCertificates.Server));
        other.Handshake();
        Assert.Equal(TlsFailureReason.PinMismatch, other.Client.Failure?.Reason);
        using (var pair = TlsPair.Established(client, Serve(Known)))
        {
            client.Pin.Confirm(pair.Client.PeerCertificateDer);
        }
        Assert.Single(learned);
    }

    [Fact]
    public void A_policy_that_has_learned_reads_the_same()
    {
        var pin = ServerPin.FirstUse(known: null, _ => { });
        var before = pin.ToString();
        pin.Confirm(Known.Der);

        Assert.Equal(before, pin.ToString());
        Assert.NotEqual(ServerPin.To(Fingerprint).ToString(), before);
    }

    [Fact]
    public void Without_a_pin_what_was_seen_is_noted_and_anonymous_suites_stay()
    {
        var pin = ServerPin.Observing();
        using (TlsPair.Established(new TlsClientPolicy { Pin = pin }, new TlsServerPolicy()))
        {
            Assert.Null(pin.LastSeen);
        }
        using (TlsPair.Established(new TlsClientPolicy { Pin = pin }, Serve(Known)))
        {
            Assert.Equal(Fingerprint, pin.LastSeen);
        }
    }

    private static TestCertificate Make(string name) =>
        TestCertificates.Make(new CertificateWish(name) { Issuer = TestCertificates.Authority });

    private static TlsServerPolicy Serve(TestCertificate certificate) => new() { Identity = certificate.Identity };
}
