using SstpRouter.Lab.Tests.Harness;

namespace SstpRouter.Lab.Tests;

/// <summary>How a router starts, stops and comes back.</summary>
public sealed class LifeCycleTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("sstp-router-test-");

    [RootFact]
    public void Sigterm_says_good_bye_and_leaves_nothing_behind()
    {
        using var network = new TwoRouters();
        network.Dial();

        Finished done = network.Branch.Program.Terminate();

        Assert.Equal(0, done.Status);
        Assert.Equal(
            ["sstp-out1: terminating...", "sstp-out1: disconnected"],
            network.Branch.LogOf("sstp-out1").TakeLast(2));
        network.Hq.Program.WaitForLine("<sstp-MT-User>: disconnected");
        Assert.Equal(1, network.Hq.Program.Count("<sstp-MT-User>: terminating... - disconnected"));
        Assert.Equal(0, network.Hq.Program.Count("hungup"));
        Assert.Equal(["ether1", "lo"], network.Branch.Host.KernelInterfaces());
        Assert.DoesNotContain("10.0.0.1/32", network.Branch.Host.KernelRoutes());
        Assert.False(File.Exists(Path.Combine(network.Branch.State, "control.sock")));
    }

    [RootTheory]
    [InlineData("192.168.62.9")] // nobody there: the connection is still being made
    [InlineData("192.168.62.2")] // refused: the next try is being waited for
    [InlineData("192.0.2.1")] // no route
    [InlineData("vpn.example")] // no address
    public void Sigterm_ends_a_router_that_is_still_dialling(string server)
    {
        using var network = new TwoRouters();
        network.Branch.Exec($"/interface sstp-client add connect-to={server} disabled=no name=sstp-out1 user=x");
        network.Branch.Program.WaitForLine("sstp-out1: connecting...");

        Assert.Equal(0, network.Branch.Program.Terminate().Status);

        Assert.Equal("sstp-out1: disconnected", network.Branch.LogOf("sstp-out1")[^1]);
        Assert.Equal(["ether1", "lo"], network.Branch.Host.KernelInterfaces());
    }

    [RootFact]
    public void A_server_that_stops_says_good_bye_and_is_dialled_again_when_it_is_back()
    {
        using var network = new TwoRouters();
        network.Dial();

        Assert.Equal(0, network.Hq.Program.Terminate().Status);

        network.Branch.Program.WaitForLine("sstp-out1: terminating... - disconnected");
        network.Branch.Program.WaitForLine("sstp-out1: disconnected");
        network.Hq.Start();
        network.Branch.WaitUntilRunning();
        network.Branch.Ping("10.0.0.1");
        network.Hq.Ping("10.0.0.5");
    }

    [RootFact]
    public void Settings_and_ids_survive_kill_9()
    {
        using var network = new TwoRouters();
        network.Dial();
        network.Branch.Exec("/interface sstp-client add name=other connect-to=192.168.62.9 user=x");
        network.Branch.Exec("/interface sstp-client add name=third connect-to=192.168.62.9 user=x");
        network.Branch.Exec("/interface sstp-client remove other");
        string settings = Settings(network.Branch);

        network.Branch.Program.Kill();

        // Nobody said good-bye; the kernel closed the connection.
        network.Hq.Program.WaitForLine("<sstp-MT-User>: terminating... - hungup");
        Assert.Equal(["ether1", "lo"], network.Branch.Host.KernelInterfaces());
        network.Branch.Start();
        Assert.Equal(settings, Settings(network.Branch));
        network.Branch.WaitUntilRunning();
        network.Branch.Ping("10.0.0.1");
    }

    [RootFact]
    public void A_second_router_on_the_same_state_is_refused_and_the_first_goes_on()
    {
        using var router = new Router("first");
        router.Start();

        using RunningProgram second = router.Host.Start(RouterBinary.Path, ["run", "--state", router.State]);
        Finished done = second.WaitForEnd();

        Assert.Equal(1, done.Status);
        Assert.EndsWith($"sstp-router: {router.State} is used by another router: stop that one or use another directory\n", done.Error);
        Assert.DoesNotContain("   at ", done.Error);
        Assert.Equal("MikroTik\n", router.Exec(":put [/system identity get name]"));
    }

    [RootFact]
    public void A_configuration_with_bad_lines_starts_with_the_rest_and_keeps_them()
    {
        string file = Write(BadConfiguration.Text);
        string[] named = RunningProgram.Router(["check", file]).Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        using var router = new Router("hurry");

        router.Start("--config", file);

        Assert.Equal(BadConfiguration.BadLines, named.Length);
        Assert.All(named, n => Assert.Equal(1, router.Program.Count("system,warning " + n)));
        Assert.Equal("hurry\n", router.Exec(":put [/system identity get name]"));
        Assert.Equal("good;misspelt;multilink\n", router.Exec(":local n [:toarray \"\"]; :foreach i in=[/interface sstp-client find] do={ :set n ($n, [/interface sstp-client get $i name]) }; :put $n"));
        Assert.Equal("1\n", router.Exec(":put [:len [/ip pool find]]"));
        string rejected = File.ReadAllText(Path.Combine(router.State, "rejected.rsc"));
        Assert.Contains("passwrd=Secret2", rejected);
        Assert.Contains("mrru=1600", rejected);
        Assert.All(named, n => Assert.Contains(n, rejected));
        Assert.Equal(0, router.Program.Count("Secret"));
    }

    [RootFact]
    public void Bad_lines_are_named_at_each_start_and_the_file_is_read_only_once()
    {
        string file = Write(BadConfiguration.Text);
        using var router = new Router("hurry");
        router.Start("--config", file);
        router.Exec("/system identity set name=calm");
        Assert.Equal(0, router.Program.Terminate().Status);

        router.Start("--config", file);

        Assert.Equal(BadConfiguration.BadLines, router.Program.Count("still waits to be mended"));
        Assert.Equal(1, router.Program.Count($"{file} is not read: the state holds a configuration already"));
        Assert.Equal("calm\n", router.Exec(":put [/system identity get name]"));
    }

    [RootFact]
    public void A_configuration_that_is_not_there_ends_the_start_and_can_be_given_later()
    {
        string file = Path.Combine(_directory.FullName, "later.rsc");
        using var router = new Router("later");
        router.StartWithoutWaiting("--config", file);
        Finished done = router.Program.WaitForEnd();
        Assert.Equal(1, done.Status);
        Assert.Contains(file, done.Error.Split('\n')[^2]);
        File.WriteAllText(file, "/system identity set name=later");

        router.Start("--config", file);

        Assert.Equal("later\n", router.Exec(":put [/system identity get name]"));
    }

    [RootFact]
    public void An_edit_by_hand_is_taken_and_logged()
    {
        using var router = new Router("edited");
        router.Start("--config", Write("/interface sstp-client add name=one connect-to=192.168.62.2 user=x\n"));
        router.Exec("/interface sstp-client add name=two connect-to=192.168.62.2 user=x");
        router.Program.Terminate();
        File.AppendAllText(Path.Combine(router.State, "config.rsc"), "/system identity set name=edited\n");

        router.Start();

        Assert.Equal(1, router.Program.Count("config.rsc: was edited by hand, which is accepted"));
        Assert.Equal("edited\n", router.Exec(":put [/system identity get name]"));
        Assert.Equal("2\n", router.Exec(":put [:len [/interface sstp-client find]]"));
    }

    [RootFact]
    public void Interrupting_exec_cancels_the_command_at_the_router()
    {
        using var router = new Router("pinged");
        router.Start();
        using RunningProgram ping = router.Host.Start(RouterBinary.Path, ["exec", "--state", router.State, "ping 127.0.0.1"]);
        ping.WaitForLine("127.0.0.1  ");

        ping.Signal(2); // SIGINT: signal(7)

        Assert.Equal(1, ping.WaitForEnd().Status);
        Assert.Equal("MikroTik\n", router.Exec(":put [/system identity get name]"));
    }

    [RootFact]
    public void Cli_reads_commands_from_a_pipe_and_ends_with_the_status_of_the_last()
    {
        using var router = new Router("piped");
        router.Start();

        Finished good = RunningProgram.Router(["cli", "--state", router.State], "/system identity\nset name=piped\nprint\n");
        Finished bad = RunningProgram.Router(["cli", "--state", router.State], "/system identity print\n/interfaec print\n");

        Assert.Equal(0, good.Status);
        Assert.Contains("name: piped\n", good.Output);
        Assert.Equal(1, bad.Status);
        Assert.Contains("bad command name interfaec", bad.Output);
    }

    public void Dispose() => _directory.Delete(recursive: true);

    /// <summary>Everything that is stored, with the ids.</summary>
    private static string Settings(Router router) =>
        string.Concat(router.Exec("/export show-sensitive").Split('\n').Where(l => !l.StartsWith('#')).Select(l => l + "\n"))
        + router.Exec(":put [/interface sstp-client find]")
        + router.Exec(":put [/ip address find where !dynamic]");

    private string Write(string text)
    {
        string path = Path.Combine(_directory.FullName, "given.rsc");
        File.WriteAllText(path, text);
        return path;
    }
}
