using System.Diagnostics;
using SstpRouter.Linux.Tests.Support;

namespace SstpRouter.Linux.Tests;

public sealed class ProcessControlTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(Sandbox.Patience);

    [RootFact]
    public async Task A_process_that_holds_a_namespace_dies_with_its_parent()
    {
        ProcessStartInfo start = Program.StartInfo(Program.ParentRole);
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        using Process parent = Process.Start(start)!;
        try
        {
            string? line = await parent.StandardOutput.ReadLineAsync().WaitAsync(Patience);
            string[] words = line!.Split(' ');
            int holder = int.Parse(words[0]);
            Assert.Contains("lo", words[1].Split(','));
            Assert.NotEqual(parent.Id, holder);
            using (NetworkNamespace held = NetworkNamespace.OfProcess(holder))
            {
                Assert.NotEqual(NamespaceOf(Environment.ProcessId), NamespaceOf(holder));
                Assert.DoesNotContain(held.Run(Links), l => l.IsUp);
            }

            Assert.True(ProcessControl.Kill(parent.Id, ProcessControl.SignalKill));

            // The holder has the same standard output: it ends when both are dead.
            Assert.Empty(await parent.StandardOutput.ReadToEndAsync().WaitAsync(Patience));
            await parent.WaitForExitAsync().WaitAsync(Patience);
            Assert.Equal(128 + ProcessControl.SignalKill, parent.ExitCode);
        }
        finally
        {
            parent.Kill(entireProcessTree: true);
        }
    }

    [Fact]
    public void A_signal_to_nobody_tells_so()
    {
        using Process child = Process.Start("/bin/true");
        child.WaitForExit();
        Assert.False(ProcessControl.Kill(child.Id, 0));
        Assert.True(ProcessControl.Kill(Environment.ProcessId, 0));
        Assert.Equal(
            Errno.Invalid,
            Assert.Throws<LinuxException>(() => ProcessControl.Kill(Environment.ProcessId, 999)).ErrorNumber);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_group_is_never_signalled(int process) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ProcessControl.Kill(process, 0));

    [Fact]
    public void A_program_that_is_not_there_is_an_error_and_changes_nothing()
    {
        LinuxException e = Assert.Throws<LinuxException>(
            () => ProcessControl.Execve("/no/such/program", ["program", "an argument"]));
        Assert.Equal("cannot run /no/such/program: No such file or directory", e.Message);
        Assert.Equal("execve", e.Call);
    }

    [Fact]
    public void A_signal_that_does_not_exist_is_refused() =>
        Assert.Throws<LinuxException>(() => ProcessControl.SetParentDeathSignal(999));

    [Fact]
    public void The_parent_is_known() => Assert.NotEqual(Environment.ProcessId, ProcessControl.ParentProcessId);

    [Fact]
    public void A_missing_privilege_gets_its_advice()
    {
        LinuxException e = new("ioctl(TUNSETIFF)", "cannot create interface sstp-out1", Errno.NotPermitted);
        Assert.Equal(
            "cannot create interface sstp-out1: Operation not permitted; needs root or CAP_NET_ADMIN", e.Message);
    }

    private static string NamespaceOf(int process) => File.ResolveLinkTarget($"/proc/{process}/ns/net", false)!.Name;

    private static IReadOnlyList<Link> Links()
    {
        using RouteSocket routes = new();
        return routes.Links();
    }
}
