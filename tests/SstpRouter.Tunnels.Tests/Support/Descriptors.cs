namespace SstpRouter.Tunnels.Tests.Support;

/// <summary>What this process holds open.</summary>
internal static class Descriptors
{
    /// <summary>How many descriptors are of a kind: <c>socket:</c>, <c>/dev/net/tun</c>; empty: of any.</summary>
    public static int Count(string kind) => Directory.EnumerateFileSystemEntries("/proc/self/fd")
        .Count(path => Target(path).StartsWith(kind, StringComparison.Ordinal));

    /// <summary>How many there are of each kind, in words.</summary>
    public static string Kinds() => string.Join(", ", Directory.EnumerateFileSystemEntries("/proc/self/fd")
        .GroupBy(path => Target(path).Split(':')[0]).OrderBy(kind => kind.Key, StringComparer.Ordinal).Select(kind => $"{kind.Key} {kind.Count()}"));

    // The descriptor of the listing itself is gone when its turn comes.
    private static string Target(string path) => new FileInfo(path).LinkTarget ?? "gone";
}
