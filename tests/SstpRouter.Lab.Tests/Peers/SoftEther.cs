using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using SstpRouter.Lab.Tests.Harness;
using SstpRouter.Linux;

namespace SstpRouter.Lab.Tests.Peers;

/// <summary>Debian's SoftEther server on a machine of its own, and routers with cables to it.</summary>
internal sealed class SoftEther : IDisposable
{
    /// <summary>The address behind the server, on the bridge of its hub: the far end of every tunnel.</summary>
    public const string FarEnd = "10.97.0.1";

    /// <summary>A client as it is added, but for its name, server and password; the far end is behind its default route.</summary>
    public const string Client = "user=alice add-default-route=yes disabled=no";

    /// <summary>The password that the server knows.</summary>
    public const string Password = "secret123";

    // The keeper obeys until its input ends, which it does however the tests end; the script wants its namespace to have a name.
    private const string Keeper =
        """
        ulimit -c 0
        ip netns attach "$NS" $$
        while read -r verb; do bash "$0" $verb && echo "done: $verb"; done
        bash "$0" down
        ip netns del "$NS"
        """;

    private static int _servers;

    private readonly Dictionary<string, string> _settings;
    private readonly RunningProgram _keeper;
    private int _branches;
    private int _starts;

    public SoftEther()
    {
        string name = string.Create(
            CultureInfo.InvariantCulture, $"softether-{Environment.ProcessId}-{Interlocked.Increment(ref _servers)}");
        State = $"/tmp/sstp-peers-{name}";
        _settings = new() { ["NS"] = name, ["STATE"] = State, ["SERVER"] = "10.99.1.1", ["MODE"] = "tap" };
        _keeper = new RunningProgram(name, Host.Run(() => Process.Start(WithSettings("bash", ["-c", Keeper, Script()]))!));
        Start();
    }

    public Host Host { get; } = new("softether");

    /// <summary>Where the server keeps its files.</summary>
    private string State { get; }

    /// <summary>Starts the server and waits until it serves.</summary>
    public void Start()
    {
        _keeper.Input.WriteLine("up");
        _keeper.Input.Flush();
        _keeper.WaitForLine("done: up", ++_starts);
    }

    /// <summary>Kills the server, with everything that it has started.</summary>
    public void Kill()
    {
        string process = File.ReadAllText(Path.Combine(State, "pid"));
        ProcessControl.Kill(int.Parse(process, CultureInfo.InvariantCulture), ProcessControl.SignalKill);
        _keeper.Input.WriteLine("down");
        _keeper.Input.Flush();
        _keeper.WaitForLine("done: down", _starts);
    }

    /// <summary>A router with a cable to the server, running and with an address.</summary>
    /// <param name="server">The address of the server at this cable.</param>
    /// <param name="client">The address of the router.</param>
    public Router AddBranch(out string server, out string client)
    {
        int number = ++_branches;
        string cable = string.Create(CultureInfo.InvariantCulture, $"ether{number}");
        server = string.Create(CultureInfo.InvariantCulture, $"10.99.{number}.1");
        client = string.Create(CultureInfo.InvariantCulture, $"10.99.{number}.2");
        string address = server;
        var branch = new Router("branch");
        Host.Connect(Host, branch.Host, cable);
        Host.Run(() =>
        {
            using var routes = new RouteSocket();
            routes.AddAddress(routes.Link(cable)!.Index, IPAddress.Parse(address), 24);
        });
        branch.Start("--debug");
        branch.Exec($"/ip address add address={client}/24 interface={cable}");
        return branch;
    }

    /// <summary>Waits until the far end answers a router: the server works off what has piled up at the start first.</summary>
    public static void WaitForFarEnd(Router branch)
    {
        Await.Until(
            () => branch.TryExec($"ping {FarEnd} count=1").Output.Contains(" received=1 ", StringComparison.Ordinal),
            () => $"{FarEnd} does not answer:\n{string.Join('\n', branch.Program.Lines)}");
        branch.Ping(FarEnd);
    }

    /// <summary>The names of the sessions from an address.</summary>
    public string[] SessionsFrom(string client)
    {
        Finished done = RunningProgram.ToEnd(WithSettings("bash", [Script(), "cmd", "SessionList"]));
        Assert.True(done.Status == 0, done.Output + done.Error);
        string[] lines = done.Output.Split('\n');
        return [.. Fields("Session Name").Zip(Fields("Source Host Name")).Where(s => s.Second == client).Select(s => s.First)];

        IEnumerable<string> Fields(string name) => lines.Where(l => l.StartsWith(name, StringComparison.Ordinal)).Select(l => l.Split('|')[1]);
    }

    /// <summary>What the server has logged about an address.</summary>
    public string[] LogOf(string client) =>
    [
        .. Directory.EnumerateFiles(Path.Combine(State, "log", "server_log"))
            .SelectMany(File.ReadAllLines)
            .Where(l => l.Contains(client, StringComparison.Ordinal)),
    ];

    public void Dispose()
    {
        _keeper.Input.Close();
        _keeper.WaitForEnd();
        _keeper.Dispose();
        Host.Dispose();
    }

    private static string Script([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "../../peers/softether-server.sh"));

    private ProcessStartInfo WithSettings(string file, IEnumerable<string> arguments)
    {
        ProcessStartInfo start = RunningProgram.StartInfo(file, arguments);
        foreach ((string name, string value) in _settings)
        {
            start.Environment[name] = value;
        }

        return start;
    }
}
