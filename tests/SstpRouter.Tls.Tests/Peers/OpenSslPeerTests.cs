using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace SstpRouter.Tls.Tests.Peers;

/// <summary>Against the real <c>openssl</c> program.</summary>
public sealed class OpenSslPeerTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("sstp-tls-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("", "TLSv1.3", "")]
    [InlineData("-tls1_2", "TLSv1.2", "ECDHE-RSA-AES256-GCM-SHA384")]
    [InlineData("-tls1_2 -cipher AES256-SHA:@SECLEVEL=0", "TLSv1.2", "AES256-SHA")]
    [InlineData("-tls1 -cipher AES256-SHA:@SECLEVEL=0", "TLSv1", "AES256-SHA")]
    [InlineData("-tls1_1 -cipher DHE-RSA-AES256-SHA:@SECLEVEL=0", "TLSv1.1", "DHE-RSA-AES256-SHA")]
    public void Our_client_meets_a_server_with_certificate(string options, string protocol, string suite)
    {
        var (certificate, key) = Files(TestCertificates.Server);
        var connection = AgainstServer(
            $"-cert {certificate} -key {key} {options}",
            new TlsClientPolicy { VerifyServer = true, TrustedCertificates = [TestCertificates.Authority.Der] });

        Assert.Equal(protocol, connection.Protocol);
        Assert.StartsWith(suite, connection.Suite);
        Assert.False(connection.IsAnonymous);
    }

    [Theory]
    [InlineData("-tls1_2 -cipher ADH:@SECLEVEL=0", "TLSv1.2")]
    [InlineData("-cipher ADH:@SECLEVEL=0", "TLSv1.2")]
    [InlineData("-tls1 -cipher ADH-AES256-SHA:@SECLEVEL=0", "TLSv1")]
    public void Our_client_meets_a_server_without_certificate(string options, string protocol)
    {
        var connection = AgainstServer($"-nocert {options}", new TlsClientPolicy());

        Assert.Equal(protocol, connection.Protocol);
        Assert.StartsWith("ADH-AES256-", connection.Suite);
        Assert.True(connection.IsAnonymous);
    }

    [Theory]
    [InlineData("-tls1 -cipher AES256-SHA:@SECLEVEL=0", "TLSv1", "AES256-SHA", "AES256-CBC")]
    [InlineData("-tls1_1 -cipher AES256-SHA:@SECLEVEL=0", "TLSv1.1", "AES256-SHA", "AES256-CBC")]
    [InlineData("-tls1_2 -cipher AES256-SHA", "TLSv1.2", "AES256-SHA", "AES256-CBC")]
    [InlineData("-tls1_2", "TLSv1.2", "ECDHE-RSA-AES256-GCM-SHA384", "AES256-GCM")]
    [InlineData("-tls1_3 -ciphersuites TLS_AES_128_GCM_SHA256", "TLSv1.3", "TLS_AES_128_GCM_SHA256", "AES128-GCM")]
    public void Our_server_meets_a_client(string options, string protocol, string suite, string encoding) =>
        AssertServes(
            new TlsServerPolicy { Identity = TestCertificates.SelfSigned.Identity },
            options, (protocol, suite, encoding, false));

    [Theory]
    [InlineData("-tls1_2 -cipher ADH-AES256-SHA:@SECLEVEL=0", "TLSv1.2", "ADH-AES256-SHA", "AES256-CBC")]
    [InlineData("-cipher ADH-AES256-GCM-SHA384:@SECLEVEL=0", "TLSv1.2", "ADH-AES256-GCM-SHA384", "AES256-GCM")]
    [InlineData("-tls1 -cipher ADH-AES256-SHA:@SECLEVEL=0", "TLSv1", "ADH-AES256-SHA", "AES256-CBC")]
    public void Our_server_without_certificate_meets_an_anonymous_client(
        string options, string protocol, string suite, string encoding) =>
        AssertServes(new TlsServerPolicy(), options, (protocol, suite, encoding, true));

    private static (string Protocol, string Suite, bool IsAnonymous) AgainstServer(
        string options, TlsClientPolicy policy)
    {
        var (program, port) = OpenSslProgram.Serve(options);
        using var _ = program;
        using var socket = OpenSslProgram.Dial(port);
        using var context = TlsContext.ForClient(policy);
        using var connection = context.Connect();
        var pump = new SocketPump(connection, socket);

        var status = pump.Handshake();
        Assert.Null(connection.Failure);
        Assert.Equal(TlsStatus.Done, status);
        pump.Send("to the server\n"u8);
        program.WaitFor("to the server");
        program.Input.WriteLine("to the client");
        program.Input.Flush();
        Assert.Equal((TlsStatus.Data, "to the client\n"), pump.Read());
        // s_server's command to end; it says no close_notify.
        program.Input.WriteLine("Q");
        program.Input.Flush();
        Assert.Equal(TlsStatus.Failed, pump.Read().Status);
        Assert.Equal(TlsFailureReason.Truncated, connection.Failure?.Reason);
        return (connection.Protocol, connection.CipherSuite, connection.IsAnonymous);
    }

    private static void AssertServes(
        TlsServerPolicy policy, string options, (string Protocol, string Suite, string Encoding, bool) expected)
    {
        using var listener = new Socket(SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        using var program = OpenSslProgram.Connect(((IPEndPoint)listener.LocalEndPoint!).Port, options);
        using var socket = listener.Accept();
        socket.ReceiveTimeout = 10_000;
        using var context = TlsContext.ForServer(policy);
        using var connection = context.Accept();
        var pump = new SocketPump(connection, socket);

        var status = pump.Handshake();
        Assert.Null(connection.Failure);
        Assert.Equal(TlsStatus.Done, status);
        Assert.Equal(expected,
            (connection.Protocol, connection.CipherSuite, connection.Encoding, connection.IsAnonymous));
        pump.Send("to the client\n"u8);
        program.WaitFor("to the client");
        program.Input.WriteLine("to the server");
        program.Input.Flush();
        Assert.Equal((TlsStatus.Data, "to the server\n"), pump.Read());
        // s_client's command to end; it does say close_notify.
        program.Input.WriteLine("Q");
        program.Input.Flush();
        Assert.Equal(TlsStatus.Closed, pump.Read().Status);
    }

    private (string Certificate, string Key) Files(TestCertificate certificate)
    {
        var files = (Path.Combine(_directory, "certificate.pem"), Path.Combine(_directory, "key.pem"));
        File.WriteAllText(files.Item1, PemEncoding.WriteString("CERTIFICATE", certificate.Der));
        File.WriteAllText(files.Item2, PemEncoding.WriteString("PRIVATE KEY", certificate.KeyPkcs8));
        return files;
    }
}
