using System.Globalization;
using System.Net.Sockets;
using SstpRouter.Lab.Tests.Harness;
using SstpRouter.Linux;

namespace SstpRouter.Lab.Tests.Many;

/// <summary>What a router holds at one moment.</summary>
/// <param name="Descriptors">How many files it has open.</param>
/// <param name="Threads">How many threads it has.</param>
/// <param name="Network">Its machine's interfaces, addresses and routes.</param>
/// <param name="Users">Who is in, and which addresses of pools are given away.</param>
internal sealed record Holdings(int Descriptors, int Threads, string Network, string Users)
{
    /// <summary>The framework's own threads come and go, so many for each processor and some.</summary>
    private static readonly int PoolThreads = Environment.ProcessorCount + 2;

    public static Holdings Of(Router router)
    {
        string process = $"/proc/{router.Program.Id}";
        return new Holdings(
            Directory.GetFileSystemEntries($"{process}/fd").Length,
            Directory.GetDirectories($"{process}/task").Length,
            router.Host.Run(NetworkHere),
            router.Exec("/ppp active print terse") + router.Exec("/ip pool used print terse"));
    }

    /// <summary>False where something is held that was not; the connection of a command that has just ended may have gone since.</summary>
    public bool IsNoMoreThan(Holdings before) =>
        Descriptors <= before.Descriptors && Threads <= before.Threads + PoolThreads && Network == before.Network && Users == before.Users;

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

    private static string Sorted(IEnumerable<string> lines) => string.Join('\n', lines.Order(StringComparer.Ordinal));
}
