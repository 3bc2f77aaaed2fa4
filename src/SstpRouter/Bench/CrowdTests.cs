using System.Diagnostics;

namespace SstpRouter.Bench;

/// <summary>Many tunnels at once: how soon they are up, and what they cost while nothing moves in them.</summary>
internal static class CrowdTests
{
    private const int Fewest = 10;
    private const int Most = 100;
    private const double DialledASecond = 34;

    private static readonly Limit OfRsa = new("cipher/handshakes-rsa-2048", "of TLS over memory");
    private static readonly Limit OfP256 = new("cipher/handshakes-p-256", "of TLS over memory");

    /// <summary>Measures.</summary>
    /// <param name="report">Where the rows go.</param>
    /// <param name="lab">The routers.</param>
    /// <param name="time">How long a burst may take, about: it decides how many tunnels are in it.</param>
    /// <param name="groups">What was asked for, of <see cref="BenchGroups.Dial"/> and <see cref="BenchGroups.Memory"/>.</param>
    public static void Run(BenchReport report, BenchLab lab, TimeSpan time, IReadOnlyList<string> groups)
    {
        int tunnels = Math.Clamp((int)(time.TotalSeconds * DialledASecond), Fewest, Most);
        double loaded = groups.Contains(BenchGroups.Memory) ? UnderLoad(lab, time) : 0;
        lab.HangUp();
        string one = $"/interface sstp-client add name=(\"crowd\".$n) connect-to={BenchLab.CableAddress} user=many password=StrongPass disabled=yes";
        lab.Client($":for n from=1 to={tunnels} do={{{one}}}");
        (double server, double client) = Memory(lab);
        double rsa = Raise(lab, tunnels);
        (double serverThen, double clientThen) = Memory(lab);
        if (groups.Contains(BenchGroups.Dial))
        {
            Lower(lab);
            lab.ShowCertificate("p256");
            double p256 = Raise(lab, tunnels);
            report.Add("dial/rsa-2048", $"{tunnels} tunnels, RSA-2048", rsa, Units.PerSecond, OfRsa);
            report.Add("dial/p-256", $"{tunnels} tunnels, P-256", p256, Units.PerSecond, OfP256);
        }

        if (groups.Contains(BenchGroups.Memory))
        {
            report.Add("memory/idle", "server with one tunnel, resident", lab.IdleMegabytes, Units.Megabytes);
            report.Add("memory/load", "the same at full load", loaded, Units.Megabytes, new Limit("memory/idle", "times idle"));
            report.Add("memory/server-tunnel", "server, private for each idle tunnel", (serverThen - server) / tunnels, Units.Megabytes);
            report.Add("memory/client-tunnel", "client, private for each idle tunnel", (clientThen - client) / tunnels, Units.Megabytes);
        }

        Lower(lab);
        lab.ShowCertificate("rsa");
        lab.Client("/interface sstp-client remove [find where name~\"^crowd\"]");
    }

    private static double UnderLoad(BenchLab lab, TimeSpan time)
    {
        lab.Dial();
        using var up = new Flow(lab.Near, lab.Far, BenchLab.ServerAddress);
        using var down = new Flow(lab.Far, lab.Near, BenchLab.ClientAddress);
        Thread.Sleep(time);
        return ProcessUsage.ResidentMegabytes(lab.ServerProcess);
    }

    private static (double Server, double Client) Memory(BenchLab lab) =>
        (ProcessUsage.PrivateMegabytes(lab.ServerProcess), ProcessUsage.PrivateMegabytes(lab.ClientProcess));

    /// <summary>Dials all of them in one command.</summary>
    /// <returns>How many came up in a second.</returns>
    private static double Raise(BenchLab lab, int tunnels)
    {
        long start = Stopwatch.GetTimestamp();
        lab.Client("/interface sstp-client enable [find where name~\"^crowd\"]");
        lab.WaitForRunning(tunnels);
        return tunnels / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static void Lower(BenchLab lab)
    {
        lab.Client("/interface sstp-client disable [find where name~\"^crowd\"]");
        lab.WaitForRunning(0);
    }
}
