using System.Globalization;
using System.Net.Sockets;
using System.Text;
using SstpRouter.Lab.Tests.Harness;

namespace SstpRouter.Lab.Tests.Peers;

/// <summary>Pebble, an ACME authority for tests, on a machine of its own address, with the name server that it asks: every name leads to one router.</summary>
internal sealed class Pebble : IDisposable
{
    public const string Program = "/usr/bin/pebble";
    public const string ExternalId = "kid-1";
    public const string ExternalKey = "zWNDZM6eQGHWpSRTPal5eIUYFTu7EajVIoguysqZ9wG44nMEtx3MUAsUDkMTQ12W";

    private const string Names = "/usr/bin/pebble-challtestsrv";
    private const int NamesManagement = 8055;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("pebble-");
    private readonly Host _host;
    private readonly string _address;
    private readonly RunningProgram _names;
    private readonly RunningProgram _pebble;

    /// <param name="host">Where it runs.</param>
    /// <param name="address">Its address there.</param>
    /// <param name="router">Where all names lead.</param>
    /// <param name="authority">Who vouches for its own HTTPS.</param>
    /// <param name="validity">How long its certificates are valid.</param>
    /// <param name="needsExternalAccount">Whether it makes accounts only for those who have <see cref="ExternalId"/>.</param>
    public Pebble(Host host, string address, string router, Authority authority, TimeSpan validity, bool needsExternalAccount = false)
    {
        _host = host;
        _address = address;
        string pair = Path.Combine(_directory.FullName, "pebble.pem");
        File.WriteAllText(pair, authority.Issue("pebble", address));
        string configuration = Path.Combine(_directory.FullName, "pebble.json");
        File.WriteAllText(configuration, string.Create(CultureInfo.InvariantCulture, $$"""
            {
              "pebble": {
                "listenAddress": "{{address}}:14000",
                "managementListenAddress": "{{address}}:15000",
                "certificate": "{{pair}}",
                "privateKey": "{{pair}}",
                "httpPort": 80,
                "tlsPort": 443,
                "ocspResponderURL": "",
                "externalAccountBindingRequired": {{(needsExternalAccount ? "true" : "false")}},
                "externalAccountMACKeys": { "{{ExternalId}}": "{{ExternalKey}}" },
                "domainBlocklist": ["blocked.example.com"],
                "certificateValidityPeriod": {{(long)validity.TotalSeconds}}
              }
            }
            """));
        _names = host.Start(
            Names,
            [
                "-defaultIPv4", router, "-defaultIPv6", "", "-dns01", "127.0.0.1:8053", "-management", $"127.0.0.1:{NamesManagement}",
                "-http01", "", "-https01", "", "-tlsalpn01", "",
            ]);
        // Of three good nonces one is refused, and nothing counts as proved: a proof is fetched for each name of each order.
        _pebble = host.Start(
            "/usr/bin/env",
            [
                "PEBBLE_WFE_NONCEREJECT=30", "PEBBLE_AUTHZREUSE=0", "PEBBLE_VA_NOSLEEP=1", "PEBBLE_VA_ALWAYS_VALID=0",
                Program, "-config", configuration, "-dnsserver", "127.0.0.1:8053",
            ]);
        _pebble.WaitForLine("ACME directory available at");
        Await.Until(() => host.Run(() => IsOpen("127.0.0.1", NamesManagement)), () => "the name server does not start");
    }

    /// <summary>Where its directory is.</summary>
    public string DirectoryUrl => $"https://{_address}:14000/dir";

    /// <summary>True once it has refused a nonce.</summary>
    public bool HasRefusedNonce => _pebble.Lines.Any(l =>
        l.Contains("reject", StringComparison.OrdinalIgnoreCase) && l.Contains("nonce", StringComparison.OrdinalIgnoreCase));

    /// <summary>The root of what it issues, PEM; another one each time that it is started.</summary>
    public string Root()
    {
        using RunningProgram fetch = _host.Start("openssl", ["s_client", "-quiet", "-connect", $"{_address}:15000"]);
        fetch.Input.Write("GET /roots/0 HTTP/1.0\r\n\r\n");
        fetch.Input.Flush();
        string answer = fetch.WaitForEnd().Output;
        return answer[answer.IndexOf("-----BEGIN", StringComparison.Ordinal)..];
    }

    /// <summary>Lets a name lead elsewhere.</summary>
    public void Point(string name, string address)
    {
        string body = $$"""{"host":"{{name}}.","addresses":["{{address}}"]}""";
        _host.Run(() =>
        {
            using var client = new TcpClient("127.0.0.1", NamesManagement);
            using NetworkStream stream = client.GetStream();
            stream.Write(Encoding.ASCII.GetBytes($"POST /add-a HTTP/1.0\r\nContent-Length: {body.Length}\r\n\r\n{body}"));
            using var reader = new StreamReader(stream);
            Assert.Contains("200 OK", reader.ReadToEnd());
        });
    }

    public void Dispose()
    {
        _pebble.Dispose();
        _names.Dispose();
        _directory.Delete(recursive: true);
    }

    private static bool IsOpen(string address, int port)
    {
        try
        {
            using var client = new TcpClient(address, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

/// <summary>A test that needs Pebble beside root.</summary>
internal sealed class PebbleFactAttribute : FactAttribute
{
    public PebbleFactAttribute() => Skip = new RootFactAttribute().Skip
        ?? (File.Exists(Pebble.Program) ? null : "needs pebble, an ACME authority for tests: apt-get install pebble");
}
