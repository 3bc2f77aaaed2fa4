using System.Diagnostics;

namespace SstpRouter.Console.Tests.Transcripts;

/// <summary>The program under test: the native binary that <c>SSTP_ROUTER_NATIVE</c> names, else the one that was built beside this assembly.</summary>
internal static class RouterProgram
{
    public static string Path { get; } = Environment.GetEnvironmentVariable("SSTP_ROUTER_NATIVE") is { Length: > 0 } native ? native : BuiltBeside();

    /// <summary>Runs it without a terminal.</summary>
    public static (string Output, int Status) Run(string input, (string Name, string Value)[] environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true };
        Array.ForEach(environment, v => start.Environment[v.Name] = v.Value);
        using Process process = Process.Start(start)!;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (output, process.ExitCode);
    }

    // tests/X/bin/Release/net10.0 stands to tests/X as src/SstpRouter/bin/Release/net10.0 to src/SstpRouter.
    private static string BuiltBeside()
    {
        string output = System.IO.Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        DirectoryInfo project = new(output);
        while (project.GetFiles("*.csproj").Length == 0)
        {
            project = project.Parent ?? throw new DirectoryNotFoundException($"{output} lies in no project");
        }

        string root = project.Parent!.Parent!.FullName;
        return System.IO.Path.Combine(root, "src", "SstpRouter", System.IO.Path.GetRelativePath(project.FullName, output), "sstp-router");
    }
}
