using System.Diagnostics;

namespace SstpRouter.Certificates.Tests;

/// <summary>Files made by the real openssl tool, in a directory that goes away with the test.</summary>
public sealed class OpenSslTool : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("certificates-").FullName;

    public byte[] Run(string arguments, string result)
    {
        Text(arguments);
        return this[result];
    }

    /// <summary>Runs the tool, which must succeed.</summary>
    /// <returns>What it printed on both streams.</returns>
    public string Text(string arguments)
    {
        (int status, string text) = Try(arguments);
        Assert.True(status == 0, $"openssl {arguments}: {text}");
        return text;
    }

    /// <summary>Runs the tool.</summary>
    public (int Status, string Text) Try(string arguments)
    {
        var start = new ProcessStartInfo("openssl", arguments)
        {
            WorkingDirectory = _directory,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output.Result + error);
    }

    public byte[] this[string name] => File.ReadAllBytes(Path.Combine(_directory, name));

    public void Write(string name, byte[] content) => File.WriteAllBytes(Path.Combine(_directory, name), content);

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
