using System.Net;
using SstpRouter.Linux;
using SstpRouter.RouterOs.Printing;
using SstpRouter.Services.Sstp;
using SstpRouter.Services.Tests.Support;
using SstpRouter.Tunnels;

namespace SstpRouter.Services.Tests.Sstp;

public sealed class TunnelMonitorTests
{
    [Theory]
    [InlineData(TunnelPhase.Idle, null, "disconnected")]
    [InlineData(TunnelPhase.Waiting, null, "initializing...")]
    [InlineData(TunnelPhase.Waiting, "connection refused", "terminating... - connection refused")]
    [InlineData(TunnelPhase.Connecting, "connection refused", "connecting...")]
    [InlineData(TunnelPhase.Authenticating, null, "verifying password...")]
    [InlineData(TunnelPhase.Authenticated, null, "authenticated")]
    [InlineData(TunnelPhase.Connected, null, "connected")]
    [InlineData(TunnelPhase.Terminating, null, "terminating...")]
    [InlineData(TunnelPhase.Terminating, "hungup", "terminating... - hungup")]
    public void The_status_has_the_words_of_a_live_router(TunnelPhase phase, string? reason, string status) =>
        Assert.Equal(status, TunnelMonitor.Status(new TunnelState { Phase = phase, LastReason = reason }));

    [Fact]
    public void A_tunnel_that_is_up_shows_what_was_agreed() => GoldenScreen.Check("sstp-client-monitor-up", Screen(new TunnelState
    {
        Phase = TunnelPhase.Connected,
        LastDetail = "of an earlier try",
        UpSince = MonotonicClock.Milliseconds - 3_600_000,
        Encoding = "AES256-GCM",
        Mtu = 1500,
        LocalAddress = IPAddress.Parse("10.0.0.5"),
        RemoteAddress = IPAddress.Parse("10.0.0.1"),
        LocalIpv6Address = IPAddress.Parse("fe80::1"),
        RemoteIpv6Address = IPAddress.Parse("fe80::2"),
    }).Replace("1h1s", "1h", StringComparison.Ordinal));

    [Fact]
    public void A_tunnel_that_failed_shows_the_cause_and_nothing_that_is_empty() => GoldenScreen.Check("sstp-client-monitor-failed", Screen(new TunnelState
    {
        Phase = TunnelPhase.Waiting,
        LastReason = "failed to authenticate ourselves to peer",
        LastDetail = "the server refused user and password",
    }));

    private static string Screen(TunnelState state)
    {
        using var output = new StringWriter();
        NameValueLayout.Write(output, [.. TunnelMonitor.Values(state).Select(v => (v.Name, v.Text))]);
        return output.ToString();
    }
}
