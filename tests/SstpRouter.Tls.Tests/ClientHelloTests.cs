using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using Xunit.Abstractions;

namespace SstpRouter.Tls.Tests;

/// <summary>The ClientHello as it stands on the wire (RFC 5246 7.4.1.2, RFC 8446 4.1.2).</summary>
public sealed class ClientHelloTests(ITestOutputHelper output)
{
    // The anonymous suites of the IANA registry that OpenSSL has with AES and Camellia: DH_anon, then ECDH_anon.
    private static readonly HashSet<int> AnonymousSuites =
        [0x0018, 0x001B, 0x0034, 0x003A, 0x0046, 0x0089, 0x006C, 0x006D, 0x00A6, 0x00A7, 0xC015, 0xC016, 0xC017,
            0xC018, 0xC019];

    private const int AdhAes256GcmSha384 = 0x00A7;
    private const int AdhAes256Sha = 0x003A;
    private const int AecdhAes256Sha = 0xC019;
    private const int EcdheRsaAes256GcmSha384 = 0xC030;
    private const int EcdheRsaAes256Sha = 0xC014;
    private const int DheRsaAes256GcmSha384 = 0x009F;
    private const int RsaAes256GcmSha384 = 0x009D;
    private const int RsaAes256Sha = 0x0035;
    private const int Tls13Aes256GcmSha384 = 0x1302;
    private const int EcdheRsaChaCha = 0xCCA8;
    private const int EmptyRenegotiationInfo = 0x00FF;

    private static readonly TlsClientPolicy Verifying = new()
    {
        VerifyServer = true,
        TrustedCertificates = [TestCertificates.Authority.Der],
    };

    [Fact]
    public void A_client_that_verifies_nothing_offers_both_kinds_with_certificates_first()
    {
        var suites = Hello.Of(new TlsClientPolicy()).Suites;

        Assert.Empty(new[] { AdhAes256GcmSha384, AdhAes256Sha, AecdhAes256Sha }.Except(suites));
        Assert.Empty(new[]
        {
            Tls13Aes256GcmSha384, EcdheRsaAes256GcmSha384, EcdheRsaChaCha, DheRsaAes256GcmSha384, RsaAes256Sha,
        }.Except(suites));
        Assert.True(suites.IndexOf(RsaAes256Sha) < suites.IndexOf(AdhAes256GcmSha384));
        Assert.Contains(0x0304, Hello.Of(new TlsClientPolicy()).Versions);
        Assert.Contains(0x0301, Hello.Of(new TlsClientPolicy()).Versions);
    }

