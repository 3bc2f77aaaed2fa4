using System.Diagnostics;
using SstpRouter.Linux.Tests.Support;

namespace SstpRouter.Linux.Tests;

public sealed class ResourceLimitTests
{
    [Fact]
    public void A_process_that_forbids_core_dumps_has_none()
    {
        using Process process = Process.Start(Program.StartInfo(Program.SecretiveRole, withPipes: true))!;

        string? limits = process.StandardOutput.ReadLine();
        process.StandardInput.Close();
        process.WaitForExit();

        Assert.Matches(@"^Max core file size\s+0\s+0\s", limits);
    }
}
