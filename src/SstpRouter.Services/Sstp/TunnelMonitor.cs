using System.Globalization;
using SstpRouter.Linux;
using SstpRouter.RouterOs.Printing;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;
using SstpRouter.RouterOs.Values;
using SstpRouter.RouterOs.Verbs;
using SstpRouter.Services.Ppp;
using SstpRouter.Tunnels;

namespace SstpRouter.Services.Sstp;

/// <summary>A tunnel's state as <c>monitor</c> shows it; what is empty is left out.</summary>
internal static class TunnelMonitor
{
    public static IEnumerable<LiveValue> Values(TunnelState state)
    {
        yield return LiveValue.Of("status", Status(state));
        if (state.LastDetail is { } detail && !state.IsRunning)
        {
            yield return LiveValue.Of("last-failure", detail);
        }

        if (state.UpSince is { } since)
        {
            yield return LiveValue.Of("uptime", new TimeValue(TimeSpan.FromSeconds((MonotonicClock.Milliseconds - since) / 1000)).ToShortText());
        }

        if (state.Encoding.Length > 0)
        {
            yield return LiveValue.Of("encoding", state.Encoding);
        }

        if (state.Mtu > 0)
        {
            yield return LiveValue.Of("mtu", state.Mtu.ToString(CultureInfo.InvariantCulture));
        }

        if (state.LocalAddress is not null)
        {
            yield return LiveValue.Of("local-address", state.LocalAddress.ToString());
        }

        if (state.RemoteAddress is not null)
        {
            yield return LiveValue.Of("remote-address", state.RemoteAddress.ToString());
        }

        if (state.LocalIpv6Address is not null)
        {
            yield return LiveValue.Of("local-ipv6-address", state.LocalIpv6Address.ToString());
        }

        if (state.RemoteIpv6Address is not null)
        {
            yield return LiveValue.Of("remote-ipv6-address", state.RemoteIpv6Address.ToString());
        }
    }

    /// <summary>The same for a user's connection to the server, with who it is.</summary>
    /// <param name="session">The connection; null where the user is not connected.</param>
    public static IEnumerable<LiveValue> Values(ActiveSession? session)
    {
        if (session?.Call is not { } call)
        {
            yield return LiveValue.Of("status", "waiting for call...");
            yield break;
        }

        TunnelState state = call.State;
        yield return LiveValue.Of("status", Status(state));
        yield return LiveValue.Of("uptime", new TimeValue(session.Uptime).ToShortText());
        yield return LiveValue.Of("user", session.UserName);
        yield return LiveValue.Of("caller-id", call.Peer.Address.ToString());
        foreach (LiveValue value in Values(state).Where(v => v.Name is not ("status" or "uptime" or "last-failure")))
        {
            yield return value;
        }
    }

    /// <summary>Carries <c>monitor</c> out: with several tunnels each column says whose it is.</summary>
    public static Value Run(CommandInvocation invocation, ConfigurationStore store, Func<Row, IEnumerable<LiveValue>> values)
    {
        IReadOnlyList<Row> rows = SelectedRows.Of(store, invocation);
        return LiveScreen.Run(invocation, store, () =>
            [.. rows.Select(r => rows.Count == 1 ? values(r) : values(r).Prepend(LiveValue.Of("name", r.Text("name"))))]);
    }

    /// <summary>The status in RouterOS's words.</summary>
    public static string Status(TunnelState state) => state.Phase switch
    {
        TunnelPhase.Connecting => "connecting...",
        TunnelPhase.Authenticating => "verifying password...",
        TunnelPhase.Authenticated => "authenticated",
        TunnelPhase.Connected => "connected",
        TunnelPhase.Terminating or TunnelPhase.Waiting when state.LastReason is not null => "terminating... - " + state.LastReason,
        TunnelPhase.Terminating => "terminating...",
        TunnelPhase.Waiting => "initializing...",
        _ => "disconnected",
    };
}
