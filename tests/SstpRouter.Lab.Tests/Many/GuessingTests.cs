using System.Diagnostics;
using System.Globalization;
using System.Net;
using SstpRouter.Lab.Tests.Harness;
using SstpRouter.Linux;
using Xunit.Abstractions;

namespace SstpRouter.Lab.Tests.Many;

/// <summary>Five hundred calls a second with wrong passwords, from one address.</summary>
public sealed class GuessingTests(ITestOutputHelper output)
{
    private const int CallsPerSecond = 500;
    private const int Logins = 5;

    /// <summary>Far more than a login takes, and than the wait of those who are not served.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    [RootFact]
    public void A_good_login_gets_in_each_time_and_a_tunnel_keeps_its_ping()
    {
        using var network = new TwoRouters();
        using var attacker = new Host("attacker");
        network.CertifyHq();
        network.Dial();
        network.Hq.Exec("/ppp secret add local-address=10.0.0.1 name=late password=StrongPass remote-address=10.0.0.6 service=sstp");
        network.Branch.Exec("/interface sstp-client add connect-to=192.168.62.2 name=late user=late password=StrongPass disabled=yes");
        Host.Connect(network.Hq.Host, attacker, "ether2");
        network.Hq.Exec("/ip address add address=192.168.63.2/24 interface=ether2");
        attacker.Run(() =>
        {
            using var routes = new RouteSocket();
            routes.AddAddress(routes.Link("ether2")!.Index, IPAddress.Parse("192.168.63.1"), 24);
        });

        long start = Stopwatch.GetTimestamp();
        using var guesser = new Guesser(attacker, new IPEndPoint(IPAddress.Parse("192.168.63.2"), 443), CallsPerSecond);
        network.Hq.Program.WaitForLine("too many connections without a login");
        using RunningProgram ping = network.Branch.Host.Start(
            RouterBinary.Path, ["exec", "--state", network.Branch.State, "ping 10.0.0.1 count=10 interval=500ms"]);
        List<double> times = [];
        for (int login = 0; login < Logins; login++)
        {
            long asked = Stopwatch.GetTimestamp();
            network.Branch.Exec("/interface sstp-client enable late");
            network.Branch.WaitUntilRunning("late");
            times.Add(Stopwatch.GetElapsedTime(asked).TotalSeconds);
            network.Branch.Exec("/interface sstp-client disable late");
            network.Branch.Program.WaitForLine("late: disconnected", login + 1);
        }

        string pings = ping.WaitForEnd().Output;
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{guesser.Opened / seconds:F0} calls a second, {guesser.Shown / seconds:F0} of them looked at; good logins took {string.Join(", ", times.Select(t => t.ToString("F1", CultureInfo.InvariantCulture)))} s"));

        Assert.All(times, time => Assert.InRange(time, 0, Limit.TotalSeconds));
        Assert.Equal(Logins, network.Branch.Program.Count("late: connecting..."));
        Assert.Equal(Logins, network.Branch.Program.Count("late: connected"));
        Assert.Equal(1, network.Branch.Program.Count("sstp-out1: connecting..."));
        Assert.Equal(0, network.Hq.Program.Count("system,error,critical"));
        Assert.Matches("sent=10 received=(10|9|8|7) ", pings);

        // The one who guesses is held up: 64 places, each for a second.
        Assert.InRange(guesser.Shown, 1, 64 * (seconds + 1) + 64);
    }
}