    public static TheoryData<TlsVersions, TlsPfs, TlsCiphers, bool> Settings()
    {
        var all = new TheoryData<TlsVersions, TlsPfs, TlsCiphers, bool>();
        foreach (var versions in Enum.GetValues<TlsVersions>())
        {
            foreach (var pfs in Enum.GetValues<TlsPfs>())
            {
                foreach (var ciphers in Enum.GetValues<TlsCiphers>().Where(ciphers => ciphers != TlsCiphers.None))
                {
                    all.Add(versions, pfs, ciphers, true);
                    all.Add(versions, pfs, ciphers, false);
                }
            }
        }
        return all;
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void A_client_that_relies_on_certificates_offers_no_anonymous_suite_whatever_else_is_set(
        TlsVersions versions, TlsPfs pfs, TlsCiphers ciphers, bool isExplicit)
    {
        var set = new TlsClientPolicy
        {
            Versions = versions,
            Pfs = pfs,
            Ciphers = ciphers,
            PfsExplicit = isExplicit,
            CiphersExplicit = isExplicit,
        };

        var verifying = Hello.Of(set with { VerifyServer = true }).Suites;
        var withCertificate = Hello.Of(set with { Identity = TestCertificates.Client.Identity }).Suites;

        Assert.DoesNotContain(verifying, AnonymousSuites.Contains);
        Assert.DoesNotContain(withCertificate, AnonymousSuites.Contains);
        Assert.Contains(Hello.Of(set).Suites, AnonymousSuites.Contains);
    }

    [Theory]
    [InlineData(TlsPfs.No, TlsCiphers.Aes256Sha, new[] { RsaAes256Sha })]
    [InlineData(TlsPfs.No, TlsCiphers.All, new[] { RsaAes256GcmSha384, RsaAes256Sha })]
    [InlineData(TlsPfs.Yes, TlsCiphers.Aes256GcmSha384,
        new[] { 0xC02C, EcdheRsaAes256GcmSha384, DheRsaAes256GcmSha384, RsaAes256GcmSha384 })]
    [InlineData(TlsPfs.Required, TlsCiphers.Aes256Sha, new[] { 0xC00A, EcdheRsaAes256Sha })]
    public void Explicit_settings_are_the_whole_offer(TlsPfs pfs, TlsCiphers ciphers, int[] expected)
    {
        var hello = Hello.Of(
            Verifying with { Pfs = pfs, PfsExplicit = true, Ciphers = ciphers, CiphersExplicit = true });

        Assert.Equal([.. expected, EmptyRenegotiationInfo], hello.Suites);
        Assert.DoesNotContain(0x0304, hello.Versions);
    }

    [Fact]
    public void Only_1_2_offers_no_other_version()
    {
        var hello = Hello.Of(new TlsClientPolicy { Versions = TlsVersions.Only12 });

        Assert.Equal(0x0303, hello.LegacyVersion);
        Assert.Empty(hello.Versions.Except([0x0303]));
        Assert.DoesNotContain(Tls13Aes256GcmSha384, hello.Suites);
        Assert.Contains(EcdheRsaChaCha, hello.Suites);
    }

    [Fact]
    public void A_processor_without_AES_puts_ChaCha20_first()
    {
        var fast = Policy.TlsOffer.ForClient(Verifying, fastAes: true);
        var slow = Policy.TlsOffer.ForClient(Verifying, fastAes: false);

        Assert.StartsWith("ECDHE-ECDSA-AES256-GCM-SHA384:", fast.Suites);
        Assert.StartsWith("ECDHE-ECDSA-CHACHA20-POLY1305:", slow.Suites);
        Assert.StartsWith("TLS_CHACHA20_POLY1305_SHA256:", slow.Tls13Suites);
        Assert.Equal(fast.Suites.Split(':').Order(), slow.Suites.Split(':').Order());
    }

    [Theory]
    [InlineData(100, 200, true)]
    [InlineData(100, 100, true)]
    [InlineData(100, 80, true)]
    [InlineData(100, 70, false)]
    [InlineData(100, 30, false)]
    public void ChaCha20_goes_first_where_it_is_clearly_faster(int aes, int chaCha, bool aesFirst) => Assert.Equal(
        aesFirst, Policy.CipherSpeed.IsAesFirst(TimeSpan.FromMicroseconds(aes), TimeSpan.FromMicroseconds(chaCha)));

    [Fact]
    public void The_measurement_reaches_both_ciphers_and_its_outcome_the_wire()
    {
        var start = Stopwatch.GetTimestamp();
        var (aes, chaCha) = (Policy.CipherSpeed.Time("AES-256-GCM"), Policy.CipherSpeed.Time("ChaCha20-Poly1305"));
        output.WriteLine(
            $"a record takes {aes.TotalMicroseconds} us by AES and {chaCha.TotalMicroseconds} us by ChaCha20; " +
            $"measured within {Stopwatch.GetElapsedTime(start).TotalMilliseconds} ms");
        Assert.InRange(aes, TimeSpan.FromTicks(1), TimeSpan.FromSeconds(10));
        Assert.InRange(chaCha, TimeSpan.FromTicks(1), TimeSpan.FromSeconds(10));
        Assert.Equal(TimeSpan.MaxValue, Policy.CipherSpeed.Time("NO-SUCH-CIPHER"));

        var suites = Hello.Of(Verifying).Suites;
        Assert.Equal(
            Policy.CipherSpeed.AesFirst, suites.IndexOf(EcdheRsaAes256GcmSha384) < suites.IndexOf(EcdheRsaChaCha));
    }

    [Theory]
    [InlineData(true, "vpn.example.com", "vpn.example.com")]
    [InlineData(true, "vpn.example.com.", "vpn.example.com")]
    [InlineData(false, "vpn.example.com", null)]
    [InlineData(true, "192.0.2.1", null)]
    [InlineData(true, "2001:db8::1", null)]
    public void The_server_is_named_when_asked_to_and_never_by_address(bool sni, string connectTo, string? sent) =>
        Assert.Equal(sent, Hello.Of(new TlsClientPolicy { SendSni = sni, ServerName = connectTo }).ServerName);

    private sealed record Hello(int LegacyVersion, List<int> Suites, List<int> Versions, string? ServerName)
    {
        public static Hello Of(TlsClientPolicy policy)
        {
            using var context = TlsContext.ForClient(policy);
            using var connection = context.Connect();
            Assert.Equal(TlsStatus.WantsInput, connection.Handshake());
            var buffer = new byte[16384];
            return Parse(buffer.AsSpan(0, connection.TakeCiphertext(buffer)));
        }

        private static Hello Parse(ReadOnlySpan<byte> record)
        {
            // Record header (5), message header (4), version (2), random (32), session id.
            var version = BinaryPrimitives.ReadUInt16BigEndian(record[9..]);
            var rest = record[43..];
            rest = rest[(1 + rest[0])..];
            var suites = Numbers(rest[2..(2 + BinaryPrimitives.ReadUInt16BigEndian(rest))]);
            rest = rest[(2 + BinaryPrimitives.ReadUInt16BigEndian(rest))..];
            rest = rest[(1 + rest[0] + 2)..];
            var versions = new List<int>();
            string? name = null;
            while (rest.Length > 0)
            {
                var type = BinaryPrimitives.ReadUInt16BigEndian(rest);
                var body = rest[4..(4 + BinaryPrimitives.ReadUInt16BigEndian(rest[2..]))];
                if (type == 0)
                {
                    // RFC 6066 3: list length (2), type (1), length (2), name.
                    name = Encoding.ASCII.GetString(body[5..]);
                }
                else if (type == 43)
                {
                    versions = Numbers(body[1..]);
                }
                rest = rest[(4 + body.Length)..];
            }
            return new Hello(version, suites, versions, name);
        }

        private static List<int> Numbers(ReadOnlySpan<byte> bytes)
        {
            var numbers = new List<int>();
            for (var at = 0; at < bytes.Length; at += 2)
            {
                numbers.Add(BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]));
            }
            return numbers;
        }
    }
}
