using System.Diagnostics;
using System.Text.Json;
using SstpRouter.Lab.Tests.Harness;
using SstpRouter.Linux;

namespace SstpRouter.Lab.Tests.Bench;

/// <summary><c>sstp-router bench</c>, with tests so short that their figures mean nothing.</summary>
public sealed class BenchCommandTests : IDisposable
{
    private const string Shortest = "0.2";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("sstp-router-test-");

    [Theory]
    [InlineData("bench --seconds 0", "sstp-router: --seconds takes a number, 0.1..600\n")]
    [InlineData("bench --seconds -3", "sstp-router: --seconds takes a number, 0.1..600\n")]
    [InlineData("bench --seconds 601", "sstp-router: --seconds takes a number, 0.1..600\n")]
    [InlineData("bench --seconds soon", "sstp-router: --seconds takes a number, 0.1..600\n")]
    [InlineData("bench --seconds", "sstp-router: --seconds needs a value\n")]
    [InlineData("bench --only tun,everything", "sstp-router: --only takes cipher, tun, wire, tcp, udp, ping, dial, memory, and not \"everything\"\n")]
    [InlineData("bench --only=", "sstp-router: --only takes cipher, tun, wire, tcp, udp, ping, dial, memory, and not \"\"\n")]
    [InlineData("bench cipher", "sstp-router: cipher is not expected here; see sstp-router --help\n")]
    [InlineData("bench --fast", "sstp-router: there is no option --fast here; see sstp-router --help\n")]
    public void What_makes_no_sense_is_refused(string line, string error) =>
        Assert.Equal(new Finished(2, "", error), RunningProgram.Router(line.Split(' ')));

    [RootFact]
    public void The_board_alone_needs_no_router()
    {
        Finished done = RunningProgram.Router(["bench", "--seconds", Shortest, "--only", "tun,cipher", "--json"]);

        Assert.Equal("Bottleneck: not known, which takes cipher, tun and tcp together.", Check(done, BoardRows));
    }

    [RootFact]
    public void Two_routers_and_a_tunnel_leave_nothing_behind()
    {
        string mounts = File.ReadAllText("/proc/self/mountinfo");
        string links = Links();
        using RunningProgram bench = Start("--seconds", Shortest, "--only", "wire,tcp,udp,ping,dial,memory", "--json");
        int[] routers = RoutersOf(bench);
        string[] namespaces = [.. routers.Select(ProcessTable.NetworkNamespaceOf)];

        Finished done = bench.WaitForEnd();

        _ = Check(done, TunnelRows);
        Assert.DoesNotContain(routers, ProcessTable.IsAlive);
        Assert.DoesNotContain(ProcessTable.All(), p => namespaces.Contains(ProcessTable.NetworkNamespaceOf(p)));
        Assert.Empty(_directory.EnumerateFileSystemInfos());
        Assert.Equal(mounts, File.ReadAllText("/proc/self/mountinfo"));
        Assert.Equal(links, Links());
    }

    [RootFact]
    public void Kill_9_leaves_nothing_behind()
    {
        using RunningProgram bench = Start("--seconds", "60", "--only", "tcp");
        int[] routers = RoutersOf(bench);

        bench.Kill();

        Await.Until(() => !routers.Any(ProcessTable.IsAlive), () => "the routers outlive the benchmark");
        Assert.Empty(_directory.EnumerateFileSystemInfos());
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private static string[] BoardRows =>
    [
        "cipher/aes-256-gcm-16k", "cipher/aes-256-gcm-1400", "cipher/aes-128-gcm-16k", "cipher/aes-128-gcm-1400",
        "cipher/chacha20-poly1305-16k", "cipher/chacha20-poly1305-1400", "cipher/aes-256-cbc-sha-16k", "cipher/aes-256-cbc-sha-1400",
        "cipher/handshakes-rsa-2048", "cipher/handshakes-p-256",
        "tun/plain-write", "tun/plain-read", "tun/header-write", "tun/header-read", "tun/small-write", "tun/small-read", "tun/super-write", "tun/super-read",
    ];

    private static string[] TunnelRows =>
    [
        "wire/tcp", "wire/tls", "wire/tls-cpu", "wire/udp", "wire/ping-p50", "wire/ping-p99",
        "tcp/up", "tcp/down", "tcp/both", "tcp/four", "tcp/up-cpu", "tcp/down-cpu",
        "udp/up", "udp/down",
        "ping/idle-p50", "ping/idle-p99", "ping/busy-p50", "ping/busy-p99",
        "dial/rsa-2048", "dial/p-256",
        "memory/idle", "memory/load", "memory/server-tunnel", "memory/client-tunnel",
    ];

    /// <summary>Looks that a run has all of its rows, each with a figure.</summary>
    /// <returns>What it says of the bottleneck.</returns>
    private static string Check(Finished done, string[] ids)
    {
        Assert.True(done.Status == 0, done.Output + done.Error);
        Assert.Equal("", done.Error);
        using var report = JsonDocument.Parse(done.Output);
        JsonElement[] rows = [.. report.RootElement.GetProperty("rows").EnumerateArray()];
        Assert.Equal(ids, rows.Select(r => r.GetProperty("id").GetString()!));
        Assert.All(rows, r => Assert.True(r.GetProperty("value").GetDouble() > 0, r.ToString()));
        Assert.All(rows.SelectMany(r => r.GetProperty("ratios").EnumerateObject()), r => Assert.True(r.Value.GetDouble() > 0, r.ToString()));
        return report.RootElement.GetProperty("bottleneck").GetString()!;
    }

    /// <summary>Waits until both routers have namespaces of their own.</summary>
    private static int[] RoutersOf(RunningProgram bench)
    {
        string own = ProcessTable.NetworkNamespaceOf(bench.Id);
        int[] routers = [];
        Await.Until(
            () => (routers = ProcessTable.ChildrenOf(bench.Id)).Count(r => ProcessTable.NetworkNamespaceOf(r) is { Length: > 0 } name && name != own) == 2,
            () => $"the routers did not start; bench wrote:\n{string.Join('\n', bench.Lines)}");
        return routers;
    }

    private static string Links()
    {
        using var routes = new RouteSocket();
        return string.Join('\n', routes.Links().Select(l => $"{l.Index} {l.Name}"));
    }

    private RunningProgram Start(params string[] arguments)
    {
        ProcessStartInfo start = RunningProgram.StartInfo(RouterBinary.Path, ["bench", .. arguments]);
        start.Environment["TMPDIR"] = _directory.FullName;
        return new RunningProgram("bench", Process.Start(start)!);
    }
}
