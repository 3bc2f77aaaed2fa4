using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace SstpRouter.Tls.Tests.Peers;

/// <summary>The <c>openssl</c> program as the other end, over loopback.</summary>
internal sealed class OpenSslProgram : IDisposable
{
    private readonly Process _process;

    private OpenSslProgram(string arguments)
    {
        _process = Process.Start(new ProcessStartInfo("openssl", arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        // Its errors are not the test's subject, but a full pipe would stop it.
        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginErrorReadLine();
    }

    /// <summary>The program's standard input; what it is given goes to the other end.</summary>
    public StreamWriter Input => _process.StandardInput;

    /// <summary>s_server on a port of the kernel's choice; returns once it listens.</summary>
    public static (OpenSslProgram Program, int Port) Serve(string options, int connections = 1)
    {
        var program = new OpenSslProgram($"s_server -accept 127.0.0.1:0 -naccept {connections} {options}");
        // It says "ACCEPT 127.0.0.1:PORT" once it listens.
        var line = program.WaitFor("ACCEPT ");
        return (program, int.Parse(line[(line.LastIndexOf(':') + 1)..]));
    }

    /// <summary>s_client to a port of ours.</summary>
    public static OpenSslProgram Connect(int port, string options) =>
        new($"s_client -connect 127.0.0.1:{port} {options}");

    /// <summary>Reads lines until one contains the mark; gives that line.</summary>
    public string WaitFor(string mark)
    {
        while (true)
        {
            var line = _process.StandardOutput.ReadLine();
            Assert.True(line is not null, $"openssl ended before it said '{mark}'");
            if (line.Contains(mark))
            {
                return line;
            }
        }
    }

    /// <summary>Waits until it has ended by itself.</summary>
    public void WaitForEnd()
    {
        _process.StandardOutput.ReadToEnd();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }
        _process.WaitForExit();
        _process.Dispose();
    }

    public static Socket Dial(int port)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = 10_000 };
        socket.Connect(IPAddress.Loopback, port);
        return socket;
    }
}
