using System.Globalization;
using System.Net.Sockets;
using SstpRouter.Lab.Tests.Harness;
using SstpRouter.Linux;

namespace SstpRouter.Lab.Tests.Many;

/// <summary>What a router takes from the system, and what it has given away, at one moment.</summary>
internal sealed record Holdings(string Descriptors, int Threads, string Links, string Addresses, string Routes, string Active, string Used)
{
    public static Holdings Of(Router router)
    {
        int process = router.Program.Id;
        return router.Host.Run(() =>
        {
            using var routes = new RouteSocket();
            return new Holdings(
                KindsOf($"/proc/{process}/fd"),
                Directory.GetDirectories($"/proc/{process}/task").Length,
                Sorted(routes.Links().Select(l => l.Name)),
                Sorted(routes.Addresses().Select(a => $"{a.InterfaceIndex} {a.Address}")),
                Sorted(routes.Routes(AddressFamily.InterNetwork).Concat(routes.Routes(AddressFamily.InterNetworkV6))
                    .Select(r => $"{r.Table} {r.Destination} {r.OutputInterface}")),
                router.Exec("/ppp active print terse"),
                router.Exec("/ip pool used print terse"));
        });
    }

    /// <summary>The memory that only this router's process uses, in KiB: proc(5), smaps_rollup.</summary>
    public static long PrivateMemory(Router router) => File.ReadLines($"/proc/{router.Program.Id}/smaps_rollup")
        .Where(l => l.StartsWith("Private_", StringComparison.Ordinal))
        .Sum(l => long.Parse(l.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture));

    // Several sockets have several numbers: "socket:[4711]" counts as "socket:".
    private static string KindsOf(string directory) => Sorted(Directory.GetFileSystemEntries(directory)
        .Select(path => new FileInfo(path).LinkTarget)
        .OfType<string>()
        .GroupBy(target => target.Split('[')[0])
        .Select(kind => $"{kind.Count()} {kind.Key}"));

    private static string Sorted(IEnumerable<string> lines) => string.Join('\n', lines.Order(StringComparer.Ordinal));
}
