using System.Diagnostics;
using System.Globalization;
using SstpRouter.Lab.Tests.Harness;

namespace SstpRouter.Lab.Tests.Peers;

/// <summary>Our client against a server that others made.</summary>
/// <remarks>One server serves all cases, and those that take long wait while others run: <see cref="InOrderOfName"/> has them last.</remarks>
[TestCaseOrderer("SstpRouter.Lab.Tests.Peers.InOrderOfName", "SstpRouter.Lab.Tests")]
public sealed class SoftEtherTests(SoftEtherTests.Network network) : IClassFixture<SoftEtherTests.Network>
{
    private const string MinutesVariable = "SSTP_ROUTER_IDLE_MINUTES";

    // It drops a client that is silent for 20 s.
    private static readonly TimeSpan Idle =
        double.TryParse(Environment.GetEnvironmentVariable(MinutesVariable), CultureInfo.InvariantCulture, out double minutes)
            ? TimeSpan.FromMinutes(minutes)
            : TimeSpan.FromSeconds(45);

    [SoftEtherTheory]
    [InlineData("only-1.2", "TLSv1.2 ")]
    [InlineData("any", "TLSv1.3 ")]
    public void A_tunnel_carries_traffic_both_ways_and_ends_in_good_order(string version, string agreed)
    {
        using Router branch = network.Server!.AddBranch(out string server, out string client);

        branch.Exec($"/interface sstp-client add name=out connect-to={server} password={SoftEther.Password} tls-version={version} {SoftEther.Client}");
        branch.WaitUntilRunning("out");

        string[] log = branch.LogOf("out");
        Assert.Contains(log, l => l.StartsWith("out: TLS agreed: " + agreed, StringComparison.Ordinal));
        Assert.Contains("out: sent SSTP CALL_CONNECTED hash=sha256", log);
        int offered = Array.IndexOf(log, "out:     <auth eap>");
        Assert.InRange(offered, 0, Array.IndexOf(log, "out:     <auth mschap2>"));
        Assert.Contains("out: authenticated", log);
        string address = branch.Exec(":put [/ip address get [find interface=out] address]").Split('/')[0];
        Assert.StartsWith("10.97.0.", address);
        Assert.Single(network.Server.SessionsFrom(client));

        SoftEther.WaitForFarEnd(branch);
        using RunningProgram ping = network.Server.Host.Start("ping", ["-c", "3", "-i", "0.2", address]);
        Finished pinged = ping.WaitForEnd();
        Assert.True(pinged.Output.Contains(" 3 received,", StringComparison.Ordinal), pinged.Output + pinged.Error);
        using RunningProgram iperf = Iperf.Serve(network.Server.Host, SoftEther.FarEnd);
        Assert.True(Iperf.Transfer(branch.Host, SoftEther.FarEnd) > 0);
        iperf.WaitForLine("Server listening", count: 2);
        Assert.True(Iperf.Transfer(branch.Host, SoftEther.FarEnd, "-R") > 0);

        branch.Exec("/interface sstp-client disable out");

        branch.Program.WaitForLine("out: disconnected");
        Await.Until(() => network.Server.SessionsFrom(client).Length == 0, () => "the session of a disabled client is still there");
        Assert.Equal(
            [
                "out: terminating...",
                "out: sent LCP TermReq id=0x1",
                "out: rcvd LCP TermAck id=0x1",
                "out: sent SSTP CALL_DISCONNECT",
                "out: rcvd SSTP CALL_DISCONNECT_ACK",
                "out: disconnected",
            ],
            branch.LogOf("out").SkipWhile(l => l != "out: terminating...").Where(l => !l.Contains("ECHO", StringComparison.Ordinal)));
        Assert.Equal(1, branch.Program.Count("out: initializing..."));
        string[] heard = network.Server.LogOf(client);
        Assert.Contains(heard, l => l.Contains("An IP address is assigned", StringComparison.Ordinal) && l.Contains(address, StringComparison.Ordinal));
        Assert.Contains(heard, l => l.EndsWith("The PPP session is disconnected.", StringComparison.Ordinal));
        Assert.DoesNotContain(heard, l => SaysError(l));
    }

