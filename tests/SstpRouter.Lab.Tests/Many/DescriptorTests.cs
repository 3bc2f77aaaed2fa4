using System.Globalization;
using System.Net;
using System.Net.Sockets;
using SstpRouter.Lab.Tests.Harness;

namespace SstpRouter.Lab.Tests.Many;

/// <summary>The router's open files: as many as it may have, and what happens when there are no more.</summary>
public sealed class DescriptorTests
{
    [RootFact]
    public void The_soft_limit_is_raised_to_the_hard_one()
    {
        using var router = new Router("limited");
        using RunningProgram program = router.Host.Start(
            "prlimit", ["--nofile=256:4096", RouterBinary.Path, "run", "--state", router.State, "--workers", "1"]);
        program.WaitForLine("router is ready");

        string limit = File.ReadLines($"/proc/{program.Id}/limits").Single(l => l.StartsWith("Max open files", StringComparison.Ordinal));

        Assert.Equal(["4096", "4096", "files"], limit.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3..]);
    }

    [RootFact]
    public void A_server_without_descriptors_keeps_its_tunnels_and_goes_on_when_there_are_some_again()
    {
        const int callers = 300;
        using var network = new TwoRouters();
        network.Dial();
        Limit(network.Hq, Directory.GetFileSystemEntries($"/proc/{network.Hq.Program.Id}/fd").Length + 20);
        Socket[] idle = [.. Enumerable.Range(0, callers).Select(_ => Call(network.Branch.Host))];
        network.Hq.Program.WaitForLine("sstp server: cannot accept a connection");

        network.Branch.Ping("10.0.0.1");

        Array.ForEach(idle, socket => socket.Dispose());
        network.Branch.Exec("/interface sstp-client disable sstp-out1");
        network.Branch.Program.WaitForLine("sstp-out1: disconnected");
        network.Branch.Exec("/interface sstp-client enable sstp-out1");
        network.Branch.WaitUntilRunning();
        network.Hq.Ping("10.0.0.5");
        Assert.Equal(0, network.Hq.Program.Count("system,error,critical"));
    }

    private static void Limit(Router router, int descriptors)
    {
        string limit = descriptors.ToString(CultureInfo.InvariantCulture);
        string process = router.Program.Id.ToString(CultureInfo.InvariantCulture);
        Assert.Equal(0, RunningProgram.ToEnd(RunningProgram.StartInfo("prlimit", ["--pid", process, $"--nofile={limit}:{limit}"])).Status);
    }

    private static Socket Call(Host host) => host.Run(() =>
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(IPAddress.Parse("192.168.62.2"), 443);
        return socket;
    });
}
