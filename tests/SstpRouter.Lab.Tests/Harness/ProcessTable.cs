using System.Globalization;

namespace SstpRouter.Lab.Tests.Harness;

/// <summary>What proc(5) tells about processes.</summary>
internal static class ProcessTable
{
    public static IEnumerable<int> All() => Directory.EnumerateDirectories("/proc")
        .Select(d => int.TryParse(Path.GetFileName(d), NumberStyles.None, CultureInfo.InvariantCulture, out int id) ? id : 0)
        .Where(id => id > 0);

    public static int[] ChildrenOf(int parent) => [.. All().Where(p => Status(p) is [_, var of, ..] && of == parent.ToString(CultureInfo.InvariantCulture))];

    /// <summary>False also for one that has ended and waits to be asked for its status.</summary>
    public static bool IsAlive(int process) => Status(process) is [not "Z", ..];

    /// <summary>The name of a process's network namespace, or nothing where the process has gone or is out of bounds.</summary>
    public static string NetworkNamespaceOf(int process)
    {
        try
        {
            return File.ResolveLinkTarget($"/proc/{process}/ns/net", returnFinalTarget: false)?.Name ?? "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    /// <summary>What a process has open, by number and name. A managed program opens its libraries when it first needs them, and keeps them: they
    /// do not count.</summary>
    public static string[] Descriptors(int process) => [.. Directory.GetFileSystemEntries($"/proc/{process}/fd")
        .Select(f => $"{Path.GetFileName(f)} {new FileInfo(f).LinkTarget}")
        .Where(f => !f.EndsWith(".dll", StringComparison.Ordinal))];

    // "1234 (name) S 1 ...": the name may hold blanks and brackets, the state and the parent follow the last one.
    private static string[] Status(int process)
    {
        try
        {
            string line = File.ReadAllText($"/proc/{process}/stat");
            return line[(line.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return [];
        }
    }
}
