using System.Globalization;
using SstpRouter.Lab.Tests.Harness;
using Xunit.Abstractions;

namespace SstpRouter.Lab.Tests.Many;

/// <summary>Many tunnels between two routers at once, again and again: what they took is all given back.</summary>
public sealed class ManyTunnelsTests(ITestOutputHelper output)
{
    private static readonly int Tunnels = Scale("SSTP_ROUTER_TUNNELS", 200);
    private static readonly int Rounds = Scale("SSTP_ROUTER_ROUNDS", 4);

    [RootFact]
    public void All_come_up_and_leave_nothing_behind()
    {
        using var crowd = new Crowd(Tunnels);
        Say($"ready");
        for (int round = 1; round <= Rounds; round++)
        {
            long hq0 = Holdings.PrivateMemory(crowd.Hq), branch0 = Holdings.PrivateMemory(crowd.Branch);
            TimeSpan up = crowd.Raise();
            crowd.PingThroughEach();
            long hq1 = Holdings.PrivateMemory(crowd.Hq), branch1 = Holdings.PrivateMemory(crowd.Branch);
            TimeSpan down = crowd.Lower();
            Say($"round {round}: up {up.TotalSeconds:F1} s down {down.TotalSeconds:F1} s hq {hq0}->{hq1}->{Holdings.PrivateMemory(crowd.Hq)} branch {branch0}->{branch1}->{Holdings.PrivateMemory(crowd.Branch)}");
            Say($"refused {crowd.Hq.Program.Count("too many connections")}");
        }
    }

    private static int Scale(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out int given) ? given : otherwise;

    private void Say(string line) { output.WriteLine(line); File.AppendAllText("/tmp/many/out.txt", DateTime.Now.ToString("HH:mm:ss ") + line + "\n"); }
}
