using System.Globalization;
using System.Net.Sockets;
using SstpRouter.Lab.Tests.Harness;
using SstpRouter.Linux;

namespace SstpRouter.Lab.Tests.Many;

/// <summary>What a router holds at one moment.</summary>
/// <param name="Descriptors">Its open files, by kind.</param>
/// <param name="Threads">Its threads, by name; the framework's own pool comes and goes.</param>
/// <param name="Network">Its machine's interfaces, addresses and routes.</param>
/// <param name="Users">Who is in, and which addresses of pools are given away.</param>
internal sealed record Holdings(string Descriptors, string Threads, string Network, string Users)
{
    public static Holdings Of(Router router)
    {
        int process = router.Program.Id;
        return new Holdings(
            Kinds(Directory.GetFileSystemEntries($"/proc/{process}/fd").Select(path => new FileInfo(path).LinkTarget)),
            Kinds(Directory.GetDirectories($"/proc/{process}/task").Select(NameOf).Where(name => name?.StartsWith(".NET", StringComparison.Ordinal) == false)),
            router.Host.Run(NetworkHere),
            router.Exec("/ppp active print terse") + router.Exec("/ip pool used print terse"));
    }

    /// <summary>The memory that only this router's process uses, in KiB: proc(5), smaps_rollup.</summary>
    public static long PrivateMemory(Router router) => File.ReadLines($"/proc/{router.Program.Id}/smaps_rollup")
        .Where(l => l.StartsWith("Private_", StringComparison.Ordinal))
        .Sum(l => long.Parse(l.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture));

    private static string NetworkHere()
    {
        using var routes = new RouteSocket();
        return Sorted(
            [
                .. routes.Links().Select(l => $"{l.Index} {l.Name}"),
                .. routes.Addresses().Select(a => $"{a.InterfaceIndex} {a.Address}/{a.PrefixLength}"),
                .. routes.Routes(AddressFamily.InterNetwork).Concat(routes.Routes(AddressFamily.InterNetworkV6))
                    .Select(r => $"table {r.Table}: {r.Destination} by {r.OutputInterface}"),
            ]);
    }

    private static string? NameOf(string task)
    {
        try
        {
            return File.ReadAllText(Path.Combine(task, "comm")).Trim();
        }
        catch (IOException)
        {
            return null; // it has ended meanwhile
        }
    }

    // Each socket has a number: "socket:[4711]" is one of "socket:".
    private static string Kinds(IEnumerable<string?> names) =>
        Sorted(names.OfType<string>().GroupBy(name => name.Split('[')[0]).Select(kind => $"{kind.Count()} {kind.Key}"));

    private static string Sorted(IEnumerable<string> lines) => string.Join('\n', lines.Order(StringComparer.Ordinal));
}
