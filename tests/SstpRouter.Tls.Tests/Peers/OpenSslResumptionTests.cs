using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace SstpRouter.Tls.Tests.Peers;

/// <summary>Sessions that the real <c>openssl</c> program resumes with us, and we with it.</summary>
public sealed class OpenSslResumptionTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("sstp-tls-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    // The last without tickets: then TLS 1.2 resumes by the number of the session, as Windows does.
    [Theory]
    [InlineData("-tls1_3", "TLSv1.3")]
    [InlineData("-tls1_2", "TLSv1.2")]
    [InlineData("-tls1_2 -no_ticket", "TLSv1.2")]
    [InlineData("-tls1 -cipher AES256-SHA:@SECLEVEL=0", "TLSv1")]
    public void Our_client_resumes_a_servers(string options, string protocol)
    {
        var (certificate, key) = Files(TestCertificates.Server);
        var (program, port) = OpenSslProgram.Serve($"-cert {certificate} -key {key} {options}", connections: 3);
        using var _ = program;
        using var context = TlsContext.ForClient(new TlsClientPolicy
        {
            VerifyServer = true,
            TrustedCertificates = [TestCertificates.Authority.Der],
        });
        var resumed = new List<bool>();
        for (var i = 0; i < 3; i++)
        {
            using var socket = OpenSslProgram.Dial(port);
            using var connection = context.Connect();
            var pump = new SocketPump(connection, socket);
            Assert.Equal(TlsStatus.Done, pump.Handshake());
            program.Input.WriteLine("to the client");
            program.Input.Flush();
            // Before the text there are the tickets.
            Assert.Equal((TlsStatus.Data, "to the client\n"), pump.Read());
            Assert.Equal(protocol, connection.Protocol);
            Assert.Equal(TestCertificates.Server.Der, connection.PeerCertificateDer);
            resumed.Add(connection.IsResumed);
            connection.Close();
            pump.Flush();
        }

        Assert.Equal([false, true, true], resumed);
    }

    [Theory]
    [InlineData("-tls1_3")]
    [InlineData("-tls1_2")]
    public void Our_server_resumes_a_clients(string options)
    {
        using var listener = new Socket(SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        var file = Path.Combine(_directory, "session");
        using var context = TlsContext.ForServer(new TlsServerPolicy { Identity = TestCertificates.Server.Identity });
        foreach (var isSecond in new[] { false, true })
        {
            using var program = OpenSslProgram.Connect(
                ((IPEndPoint)listener.LocalEndPoint!).Port, $"{options} -sess_out {file} {(isSecond ? "-sess_in " + file : "")}");
            using var socket = listener.Accept();
            socket.ReceiveTimeout = 10_000;
            using var connection = context.Accept();
            var pump = new SocketPump(connection, socket);
            Assert.Equal(TlsStatus.Done, pump.Handshake());
            pump.Send("to the client\n"u8);
            program.WaitFor("to the client");
            Assert.Equal(isSecond, connection.IsResumed);
            program.Input.WriteLine("Q");
            program.Input.Flush();
            Assert.Equal(TlsStatus.Closed, pump.Read().Status);
            program.WaitForEnd();
        }
    }

    private (string Certificate, string Key) Files(TestCertificate certificate)
    {
        var files = (Path.Combine(_directory, "certificate.pem"), Path.Combine(_directory, "key.pem"));
        File.WriteAllText(files.Item1, PemEncoding.WriteString("CERTIFICATE", certificate.Der));
        File.WriteAllText(files.Item2, PemEncoding.WriteString("PRIVATE KEY", certificate.KeyPkcs8));
        return files;
    }
}
