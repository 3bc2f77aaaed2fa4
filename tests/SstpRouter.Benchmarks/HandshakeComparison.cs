using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using SstpRouter.Tls;

namespace SstpRouter.Benchmarks;

/// <summary>
/// Full handshakes a second of our server beside those of <c>openssl s_server</c>, both dialled by <c>openssl s_time</c> in turn.
/// </summary>
/// <remarks>
/// There is no row for resumed handshakes: the server gives no tickets and keeps no sessions. A tunnel shakes hands once in
/// hours, and the crypto binding needs the certificate that the client saw, which a resumed handshake does not show.
/// </remarks>
internal static partial class HandshakeComparison
{
    private const int Seconds = 3;

    /// <summary>Prints a table in Markdown.</summary>
    public static void Run()
    {
        long start = Stopwatch.GetTimestamp();
        TlsContext.ForClient(new TlsClientPolicy()).Dispose();
        TimeSpan first = Stopwatch.GetElapsedTime(start);
        start = Stopwatch.GetTimestamp();
        TlsContext.ForClient(new TlsClientPolicy()).Dispose();
        TimeSpan next = Stopwatch.GetElapsedTime(start);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"The first context, with the start of the library and the measurement of the ciphers: {first.TotalMilliseconds:F1} ms; the next: {next.TotalMilliseconds:F1} ms.\n"));
        Console.WriteLine("| key | ours a second | s_server a second | ratio |\n| --- | --- | --- | --- |");
        using RSA rsa = RSA.Create(2048);
        using ECDsa ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Compare("RSA-2048", new CertificateRequest("CN=bench", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1), rsa);
        Compare("P-256", new CertificateRequest("CN=bench", ec, HashAlgorithmName.SHA256), ec);
    }

    private static void Compare(string name, CertificateRequest request, AsymmetricAlgorithm key)
    {
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        double ours = Ours(new TlsIdentity([certificate.RawData], key.ExportPkcs8PrivateKey()));
        double theirs = Theirs(certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {ours:F0} | {theirs:F0} | {ours / theirs:F2} |"));
    }

    private static double Ours(TlsIdentity identity)
    {
        using var context = TlsContext.ForServer(new TlsServerPolicy { Identity = identity });
        using var listener = new Socket(SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var server = new Thread(() => Serve(listener, context)) { IsBackground = true };
        server.Start();
        double rate = Dial(((IPEndPoint)listener.LocalEndPoint!).Port);
        listener.Close();
        server.Join();
        return rate;
    }

    private static void Serve(Socket listener, TlsContext context)
    {
        byte[] buffer = new byte[16384];
        try
        {
            while (true)
            {
                using Socket socket = listener.Accept();
                using TlsConnection connection = context.Accept();
                while (connection.Handshake() == TlsStatus.WantsInput)
                {
                    Flush(connection, socket, buffer);
                    int count = socket.Receive(buffer, SocketFlags.None, out SocketError error);
                    if (count == 0 || error != SocketError.Success)
                    {
                        break;
                    }

                    connection.PutCiphertext(buffer.AsSpan(0, count));
                }

                Flush(connection, socket, buffer);
                // The client closes when it is done.
                while (socket.Receive(buffer, SocketFlags.None, out _) > 0)
                {
                }
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The listener was closed.
        }
    }

    private static void Flush(TlsConnection connection, Socket socket, byte[] buffer)
    {
        for (int count; (count = connection.TakeCiphertext(buffer)) > 0;)
        {
            socket.Send(buffer.AsSpan(0, count), SocketFlags.None, out _);
        }
    }

    private static double Theirs(string pem)
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, pem);
            using var server = Process.Start(
                new ProcessStartInfo("openssl", $"s_server -accept 127.0.0.1:0 -cert {file} -key {file}")
                {
                    RedirectStandardInput = true,
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                })!;
            var port = new TaskCompletionSource<int>();
            // What it says of each connection must not fill its pipe.
            server.OutputDataReceived += (_, e) =>
            {
                if (e.Data is { } line && line.StartsWith("ACCEPT", StringComparison.Ordinal) && line.Contains(':'))
                {
                    port.TrySetResult(int.Parse(line[(line.LastIndexOf(':') + 1)..], CultureInfo.InvariantCulture));
                }
            };
            server.BeginOutputReadLine();
            server.ErrorDataReceived += static (_, _) => { };
            server.BeginErrorReadLine();
            double rate = Dial(port.Task.Result);
            server.Kill();
            server.WaitForExit();
            return rate;
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static double Dial(int port)
    {
        using var client = Process.Start(
            new ProcessStartInfo("openssl", $"s_time -connect 127.0.0.1:{port} -new -time {Seconds}") { RedirectStandardOutput = true })!;
        string said = client.StandardOutput.ReadToEnd();
        client.WaitForExit();
        Match match = RealSeconds().Match(said);
        return match.Success
            ? double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) / double.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException("openssl s_time said: " + said);
    }

    [GeneratedRegex(@"(\d+) connections in (\d+) real seconds")]
    private static partial Regex RealSeconds();
}
