using System.Diagnostics;

namespace SstpRouter.Certificates.Tests;

/// <summary>Files made by the real openssl tool, in a directory that goes away with the test.</summary>
public sealed class OpenSslTool : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("certificates-").FullName;

    public byte[] Run(string arguments, string result)
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
        Assert.True(process.ExitCode == 0, $"openssl {arguments}: {error}{output.Result}");
        return this[result];
    }

    public byte[] this[string name] => File.ReadAllBytes(Path.Combine(_directory, name));

    public void Write(string name, byte[] content) => File.WriteAllBytes(Path.Combine(_directory, name), content);

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
