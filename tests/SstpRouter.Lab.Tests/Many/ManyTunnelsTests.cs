using System.Globalization;
using SstpRouter.Lab.Tests.Harness;
using Xunit.Abstractions;

namespace SstpRouter.Lab.Tests.Many;

/// <summary>Many tunnels between two routers at once, again and again: what they took is all given back.</summary>
public sealed class ManyTunnelsTests(ITestOutputHelper output)
{
    /// <summary>What the heap may have grown by since the second round, in KiB; one tunnel left over from each round would take some 50 KiB, all of them 80 MiB.</summary>
    private const long Leeway = 16 * 1024;

    private static readonly int Tunnels = Scale("SSTP_ROUTER_TUNNELS", 200);
    private static readonly int Rounds = Scale("SSTP_ROUTER_ROUNDS", 10);
    private static readonly TimeSpan Hold = TimeSpan.FromSeconds(Scale("SSTP_ROUTER_HOLD", 0));

    [RootFact]
    public void All_come_up_in_one_burst_and_leave_nothing_behind()
    {
        using var crowd = new Crowd(Tunnels);
        Router[] routers = [crowd.Hq, crowd.Branch];
        Holdings[] untouched = [.. routers.Select(Holdings.Of)];
        Holdings[] baseline = [];
        long[] memory = [];
        for (int round = 1; round <= Rounds; round++)
        {
            long[] idle = [.. routers.Select(Holdings.PrivateMemory)];
            TimeSpan up = crowd.Raise();
            crowd.PingThroughEach();
            crowd.Hold(Hold);
            long[] full = [.. routers.Select(Holdings.PrivateMemory)];
            TimeSpan down = crowd.Lower();
            Say(string.Create(
                CultureInfo.InvariantCulture,
                $"round {round}: {Tunnels} tunnels up in {up.TotalSeconds:F1} s, down in {down.TotalSeconds:F1} s; "
                + $"server {idle[0]} KiB, {full[0]} with tunnels, client {idle[1]} KiB, {full[1]} with tunnels"));
            if (round == 1)
            {
                Say($"private memory for each idle tunnel: server {(full[0] - idle[0]) / Tunnels} KiB, client {(full[1] - idle[1]) / Tunnels} KiB");

                // Some of what a router holds it takes when it is first needed.
                baseline = [.. routers.Select((r, i) => Holdings.Of(r) with { Network = untouched[i].Network, Users = untouched[i].Users })];
            }

            if (round == 2)
            {
                memory = [.. routers.Select(Holdings.PrivateMemory)];
            }
        }

        for (int i = 0; i < routers.Length; i++)
        {
            Await.Until(() => Holdings.Of(routers[i]).IsNoMoreThan(baseline[i]), () => $"before:\n{baseline[i]}\nafter:\n{Holdings.Of(routers[i])}");
            Assert.InRange(Holdings.PrivateMemory(routers[i]), 0, memory[i] + Leeway);
        }

        Assert.Equal(Tunnels * Rounds, crowd.Branch.Program.Count(": connecting..."));
        Assert.Equal(0, crowd.Hq.Program.Count("too many connections"));
        Assert.Equal(0, routers.Sum(r => r.Program.Count("critical")));
    }

    private static int Scale(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out int given) ? given : otherwise;

    /// <summary>What was measured, for the test's output and for a long run.</summary>
    private void Say(string text)
    {
        output.WriteLine(text);
        if (Environment.GetEnvironmentVariable("SSTP_ROUTER_REPORT") is { } report)
        {
            File.AppendAllText(report, text + "\n");
        }
    }
}
