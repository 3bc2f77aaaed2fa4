namespace SstpRouter.Lab;

/// <summary>How to start this very program again.</summary>
internal static class SelfProgram
{
    /// <summary>The executable.</summary>
    public static string Path { get; } = Environment.ProcessPath ?? throw new IOException("cannot tell where this program is");

    /// <summary>What stands before our own arguments: the assembly, where the executable is the dotnet host.</summary>
    public static IReadOnlyList<string> LeadingArguments { get; } =
        System.IO.Path.GetFileName(Path) == "dotnet" ? [Environment.GetCommandLineArgs()[0]] : [];
}
