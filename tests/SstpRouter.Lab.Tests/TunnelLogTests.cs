using SstpRouter.Lab.Tests.Golden;
using SstpRouter.Lab.Tests.Harness;

namespace SstpRouter.Lab.Tests;

/// <summary>What both routers log over the whole life of a tunnel.</summary>
public class TunnelLogTests
{
    [RootFact]
    public void The_life_of_a_tunnel_is_logged_in_the_words_of_RouterOS()
    {
        using var network = new TwoRouters();

        network.Dial();
        network.Branch.Ping("10.0.0.1");
        network.Branch.Exec("/interface sstp-client disable sstp-out1");

        network.Branch.Program.WaitForLine("sstp-out1: disconnected");
        network.Hq.Program.WaitForLine("<sstp-MT-User>: disconnected");
        Screen.Check("branch-log", Tunnels(network.Branch));
        Screen.Check("hq-log", Tunnels(network.Hq));
    }

    [RootFact]
    public void Log_print_shows_what_went_to_stderr()
    {
        using var router = new Router("logged");
        router.Start();

        string[] printed = router.Exec("/log print").Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(router.Program.Lines, printed.Select(l => l.Trim()));
    }

    private static string Tunnels(Router router) => string.Concat(router.Program.Lines
        .Where(l => l.Contains(" sstp,", StringComparison.Ordinal))
        .Select(l => Mask.Counters(Mask.Volatile(l)) + "\n"));
}
