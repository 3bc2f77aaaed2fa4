using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SstpRouter.Linux;

namespace SstpRouter.Lab.Tests.Harness;

/// <summary>A router of a test: a machine, a state directory, and the program running there.</summary>
internal sealed class Router : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("sstp-router-test-");
    private RunningProgram? _program;

    public Router(string name) => Host = new Host(name);

    public Host Host { get; private set; }

    /// <summary>The state directory; the program makes it.</summary>
    public string State => Path.Combine(_directory.FullName, "state");

    public RunningProgram Program => _program!;

    /// <summary>Starts the program and waits until it serves.</summary>
    public void Start(params string[] options)
    {
        StartWithoutWaiting(options);
        Program.WaitForLine("router is ready");
    }

    /// <summary>Starts the program.</summary>
    public void StartWithoutWaiting(params string[] options)
    {
        _program?.Dispose();
        _program = Host.Start(RouterBinary.Path, ["run", "--state", State, "--workers", "1", .. options]);
    }

    /// <summary>Puts the router, which must not run, onto a machine that knows nothing of before but the state directory.</summary>
    public void MoveToNewHost()
    {
        string name = Host.Name;
        Host.Dispose();
        Host = new Host(name);
    }

    /// <summary>Types a command that must work, through <c>exec</c>.</summary>
    /// <returns>What it printed.</returns>
    public string Exec(string command, int columns = 100)
    {
        Finished done = TryExec(command, columns);
        Assert.True(done.Status == 0 && done.Error.Length == 0, $"{Host.Name}: {command}\n{done.Output}{done.Error}");
        return done.Output;
    }

    /// <summary>Types a command that must fail.</summary>
    /// <returns>What it printed on stderr, without the line end.</returns>
    public string ExecFails(string command)
    {
        Finished done = TryExec(command);
        Assert.True(done.Status == 1, $"{Host.Name}: {command} ended with {done.Status}\n{done.Output}{done.Error}");
        return done.Error.TrimEnd('\n');
    }

    /// <summary>Types a command.</summary>
    public Finished TryExec(string command, int columns = 100)
    {
        ProcessStartInfo start = RunningProgram.StartInfo(RouterBinary.Path, ["exec", "--state", State, command]);
        start.Environment["COLUMNS"] = columns.ToString(CultureInfo.InvariantCulture);
        return RunningProgram.ToEnd(start);
    }

    /// <summary>Whether a tunnel that this router dials has the flag R.</summary>
    public bool IsRunning(string client) => Exec($":put [/interface sstp-client get {client} running]").Trim() == "true";

    /// <summary>Waits until a tunnel that this router dials has the flag R.</summary>
    public void WaitUntilRunning(string client = "sstp-out1") => Await.Until(
        () => IsRunning(client),
        () => $"{client} did not come up:\n{string.Join('\n', Program.Lines)}");

    /// <summary>Pings; every request must be answered.</summary>
    public void Ping(string address, string more = "") => Assert.Contains("sent=3 received=3 ", Exec($"ping {address} count=3 interval=200ms {more}"));

    /// <summary>Puts a file where <c>import</c> finds it.</summary>
    public void WriteFile(string name, string content)
    {
        string files = Path.Combine(State, "files");
        Directory.CreateDirectory(files);
        File.WriteAllText(Path.Combine(files, name), content);
    }

    /// <summary>Makes a certificate that signs itself, and imports it.</summary>
    public void ImportCertificate(string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        WriteFile($"{name}.pem", certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n");
        Exec($"/certificate import file-name={name}.pem name={name} passphrase=\"\"");
    }

    /// <summary>What the tunnels of one name have logged, without times and topics.</summary>
    public string[] LogOf(string interfaceName) => [.. Program.Lines
        .Where(l => l.Contains($" {interfaceName}: ", StringComparison.Ordinal))
        .Select(l => l[(l.IndexOf($" {interfaceName}: ", StringComparison.Ordinal) + 1)..])];

    public void Dispose()
    {
        if (_program is { } program)
        {
            program.Signal(ProcessControl.SignalKill);
            program.Dispose();
        }

        Host.Dispose();
        _directory.Delete(recursive: true);
    }
}
