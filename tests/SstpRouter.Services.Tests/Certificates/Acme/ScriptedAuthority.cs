using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using SstpRouter.Certificates;
using SstpRouter.Services.Certificates.Acme;
using SstpRouter.Services.Http;

namespace SstpRouter.Services.Tests.Certificates.Acme;

/// <summary>An authority inside the test, for faults that no real one will show: it says the right thing, and a test spoils what it says.</summary>
/// <param name="documents">Where it fetches proofs.</param>
internal sealed class ScriptedAuthority(HttpDocuments documents) : HttpMessageHandler
{
    public const string Root = "https://ca.example.com";
    public const string Token = "token-1";

    private static readonly StoredCertificate Signer = CertificateSigning.SelfSigned(
        new CertificateTemplate { CommonName = "scripted", KeyUsage = ["key-cert-sign", "crl-sign"] }, KeyGeneration.Make("prime256v1"), DateTimeOffset.UtcNow);

    private byte[] _chain = [];
    private bool _isProved;

    /// <summary>Changes an answer: its path, and what would be said.</summary>
    public Func<string, Said, Said>? Spoil { get; set; }

    /// <summary>The paths that were asked for, in order.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>What it found where a proof should be.</summary>
    public string Proof { get; private set; } = "";

    public static AcmeRequest Request { get; } = new(new Uri(Root + "/dir"), ["hq.example.com"]);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string path = request.RequestUri!.AbsolutePath;
        Asked.Add(path);
        string body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        Said said = Answer(path, body);
        said = Spoil?.Invoke(path, said) ?? said;
        if (said.Silence)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        var response = new HttpResponseMessage((HttpStatusCode)said.Status) { Content = new ByteArrayContent(said.Body) };
        response.Headers.Add("Replay-Nonce", "nonce-" + Asked.Count);
        if (said.Location is { } location)
        {
            response.Headers.TryAddWithoutValidation("Location", location);
        }

        if (said.RetryAfter is { } wait)
        {
            response.Headers.TryAddWithoutValidation("Retry-After", wait);
        }

        return response;
    }

    private Said Answer(string path, string body) => path switch
    {
        "/dir" => new(Directory),
        "/nonce" => new(""),
        "/account" => new("""{"status":"valid"}""") { Status = 201, Location = Root + "/account/1" },
        "/order" => Begin(),
        "/order/1" => new(Order()),
        "/authorization/1" => new(Authorization()),
        "/challenge/1" => Fetch(),
        "/finalize/1" => Sign(body),
        "/chain/1" => new("") { Body = _chain },
        _ => new("{}") { Status = 404 },
    };

    private Said Begin()
    {
        _isProved = false;
        _chain = [];
        return new(Order()) { Status = 201, Location = Root + "/order/1" };
    }

    private string Order() => $$"""
        {
          "status": "{{(_chain.Length > 0 ? "valid" : _isProved ? "ready" : "pending")}}",
          "authorizations": ["{{Root}}/authorization/1"],
          "finalize": "{{Root}}/finalize/1",
          "certificate": "{{Root}}/chain/1"
        }
        """;

    private string Authorization() => $$"""
        {
          "status": "{{(_isProved ? "valid" : "pending")}}",
          "identifier": { "type": "dns", "value": "hq.example.com" },
          "challenges": [{ "type": "dns-01" }, { "type": "http-01", "url": "{{Root}}/challenge/1", "token": "{{Token}}" }]
        }
        """;

    private static string Directory => $$"""
        {
          "newNonce": "{{Root}}/nonce",
          "newAccount": "{{Root}}/account",
          "newOrder": "{{Root}}/order",
          "meta": { "termsOfService": "{{Root}}/terms" }
        }
        """;

    private Said Fetch()
    {
        using var client = new TcpClient("127.0.0.1", documents.Port);
        using NetworkStream stream = client.GetStream();
        stream.Write(Encoding.ASCII.GetBytes($"GET /.well-known/acme-challenge/{Token} HTTP/1.1\r\nHost: hq.example.com\r\n\r\n"));
        using var reader = new StreamReader(stream);
        Proof = reader.ReadToEnd();
        _isProved = true;
        return new("{}");
    }

    private Said Sign(string message)
    {
        using var read = JsonDocument.Parse(message);
        byte[] payload = Base64Url.DecodeFromChars(read.RootElement.GetProperty("payload").GetString());
        using var content = JsonDocument.Parse(payload);
        byte[] request = Base64Url.DecodeFromChars(content.RootElement.GetProperty("csr").GetString());
        StoredCertificate leaf = SigningRequests.Answer(request, Signer, 90, "sha256", revocationListUrl: null, DateTimeOffset.UtcNow).Certificate;
        _chain = [.. CertificateExport.Pem(leaf), .. CertificateExport.Pem(Signer)];
        return new(Order());
    }

    /// <summary>What is said.</summary>
    internal sealed record Said(string Text)
    {
        public byte[] Body { get; init; } = Encoding.UTF8.GetBytes(Text);

        public int Status { get; init; } = 200;

        public string? Location { get; init; }

        public string? RetryAfter { get; init; }

        public bool Silence { get; init; }
    }
}
