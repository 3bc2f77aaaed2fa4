using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using SstpRouter.Lab.Tests.Harness;
using SstpRouter.Linux;

namespace SstpRouter.Lab.Tests.Many;

/// <summary>Head office, and one router that dials it many times over: every other tunnel with a user of its own, the others all as one user.</summary>
internal sealed class Crowd : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("sstp-router-test-");

    public Crowd(int tunnels)
    {
        Tunnels = tunnels;
        // The routes of a cable's own IPv6 addresses come when the kernel has made sure of them, whatever tunnels do.
        Array.ForEach([Hq.Host, Branch.Host], h => h.Run(() => File.WriteAllText("/proc/sys/net/ipv6/conf/default/disable_ipv6", "1")));
        Host.Connect(Hq.Host, Branch.Host);
        Array.ForEach([Hq.Host, Branch.Host], h => h.Run(() => File.WriteAllText("/proc/sys/net/ipv6/conf/default/disable_ipv6", "0")));

        // As many workers as the program itself would take.
        string workers = Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture);
        Hq.StartWithoutWaiting("--workers", workers, "--config", Write("hq.rsc", OfficeConfiguration()));
        Branch.Start("--workers", workers, "--config", Write("branch.rsc", BranchConfiguration()));
        Hq.Program.WaitForLine("router is ready");
    }

    public int Tunnels { get; }

    public Router Hq { get; } = new("hq");

    public Router Branch { get; } = new("branch");

    /// <summary>Enables all tunnels in one command, and waits until all of them run.</summary>
    /// <returns>How long that took.</returns>
    public TimeSpan Raise()
    {
        long start = Stopwatch.GetTimestamp();
        Branch.Exec("/interface sstp-client enable [find]");
        Wait(() => Running() == Tunnels, () => $"{Running()} of {Tunnels} tunnels are up");
        return Stopwatch.GetElapsedTime(start);
    }

    /// <summary>Disables all tunnels in one command, and waits until neither router has any left.</summary>
    public TimeSpan Lower()
    {
        long start = Stopwatch.GetTimestamp();
        Branch.Exec("/interface sstp-client disable [find]");
        Wait(
            () => Hq.Host.KernelInterfaces().Length == 2 && Branch.Host.KernelInterfaces().Length == 2,
            () => $"left at {Hq.Host.Name}: {Hq.Host.KernelInterfaces().Length}, at {Branch.Host.Name}: {Branch.Host.KernelInterfaces().Length}");
        return Stopwatch.GetElapsedTime(start);
    }

    /// <summary>Sends one request through each tunnel and waits for all answers; what is lost is asked for again.</summary>
    public void PingThroughEach()
    {
        (int Link, IPAddress Peer)[] ends = Branch.Host.Run(() =>
        {
            using var routes = new RouteSocket();
            return routes.Addresses().Where(a => a.Peer is not null).Select(a => (a.InterfaceIndex, a.Peer!)).ToArray();
        });
        Assert.Equal(Tunnels, ends.Length);
        Assert.Equal(Tunnels, ends.Select(e => e.Peer).Distinct().Count());
        Assert.All(ends, end => Assert.True(Branch.Host.Run(() => IsAnswered(end.Peer, end.Link)), $"{end.Peer} does not answer"));
    }

    /// <summary>Sends requests through each, again and again for a while, and looks that all stay up.</summary>
    public void Hold(TimeSpan time)
    {
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < time)
        {
            Assert.Equal(Tunnels, Running());
            PingThroughEach();
        }
    }

    public void Dispose()
    {
        Branch.Dispose();
        Hq.Dispose();
        _directory.Delete(recursive: true);
    }

    private static bool IsAnswered(IPAddress address, int link)
    {
        using var pinger = Pinger.Open(address.AddressFamily, boundInterface: link);
        for (ushort sequence = 0; sequence < 10; sequence++)
        {
            if (pinger.Send(address, sequence, 56, 64) == PingStatus.Ok && pinger.Receive(1_000) is not null)
            {
                return true;
            }
        }

        return false;
    }

    private static void Wait(Func<bool> holds, Func<string> describe)
    {
        long start = Stopwatch.GetTimestamp();
        while (!holds())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < Patience, describe());
            Thread.Sleep(50);
        }
    }

    private int Running() => int.Parse(
        Branch.Exec(":put [:len [/interface sstp-client find where running]]").Trim(), CultureInfo.InvariantCulture);

    private string OfficeConfiguration()
    {
        var text = new StringBuilder(
            """
            /ip address add address=192.168.62.2/24 interface=ether1
            /ip pool add name=far ranges=10.64.0.1-10.64.15.254
            /ip pool add name=near ranges=10.65.0.1-10.65.15.254
            /ppp profile add name=many local-address=near remote-address=far
            /ppp secret add name=everybody password=StrongPass profile=many service=sstp
            /interface sstp-server server set enabled=yes

            """);
        for (int number = 0; number < Tunnels; number += 2)
        {
            text.Append(CultureInfo.InvariantCulture, $"/ppp secret add name=user{number} password=StrongPass{number} profile=many service=sstp\n");
        }

        return text.ToString();
    }

    private string BranchConfiguration()
    {
        var text = new StringBuilder("/ip address add address=192.168.62.1/24 interface=ether1\n");
        for (int number = 0; number < Tunnels; number++)
        {
            string login = number % 2 == 0 ? $"user=user{number} password=StrongPass{number}" : "user=everybody password=StrongPass";
            text.Append(CultureInfo.InvariantCulture, $"/interface sstp-client add name=out{number} connect-to=192.168.62.2 {login} disabled=yes\n");
        }

        return text.ToString();
    }

    private string Write(string name, string content)
    {
        string path = Path.Combine(_directory.FullName, name);
        File.WriteAllText(path, content);
        return path;
    }
}
