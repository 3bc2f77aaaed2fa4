using System.Text.Json;

namespace SstpRouter.Lab.Tests.Harness;

/// <summary>One second of TCP by iperf3(1).</summary>
internal static class Iperf
{
    /// <summary>Starts a server that waits at an address of a machine.</summary>
    public static RunningProgram Serve(Host host, string address)
    {
        RunningProgram server = host.Start("iperf3", ["-s", "-B", address, "--forceflush"]);
        server.WaitForLine("Server listening");
        return server;
    }

    /// <summary>Sends to a server, or receives from it with <c>-R</c>.</summary>
    /// <returns>The bytes that arrived.</returns>
    public static long Transfer(Host host, string server, params string[] more)
    {
        using RunningProgram client = host.Start("iperf3", ["-c", server, "-t", "1", "-J", .. more]);
        Finished done = client.WaitForEnd();
        Assert.True(done.Status == 0, done.Output + done.Error);
        using var report = JsonDocument.Parse(done.Output);
        return report.RootElement.GetProperty("end").GetProperty("sum_received").GetProperty("bytes").GetInt64();
    }
}
