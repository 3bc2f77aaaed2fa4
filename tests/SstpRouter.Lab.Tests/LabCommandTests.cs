using System.Diagnostics;
using SstpRouter.Console.Tests.Transcripts;
using SstpRouter.Lab.Tests.Harness;
using Xunit.Abstractions;

namespace SstpRouter.Lab.Tests;

/// <summary>The lab that people start: <c>sstp-router lab</c>.</summary>
public sealed class LabCommandTests(ITestOutputHelper output) : IDisposable
{
    private const string PromptMark = "== your turn";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("sstp-router-test-");

    [RootTheory]
    [InlineData("lab --once")]
    [InlineData("lab --once --certificate")]
    [InlineData("lab --once --debug")]
    public void Once_proves_the_tunnel_and_ends_with_0(string line)
    {
        Finished done = RunningProgram.Router(line.Split(' '));

        Assert.True(done.Status == 0, done.Output + done.Error);
        Assert.Equal(2, done.Output.Split("sent=3 received=3 packet-loss=0%").Length - 1);
        Assert.Contains(TwoRouters.SecretLine, done.Output);
        Assert.Contains(TwoRouters.ServerLine, done.Output);
        Assert.Contains(TwoRouters.ClientLine, done.Output);
        Assert.Contains(" 0  R name=\"sstp-out1\"", done.Output);
        Assert.DoesNotContain("hungup", done.Output);
        Assert.Equal("", done.Error);
    }

    [RootFact]
    public void Piped_commands_go_to_the_router_that_they_name()
    {
        Finished done = RunningProgram.Router(["lab"], """
            branch /system identity set name=from-a-pipe
            hq
            /system identity print
            branch /interface print where name="sstp-out1"
            /quit

            """);

        string answers = done.Output[done.Output.IndexOf(PromptMark, StringComparison.Ordinal)..];
        Assert.True(done.Status == 0, done.Output + done.Error);
        Assert.Contains("name: hq\n", answers);
        Assert.Contains("sstp-out1  sstp-out", answers);
    }

    [RootFact]
    public void At_the_prompt_log_lines_stand_above_the_line_that_is_typed()
    {
        using var terminal = new PseudoTerminal(100, 40, [], true, [RouterBinary.Path, "lab"]);
        terminal.WaitForRow(row => row.StartsWith(PromptMark, StringComparison.Ordinal));
        terminal.ExpectTail("\nbranch [admin@branch] > █");
        terminal.Type("/system identity set name=x\r");
        terminal.WaitForRow(row => row.StartsWith("branch | ", StringComparison.Ordinal) && row.EndsWith("system identity changed by admin", StringComparison.Ordinal));
        terminal.ExpectTail("\nbranch [admin@x] > █");
        terminal.Type("hq :log info hello\r/ppp pro");
        terminal.WaitForRow(row => row.StartsWith("    hq | ", StringComparison.Ordinal) && row.EndsWith("script,info hello", StringComparison.Ordinal));
        terminal.ExpectTail("\nbranch [admin@x] > /ppp pro█");
        terminal.Type("\x03/quit\r");

        Assert.Equal(0, terminal.WaitForExit());
        terminal.WaitForRow(row => row.StartsWith("    hq | ", StringComparison.Ordinal) && row.EndsWith("router is stopping", StringComparison.Ordinal));
    }

    [RootFact]
    public void Two_labs_run_at_once()
    {
        using RunningProgram one = Start();
        using RunningProgram other = Start();
        one.WaitForLine(PromptMark);
        other.WaitForLine(PromptMark);

        one.Input.Write("ping 10.0.0.1 count=2 interval=200ms\n/quit\n");
        other.Input.Write("ping 10.0.0.1 count=2 interval=200ms\n/quit\n");
        one.Input.Close();
        other.Input.Close();

        Assert.Contains("sent=2 received=2", one.WaitForEnd().Output);
        Assert.Contains("sent=2 received=2", other.WaitForEnd().Output);
    }

    [RootFact]
    public void Kill_9_leaves_nothing_behind()
    {
        string mounts = File.ReadAllText("/proc/self/mountinfo");
        using RunningProgram lab = Start();
        lab.WaitForLine(PromptMark);
        int[] routers = ProcessTable.ChildrenOf(lab.Id);
        string[] namespaces = [.. routers.Select(ProcessTable.NetworkNamespaceOf)];
        Assert.Equal(2, routers.Length);
        Assert.Equal(2, namespaces.Distinct().Count());
        Assert.DoesNotContain(ProcessTable.NetworkNamespaceOf(Environment.ProcessId), namespaces);

        lab.Kill();

        Await.Until(() => !routers.Any(ProcessTable.IsAlive), () => "the routers outlive the lab");
        Assert.DoesNotContain(ProcessTable.All(), p => namespaces.Contains(ProcessTable.NetworkNamespaceOf(p)));
        Assert.Empty(_directory.EnumerateFileSystemInfos());
        Assert.Equal(mounts, File.ReadAllText("/proc/self/mountinfo"));
    }

    [RootFact]
    public void Sigterm_ends_the_lab_and_its_routers()
    {
        using RunningProgram lab = Start();
        lab.WaitForLine(PromptMark);
        int[] routers = ProcessTable.ChildrenOf(lab.Id);

        lab.Terminate();

        Await.Until(() => !routers.Any(ProcessTable.IsAlive), () => "the routers outlive the lab");
    }

    [RootFact]
    public void Without_root_it_says_so_in_one_line()
    {
        string program = CopyForEverybody();
        string[] nobody = ["--reuid", "65534", "--regid", "65534", "--clear-groups", program];
        if (RunningProgram.ToEnd(RunningProgram.StartInfo("setpriv", [.. nobody, "--version"])).Status != 0)
        {
            output.WriteLine("not checked: another user cannot run this build, because its runtime is root's alone");
            return;
        }

        Finished done = RunningProgram.ToEnd(RunningProgram.StartInfo("setpriv", [.. nobody, "lab"]));

        Assert.Equal(
            new Finished(1, "", "sstp-router lab: needs root, because it makes two network namespaces; run it with sudo\n"),
            done);
        Assert.Equal(
            new Finished(1, "", "sstp-router bench: needs root, because it makes network namespaces; run it with sudo\n"),
            RunningProgram.ToEnd(RunningProgram.StartInfo("setpriv", [.. nobody, "bench"])));
    }

    public void Dispose() => _directory.Delete(recursive: true);

    /// <summary>Starts a lab that waits at its prompt, with a temporary directory of its own.</summary>
    private RunningProgram Start()
    {
        ProcessStartInfo start = RunningProgram.StartInfo(RouterBinary.Path, ["lab"]);
        start.Environment["TMPDIR"] = _directory.FullName;
        return new RunningProgram("lab", Process.Start(start)!);
    }

    private string CopyForEverybody()
    {
        const UnixFileMode everybody = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        File.SetUnixFileMode(_directory.FullName, everybody);
        foreach (string file in RouterBinary.IsNative ? [RouterBinary.Path] : Directory.GetFiles(Path.GetDirectoryName(RouterBinary.Path)!))
        {
            string copy = Path.Combine(_directory.FullName, Path.GetFileName(file));
            File.Copy(file, copy);
            File.SetUnixFileMode(copy, everybody);
        }

        return Path.Combine(_directory.FullName, Path.GetFileName(RouterBinary.Path));
    }
}