    [SoftEtherFact]
    public void A_refused_login_is_tried_again_later_and_works_when_the_password_is_mended()
    {
        Router branch = network.Refused!;
        branch.Program.WaitForLine("refused: initializing...", count: 2);

        string[] log = [.. branch.LogOf("refused").Where(l => !IsDebug(l))];
        Assert.Equal(
            [
                "refused: initializing...",
                "refused: connecting...",
                "refused: terminating... - failed to authenticate ourselves to peer",
                "refused: user name or password rejected by the peer",
                "refused: disconnected",
                "refused: initializing...",
            ],
            log.Take(6));
        DateTime[] tries = [.. branch.Program.Lines.Where(l => l.EndsWith("refused: initializing...", StringComparison.Ordinal)).Select(TimeOf)];
        Assert.InRange(tries[1] - tries[0], TimeSpan.FromSeconds(6), Await.Limit);

        branch.Exec($"/interface sstp-client set refused password={SoftEther.Password}");

        branch.WaitUntilRunning("refused");
        SoftEther.WaitForFarEnd(branch);
    }

    [SoftEtherFact]
    public void A_tunnel_that_nobody_uses_stays_the_same_tunnel()
    {
        Router branch = network.Idle!;
        branch.WaitUntilRunning("idle");
        string[] sessions = network.Server!.SessionsFrom(network.IdleAddress);

        Await.Until(
            () => network.SinceStart.Elapsed > Idle || branch.Program.Count("idle: disconnected") > 0,
            Idle + Await.Limit,
            () => "the clock stands still");

        Assert.Equal(
            ["idle: initializing...", "idle: connecting...", "idle: authenticated", "idle: connected"],
            branch.LogOf("idle").Where(l => !IsDebug(l)));
        Assert.Equal(sessions, network.Server.SessionsFrom(network.IdleAddress));
        Assert.Single(sessions);
        SoftEther.WaitForFarEnd(branch);
    }

    private static bool SaysError(string line) =>
        new[] { "abnormal", "error", "fail", "invalid", "time-out", "timeout", "unsupported" }
            .Any(w => line.Contains(w, StringComparison.OrdinalIgnoreCase));

    private static bool IsDebug(string line) =>
        new[] { " sent ", " rcvd ", ":     <", ": TLS agreed" }.Any(w => line.Contains(w, StringComparison.Ordinal));

    private static DateTime TimeOf(string line) =>
        DateTime.ParseExact(line[.."2026-01-01 00:00:00".Length], "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    public sealed class Network : IDisposable
    {
        public Network()
        {
            if (SoftEtherFactAttribute.Reason is not null)
            {
                return;
            }

            Server = new SoftEther();
            try
            {
                Idle = Server.AddBranch(out string server, out string client);
                Idle.Exec($"/interface sstp-client add name=idle connect-to={server} password={SoftEther.Password} {SoftEther.Client}");
                IdleAddress = client;
                Refused = Server.AddBranch(out server, out _);
                Refused.Exec($"/interface sstp-client add name=refused connect-to={server} password=wrong {SoftEther.Client}");
                Idle.WaitUntilRunning("idle");
                SinceStart = Stopwatch.StartNew();
            }
            catch
            {
                Dispose();
                throw;
            }
        }

        internal SoftEther? Server { get; }

        internal Router? Idle { get; }

        internal string IdleAddress { get; } = "";

        internal Router? Refused { get; }

        internal Stopwatch SinceStart { get; } = new();

        public void Dispose()
        {
            Refused?.Dispose();
            Idle?.Dispose();
            Server?.Dispose();
        }
    }
}
