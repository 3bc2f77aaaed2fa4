using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using SstpRouter.Tls.Tests.Golden;
using SstpRouter.Tls.Tests.Peers;

namespace SstpRouter.Tls.Tests.Matrix;

/// <summary>
/// Every setting against every kind of peer, by what was negotiated: a table for people, which is also what the tests
/// check. A change of a cell is a change of the product.
/// </summary>
public sealed class NegotiationTableTests : IDisposable
{
    private const string Weak = "-cipher ALL:COMPLEMENTOFALL:@SECLEVEL=0";

    private static readonly (string Name, string Options, bool Rsa)[] Servers =
    [
        ("any, RSA", "", true),
        ("any, EC", "", false),
        ("TLS 1.3 only", "-tls1_3", true),
        ("TLS 1.1 only", "-tls1_1 " + Weak, true),
        ("TLS 1.0 only", "-tls1 " + Weak, true),
        ("RSA key exchange, AES-256-CBC", "-tls1_2 -cipher AES256-SHA", true),
        ("DHE only", "-tls1_2 -cipher DHE-RSA-AES256-GCM-SHA384:DHE-RSA-AES256-SHA", true),
        ("ECDHE with ChaCha20 only", "-tls1_2 -cipher ECDHE-RSA-CHACHA20-POLY1305", true),
        ("AES-128 only", "-tls1_2 -cipher ECDHE-RSA-AES128-GCM-SHA256", true),
        ("no certificate", "-nocert -tls1_2 -cipher aNULL:@SECLEVEL=0", true),
    ];

    private static readonly (string Name, string Options)[] Clients =
    [
        ("any", ""),
        ("TLS 1.2 only", "-tls1_2"),
        ("TLS 1.1 only", "-tls1_1 " + Weak),
        ("TLS 1.0 only", "-tls1 " + Weak),
        ("prefers ChaCha20", "-ciphersuites TLS_CHACHA20_POLY1305_SHA256:TLS_AES_256_GCM_SHA384 -cipher CHACHA20:AES256"),
        ("RSA key exchange, AES-256-CBC", "-tls1_2 -cipher AES256-SHA"),
        ("DHE only", "-tls1_2 -cipher DHE-RSA-AES256-GCM-SHA384:DHE-RSA-AES256-SHA"),
        ("AES-128 only", "-cipher ECDHE-RSA-AES128-GCM-SHA256 -ciphersuites TLS_AES_128_GCM_SHA256"),
        ("anonymous only", "-tls1_2 -cipher aNULL:@SECLEVEL=0"),
        ("with certificate", "-cert {client.crt} -key {client.key}"),
    ];

    private readonly string _directory = Directory.CreateTempSubdirectory("sstp-tls-").FullName;

