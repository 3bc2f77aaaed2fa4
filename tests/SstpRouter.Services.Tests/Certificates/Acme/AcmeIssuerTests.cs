using System.Text;
using SstpRouter.Certificates;
using SstpRouter.Services.Certificates.Acme;
using SstpRouter.Services.Http;
using Said = SstpRouter.Services.Tests.Certificates.Acme.ScriptedAuthority.Said;

namespace SstpRouter.Services.Tests.Certificates.Acme;

/// <summary>The client of ACME against authorities that are broken, slow, greedy or hostile.</summary>
public sealed class AcmeIssuerTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("acme-");
    private readonly HttpDocuments _documents = new(log: null, port: 0);
    private readonly ScriptedAuthority _authority;
    private readonly List<string> _steps = [];

    public AcmeIssuerTests() => _authority = new ScriptedAuthority(_documents);

    public void Dispose()
    {
        _authority.Dispose();
        _documents.Dispose();
        _directory.Delete(recursive: true);
    }

    [Fact]
    public async Task An_authority_that_does_all_right_gives_a_certificate()
    {
        IssuedCertificate issued = await Issue();

        Assert.Equal(["DNS:hq.example.com"], CertificateDescription.Of(issued.Leaf.Der).SubjectAltNames);
        Assert.Equal("rsa 2048", $"{CertificateDescription.Of(issued.Leaf.Der).KeyType} {CertificateDescription.Of(issued.Leaf.Der).KeySize}");
        Assert.Single(issued.Chain);
        Assert.Contains("Content-Type: application/octet-stream", _authority.Proof);
        Assert.Matches(@"\r\n\r\ntoken-1\.[A-Za-z0-9_-]{43}$", _authority.Proof);
        Assert.Equal(0, _documents.Port);
        Assert.Equal(
            [
                "connecting to ca.example.com", "making an account, agreeing to the terms of https://ca.example.com/terms",
                "proving that hq.example.com leads here", "requesting the certificate",
            ],
            _steps);
    }

    [Fact]
    public async Task An_account_is_made_once_and_anew_where_the_authority_has_forgotten_it()
    {
        await Issue();
        byte[] key = Key();
        await Issue();
        Assert.Equal(key, Key());
        Assert.Single(_steps, s => s.StartsWith("making an account", StringComparison.Ordinal));

        int asked = 0;
        _authority.Spoil = (path, said) => path == "/account" && asked++ == 0 ? Problem("accountDoesNotExist", "who?") : said;
        await Issue();
        Assert.Equal(2, _steps.Count(s => s.StartsWith("making an account", StringComparison.Ordinal)));
        Assert.Equal(key, Key());

        await Issue(ScriptedAuthority.Request with { ResetsKey = true });
        Assert.NotEqual(key, Key());
    }

    [Fact]
    public async Task Nonces_that_are_refused_for_ever_end_it()
    {
        _authority.Spoil = (path, said) => path == "/order" ? Problem("badNonce", "again") : said;

        AcmeError error = await Refused();

        Assert.Contains("(badNonce)", error.Message);
        Assert.Equal(10, _authority.Asked.Count(p => p == "/order"));
    }

    [Fact]
    public async Task A_rate_limit_says_how_long_to_wait()
    {
        _authority.Spoil = (path, said) => path == "/order" ? Problem("rateLimited", "too many orders.") with { Status = 429, RetryAfter = "3600" } : said;

        AcmeError error = await Refused();

        Assert.Equal("too many orders (rateLimited); it has been asked too often, wait before the next attempt", error.Message);
        Assert.Equal(TimeSpan.FromHours(1), error.RetryAfter);
    }

    [Fact]
    public async Task The_same_refusal_means_another_thing_for_an_account_and_for_a_name()
    {
        await Issue();
        _authority.Spoil = (path, said) => path == "/account" ? Problem("unauthorized", "deactivated") : said;
        Assert.Equal("deactivated (unauthorized); make another account with reset-private-key=yes", (await Refused()).Message);

        const string Invalid = """
            {
              "status": "invalid",
              "identifier": { "value": "hq.example.com" },
              "challenges": [{ "error": { "type": "urn:ietf:params:acme:error:unauthorized", "detail": "404" } }]
            }
            """;
        _authority.Spoil = (path, said) => path == "/authorization/1" ? new(Invalid) : said;
        Assert.Equal(
            "hq.example.com: 404 (unauthorized); somebody else answers there: port 80 of that address must lead to this router",
            (await Refused()).Message);
    }

    [Theory]
    [InlineData("../../crl/1.crl")]
    [InlineData("a/b")]
    [InlineData("")]
    [InlineData("a b")]
    public async Task A_token_cannot_take_the_place_of_another_document(string token)
    {
        _documents.Publish("/crl/1.crl", "application/pkix-crl", [1]);
        _authority.Spoil = (path, said) =>
            path == "/authorization/1" ? new(said.Text.Replace(ScriptedAuthority.Token, token, StringComparison.Ordinal)) : said;

        Assert.Equal("the authority's answer is not as it should be: a token that is none", (await Refused()).Message);
        Assert.DoesNotContain("/challenge/1", _authority.Asked);
    }

    [Fact]
    public async Task An_answer_without_end_is_cut_off()
    {
        _authority.Spoil = (path, said) => path == "/chain/1" ? said with { Body = new byte[AcmeWire.LargestAnswer + 1] } : said;

        Assert.Equal("the authority's answer is not as it should be: it is too large", (await Refused()).Message);
    }

    [Fact]
    public async Task A_silent_authority_can_be_interrupted_and_leaves_no_proof_behind()
    {
        using var interrupt = new CancellationTokenSource();
        _authority.Spoil = (path, said) =>
        {
            if (path != "/challenge/1")
            {
                return said;
            }

            interrupt.CancelAfter(TimeSpan.FromMilliseconds(50));
            return said with { Silence = true };
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Issue(end: interrupt.Token));
        Assert.Equal(0, _documents.Port);
    }

    [Theory]
    [InlineData("/dir", "[]", "no JSON object")]
    [InlineData("/dir", "{}", "no https address newNonce")]
    [InlineData("/dir", """{"newNonce":"http://ca.example.com/nonce"}""", "no https address newNonce")]
    [InlineData("/order", """{"finalize":"file:///etc/passwd"}""", "no https address finalize")]
    [InlineData("/order", """{"finalize":"https://x/","authorizations":[7]}""", "no https address authorizations")]
    [InlineData("/chain/1", "nothing", "no certificate")]
    [InlineData("/authorization/1", """{"status":"pending"}""", "does not offer a proof over HTTP")]
    [InlineData("/authorization/1", "{\"status\":\"pending\",\"challenges\":[{\"type\":\"http-01\",\"token\":\"\\ud800\"}]}", "a token that is none")]
    public async Task What_cannot_be_understood_is_told(string at, string answer, string told)
    {
        _authority.Spoil = (path, said) => path == at ? said with { Body = Encoding.UTF8.GetBytes(answer) } : said;

        Assert.Contains(told, (await Refused()).Message);
    }

    [Fact]
    public async Task A_certificate_for_another_key_is_not_taken()
    {
        StoredCertificate other = CertificateSigning.SelfSigned(
            new CertificateTemplate { CommonName = "x" }, KeyGeneration.Make("prime256v1"), DateTimeOffset.UtcNow);
        _authority.Spoil = (path, said) => path == "/chain/1" ? said with { Body = CertificateExport.Pem(other) } : said;

        Assert.Contains("the certificate is for another key", (await Refused()).Message);
    }

    [Fact]
    public async Task What_an_authority_says_cannot_move_the_cursor_or_fill_the_screen()
    {
        _authority.Spoil = (path, said) => path == "/order" ? Problem("x\\u001b[2J", "\\u001b[2J" + new string('y', 5_000)) : said;

        AcmeError error = await Refused();

        Assert.DoesNotContain('\u001b', error.Message);
        Assert.InRange(error.Message.Length, 100, 600);
    }

    /// <summary>Octets changed at random anywhere in what is said: a certificate or an error in words comes of it, and nothing else.</summary>
    [Fact]
    public async Task Damaged_answers_end_in_words()
    {
        int cases = int.TryParse(Environment.GetEnvironmentVariable("SSTP_ROUTER_CASES"), out int given) ? Math.Min(given, 3_000) : 60;
        for (int seed = 0; seed < cases; seed++)
        {
            var random = new Random(seed);
            int at = random.Next(12);
            int step = 0;
            using var authority = new ScriptedAuthority(_documents)
            {
                Spoil = (_, said) => step++ == at && said.Body.Length > 0 ? said with { Body = Damaged(said.Body, random) } : said,
            };
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1));
            try
            {
                await Issuer(authority).Issue(ScriptedAuthority.Request, _ => { }, limit.Token);
            }
            catch (Exception exception) when (exception is AcmeError or OperationCanceledException)
            {
                continue;
            }
            catch (Exception exception)
            {
                Assert.Fail($"seed {seed}: {exception}");
            }
        }
    }

    private static byte[] Damaged(byte[] body, Random random)
    {
        byte[] damaged = [.. body];
        for (int i = random.Next(1, 5); i > 0; i--)
        {
            damaged[random.Next(damaged.Length)] = random.Next(3) == 0 ? (byte)random.Next(256) : "\"\\{}[]:,u0"u8[random.Next(10)];
        }

        return random.Next(4) == 0 ? damaged[..random.Next(damaged.Length)] : damaged;
    }

    private static Said Problem(string type, string detail) =>
        new($$"""{"type":"urn:ietf:params:acme:error:{{type}}","detail":"{{detail}}","status":400}""") { Status = 400 };

    private byte[] Key() => File.ReadAllBytes(Directory.GetFiles(_directory.FullName, "acme-*.key").Single());

    private AcmeIssuer Issuer(ScriptedAuthority authority) => new(
        new AcmeAccounts(new CertificateDirectory(_directory.FullName)),
        _documents,
        () => AcmeWire.Bounded(new Borrowed(authority)),
        TimeProvider.System);

    private Task<IssuedCertificate> Issue(AcmeRequest? request = null, CancellationToken end = default) =>
        Issuer(_authority).Issue(request ?? ScriptedAuthority.Request, _steps.Add, end);

    private Task<AcmeError> Refused() => Assert.ThrowsAsync<AcmeError>(() => Issue());

    /// <summary>The authority outlives the clients that talk to it.</summary>
    private sealed class Borrowed(HttpMessageHandler handler) : DelegatingHandler(handler)
    {
        protected override void Dispose(bool disposing)
        {
        }
    }
}
