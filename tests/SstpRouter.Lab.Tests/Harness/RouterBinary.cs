// Namespaces, daemons and iperf3 on a small machine: one test at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace SstpRouter.Lab.Tests.Harness;

/// <summary>The program under test: the native binary that <c>SSTP_ROUTER_NATIVE</c> names, else the one that was built beside this assembly.</summary>
internal static class RouterBinary
{
    private const string NativeVariable = "SSTP_ROUTER_NATIVE";
    private const string ProgramName = "sstp-router";

    public static bool IsNative => File.Exists(Environment.GetEnvironmentVariable(NativeVariable));

    public static string Path { get; } = IsNative ? Environment.GetEnvironmentVariable(NativeVariable)! : BuiltBeside();

    /// <summary>Where the sources are.</summary>
    public static string Root => Project().Parent!.Parent!.FullName;

    // tests/X/bin/Release/net10.0 stands to tests/X as src/SstpRouter/bin/Release/net10.0 to src/SstpRouter.
    private static string BuiltBeside() =>
        System.IO.Path.Combine(Root, "src", "SstpRouter", System.IO.Path.GetRelativePath(Project().FullName, Output), ProgramName);

    private static string Output => System.IO.Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);

    private static DirectoryInfo Project()
    {
        DirectoryInfo project = new(Output);
        while (project.GetFiles("*.csproj").Length == 0)
        {
            project = project.Parent ?? throw new DirectoryNotFoundException($"{Output} lies in no project");
        }

        return project;
    }
}
