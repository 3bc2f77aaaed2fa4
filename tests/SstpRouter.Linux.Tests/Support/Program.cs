using System.Diagnostics;

// Descriptors are counted and namespaces belong to threads: one test at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace SstpRouter.Linux.Tests.Support;

/// <summary>The processes that tests start: this assembly, run with a role as its argument.</summary>
public static class Program
{
    /// <summary>Starts a process that holds a namespace, and stays.</summary>
    public const string ParentRole = "parent";

    /// <summary>Forbids core dumps, prints what the kernel then says of them, and ends.</summary>
    public const string SecretiveRole = "secretive";

    private const string HolderRole = "holder";
    private const string InsideRole = "inside";

    public static int Main(string[] arguments)
    {
        switch (arguments)
        {
            case [ParentRole]:
                using (Process.Start(StartInfo(HolderRole)))
                {
                    _ = Console.In.ReadLine();
                }

                return 0;
            case [HolderRole]:
                ProcessControl.SetParentDeathSignal(ProcessControl.SignalKill);
                ProcessControl.UnshareNetworkAndExecve(
                    "/proc/self/exe", [Environment.ProcessPath!, Assembly, InsideRole]);
                return 1;
            case [InsideRole]:
                using (RouteSocket routes = new())
                {
                    Console.WriteLine($"{Environment.ProcessId} {string.Join(',', routes.Links().Select(l => l.Name))}");
                }

                _ = Console.In.ReadLine();
                return 0;
            case [SecretiveRole]:
                ProcessControl.ForbidCoreDumps();
                Console.WriteLine(File.ReadLines("/proc/self/limits").First(l => l.StartsWith("Max core", StringComparison.Ordinal)));
                return 0;
            default:
                Console.Error.WriteLine("run the tests with: dotnet test");
                return 2;
        }
    }

    public static ProcessStartInfo StartInfo(string role, bool withPipes = false) => new(Environment.ProcessPath!, [Assembly, role])
    {
        RedirectStandardInput = withPipes,
        RedirectStandardOutput = withPipes,
    };

    private static string Assembly => typeof(Program).Assembly.Location;
}