    public NegotiationTableTests()
    {
        Write("rsa", Settings.Rsa);
        Write("ec", Settings.Ec);
        Write("client", TestCertificates.Client);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Our_client_against_openssl_s_server()
    {
        var cells = new ConcurrentDictionary<(string, string), string>();
        foreach (var (name, options, rsa) in Servers)
        {
            var certificate = options.Contains("-nocert") ? "" : $"-cert {Path(rsa ? "rsa.crt" : "ec.crt")} -key {Path(rsa ? "rsa.key" : "ec.key")}";
            var (program, port) = OpenSslProgram.Serve($"{certificate} {options}", connections: Settings.Client.Count);
            using var _ = program;
            foreach (var (text, policy) in Settings.Client)
            {
                using var context = TlsContext.ForClient(policy);
                using var connection = context.Connect();
                using var socket = OpenSslProgram.Dial(port);
                new SocketPump(connection, socket).HandshakeToTheEnd();
                if (connection.Failure is null)
                {
                    // The other end says the same.
                    Assert.Contains(connection.CipherSuite, program.WaitFor("CIPHER is "));
                }
                cells[(text, name)] = Settings.Cell(connection);
            }
        }
        GoldenText.Check("client-against-openssl.md", Table(
            "Our client's settings against a server of `openssl s_server`", "s_server",
            [.. Settings.Client.Select(row => row.Text)], [.. Servers.Select(peer => peer.Name)], cells));
    }

    [Fact]
    public void Our_server_against_openssl_s_client()
    {
        var cells = new ConcurrentDictionary<(string, string), string>();
        Parallel.ForEach(Settings.Server, row =>
        {
            using var context = TlsContext.ForServer(row.Policy);
            using var listener = new Socket(SocketType.Stream, ProtocolType.Tcp);
            listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            listener.Listen(1);
            foreach (var (name, options) in Clients)
            {
                using var program = OpenSslProgram.Connect(
                    ((IPEndPoint)listener.LocalEndPoint!).Port,
                    options.Replace("{client.crt}", Path("client.crt")).Replace("{client.key}", Path("client.key")));
                using var socket = listener.Accept();
                socket.ReceiveTimeout = 30_000;
                using var connection = context.Accept();
                new SocketPump(connection, socket).HandshakeToTheEnd();
                if (connection.Failure is null)
                {
                    // It names the version that the suite came with, and not the one agreed.
                    Assert.EndsWith($"Cipher is {connection.CipherSuite}", program.WaitFor("Cipher is "));
                }
                cells[(row.Text, name)] = Settings.Cell(connection);
            }
        });
        GoldenText.Check("server-against-openssl.md", Table(
            "Our server's settings against a client of `openssl s_client`", "s_client",
            [.. Settings.Server.Select(row => row.Text)], [.. Clients.Select(peer => peer.Name)], cells));
    }

    [Fact]
    public void Our_client_against_our_server()
    {
        var cells = new ConcurrentDictionary<(string, string), string>();
        foreach (var server in Settings.Server)
        {
            foreach (var client in Settings.Client)
            {
                using var pair = new TlsPair(client.Policy, server.Policy);
                pair.Handshake();
                // With TLS 1.3 a server refuses a certificate, or the want of one, when its client is done.
                cells[(server.Text, client.Text)] = pair.Client.Failure is null && pair.Server.Failure is not null
                    ? "server: " + Settings.Cell(pair.Server)
                    : Settings.Cell(pair.Client);
                if (pair.Client.Failure is null && pair.Server.Failure is null)
                {
                    Assert.Equal(Settings.Cell(pair.Client), Settings.Cell(pair.Server));
                }
            }
        }
        GoldenText.Check("us-against-us.md", Table(
            "Our server's settings against our client's; what the client sees, or the server where only it refuses", "client",
            [.. Settings.Server.Select(row => row.Text)], [.. Settings.Client.Select(peer => peer.Text)], cells));
    }

    // One list a peer reads better than a table of ten columns; what is the same for many settings stands once.
    private static string Table(
        string title, string peerTitle, string[] rows, string[] columns, IReadOnlyDictionary<(string, string), string> cells)
    {
        var text = new StringBuilder($"# {title}\n\nRefusals are bold, in the words of our side. AES goes before ChaCha20-Poly1305 here.\n");
        foreach (var column in columns)
        {
            text.Append($"\n## {peerTitle}: {column}\n\n| setting | negotiated |\n| --- | --- |\n");
            foreach (var row in rows)
            {
                text.Append($"| `{row}` | {cells[(row, column)]} |\n");
            }
        }
        return text.ToString();
    }

    private string Path(string name) => System.IO.Path.Combine(_directory, name);

    private void Write(string name, TestCertificate certificate)
    {
        File.WriteAllText(Path(name + ".crt"), PemEncoding.WriteString("CERTIFICATE", certificate.Der));
        File.WriteAllText(Path(name + ".key"), PemEncoding.WriteString("PRIVATE KEY", certificate.KeyPkcs8));
    }
}
