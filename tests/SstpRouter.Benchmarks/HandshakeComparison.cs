using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using SstpRouter.Tls;

namespace SstpRouter.Benchmarks;

/// <summary>Handshakes a second, full and resumed, of our server beside those of <c>openssl s_server</c>, both dialled by the same client in turn.</summary>
/// <remarks>
/// The client is <c>openssl s_time</c>. It reads nothing after the handshake, where TLS 1.3 has its tickets, so that it resumes no session of
/// TLS 1.3: there our own client dials, both servers alike.
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
        Console.WriteLine("| key | handshake | client | ours a second | s_server a second | ratio |\n| --- | --- | --- | --- | --- | --- |");
        foreach (BenchIdentity identity in BenchIdentity.OfEachKind())
        {
            Compare(identity);
        }
    }

    private static void Compare(BenchIdentity bench)
    {
        (string Handshake, string Client, Func<int, double> Dial)[] rows =
        [
            ("full, TLS 1.3", "s_time", port => Time(port, "-new -tls1_3")),
            ("resumed, TLS 1.3", "ours", Resume),
            ("full, TLS 1.2", "s_time", port => Time(port, "-new -tls1_2")),
            ("resumed, TLS 1.2", "s_time", port => Time(port, "-reuse -tls1_2")),
        ];
        foreach ((string handshake, string client, Func<int, double> dial) in rows)
        {
            double ours = Ours(bench.Identity, dial);
            double theirs = Theirs(bench.Pem, dial);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"| {bench.Key} | {handshake} | {client} | {ours:F0} | {theirs:F0} | {ours / theirs:F2} |"));
        }
    }

    private static double Ours(TlsIdentity identity, Func<int, double> dial)
    {
        using var context = TlsContext.ForServer(new TlsServerPolicy { Identity = identity });
        using var listener = new Socket(SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var server = new Thread(() => Serve(listener, context)) { IsBackground = true };
        server.Start();
        double rate = dial(((IPEndPoint)listener.LocalEndPoint!).Port);
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

    /// <summary>What a client gets of <c>openssl s_server</c>.</summary>
    internal static double Theirs(string pem, Func<int, double> dial)
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, pem);
            using var server = Process.Start(
                new ProcessStartInfo("openssl", $"s_server -accept 127.0.0.1:0 -cert {file} -key {file} -num_tickets 1")
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
            double rate = dial(port.Task.Result);
            server.Kill();
            server.WaitForExit();
            return rate;
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>What <c>openssl s_time</c> gets of a server, connections a second.</summary>
    internal static double Time(int port, string options)
    {
        // What it prints is in whole seconds, one more or less.
        long start = Stopwatch.GetTimestamp();
        using var client = Process.Start(
            new ProcessStartInfo("openssl", $"s_time -connect 127.0.0.1:{port} {options} -time {Seconds}") { RedirectStandardOutput = true })!;
        string said = client.StandardOutput.ReadToEnd();
        client.WaitForExit();
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Match match = Connections().Match(said);
        return match.Success
            ? double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) / seconds
            : throw new InvalidOperationException("openssl s_time said: " + said);
    }

    private static double Resume(int port)
    {
        using var context = TlsContext.ForClient(new TlsClientPolicy());
        byte[] buffer = new byte[16384];
        Meet(context, port, buffer);
        int count = 0;
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < Seconds)
        {
            if (!Meet(context, port, buffer))
            {
                throw new InvalidOperationException("a session was not resumed");
            }

            count++;
        }

        return count / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>Connects, and waits for the ticket that follows the handshake.</summary>
    private static bool Meet(TlsContext context, int port, byte[] buffer)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(IPAddress.Loopback, port);
        using TlsConnection connection = context.Connect();
        TlsStatus status = connection.Handshake();
        Flush(connection, socket, buffer);
        for (bool isOver = false; !isOver;)
        {
            int count = socket.Receive(buffer);
            connection.PutCiphertext(buffer.AsSpan(0, count));
            // What comes once it is done is the ticket.
            isOver = count == 0 || status == TlsStatus.Done;
            status = connection.Handshake();
            Flush(connection, socket, buffer);
        }

        connection.Read(buffer, out _);
        connection.Close();
        Flush(connection, socket, buffer);
        return connection.IsResumed;
    }

    [GeneratedRegex(@"(\d+) connections in \d+ real seconds")]
    private static partial Regex Connections();
}
