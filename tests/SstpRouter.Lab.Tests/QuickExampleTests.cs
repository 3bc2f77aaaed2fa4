using SstpRouter.Lab.Tests.Golden;
using SstpRouter.Lab.Tests.Harness;

namespace SstpRouter.Lab.Tests;

/// <summary>The manual's quick example, typed as it stands there.</summary>
public class QuickExampleTests
{
    [RootTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_lines_of_the_manual_make_a_tunnel_that_carries_traffic_both_ways(bool withCertificate)
    {
        using var network = new TwoRouters();
        if (withCertificate)
        {
            network.CertifyHq();
        }

        network.Dial();

        network.Branch.Ping("10.0.0.1");
        network.Hq.Ping("10.0.0.5");
        using RunningProgram server = Iperf.Serve(network.Hq.Host, "10.0.0.1");
        Assert.True(Iperf.Transfer(network.Branch.Host, "10.0.0.1") > 0);
        server.WaitForLine("Server listening", count: 2);
        Assert.True(Iperf.Transfer(network.Branch.Host, "10.0.0.1", "-R") > 0);
    }

    [RootFact]
    public void Both_sides_print_the_screens_of_the_manual()
    {
        using var network = new TwoRouters();

        network.Dial();

        Screen.Check("sstp-client-print", network.Branch.Exec("interface sstp-client print"));
        Screen.Check("sstp-server-server-print", network.Hq.Exec("interface sstp-server server print"));
    }

    [RootFact]
    public void Both_sides_show_the_tunnel_in_every_menu_that_it_touches()
    {
        using var network = new TwoRouters();

        network.Dial();
        Await.Until(() => network.Branch.Host.HasCarrier("ether1") && network.Hq.Host.HasCarrier("ether1"), () => "the cable has no carrier");

        Screen.Check("branch-with-tunnel", Screens(network.Branch, "/interface print", "/ip address print", "/ip route print"));
        Screen.Check("hq-with-tunnel", Screens(
            network.Hq, "/interface print", "/interface sstp-server print", "/ip address print", "/ip route print", "/ppp active print"));
    }

    [RootFact]
    public void The_tunnel_ends_on_both_sides_when_the_client_is_disabled_and_comes_back_when_it_is_enabled()
    {
        using var network = new TwoRouters();
        network.Dial();

        network.Branch.Exec("/interface sstp-client disable sstp-out1");

        network.Branch.Program.WaitForLine("sstp-out1: disconnected");
        network.Hq.Program.WaitForLine("<sstp-MT-User>: disconnected");
        Assert.Equal(["ether1", "lo"], network.Branch.Host.KernelInterfaces());
        Assert.Equal(["ether1", "lo"], network.Hq.Host.KernelInterfaces());
        Assert.Equal(["192.168.62.0/24"], network.Hq.Host.KernelRoutes());
        network.Branch.Exec("/interface sstp-client enable sstp-out1");
        network.Branch.WaitUntilRunning();
        network.Branch.Ping("10.0.0.1");
    }

    private static string Screens(Router router, params string[] commands) =>
        string.Concat(commands.Select(c => $"> {c}\n{Mask.Volatile(router.Exec(c))}"));
}
