using System.Globalization;
using SstpRouter.Linux;
using SstpRouter.RouterOs.Values;
using SstpRouter.Services.Ppp;
using SstpRouter.Tunnels;

namespace SstpRouter.Services.Sstp;

/// <summary>A tunnel's state as <c>monitor</c> shows it; what is empty is left out.</summary>
internal static class TunnelMonitor
{
    public static IEnumerable<(string Name, string Value)> Lines(TunnelState state)
    {
        yield return ("status", Status(state));
        if (state.LastDetail is { } detail && !state.IsRunning)
        {
            yield return ("last-failure", detail);
        }

        if (state.UpSince is { } since)
        {
            yield return ("uptime", new TimeValue(TimeSpan.FromSeconds((MonotonicClock.Milliseconds - since) / 1000)).ToShortText());
        }

        if (state.Encoding.Length > 0)
        {
            yield return ("encoding", state.Encoding);
        }

        if (state.Mtu > 0)
        {
            yield return ("mtu", state.Mtu.ToString(CultureInfo.InvariantCulture));
        }

        if (state.LocalAddress is not null)
        {
            yield return ("local-address", state.LocalAddress.ToString());
        }

        if (state.RemoteAddress is not null)
        {
            yield return ("remote-address", state.RemoteAddress.ToString());
        }

        if (state.LocalIpv6Address is not null)
        {
            yield return ("local-ipv6-address", state.LocalIpv6Address.ToString());
        }

        if (state.RemoteIpv6Address is not null)
        {
            yield return ("remote-ipv6-address", state.RemoteIpv6Address.ToString());
        }
    }

    /// <summary>The same for a user's connection to the server, with who it is.</summary>
    /// <param name="session">The connection; null where the user is not connected.</param>
    public static IEnumerable<(string Name, string Value)> Lines(ActiveSession? session)
    {
        if (session?.Call is not { } call)
        {
            yield return ("status", "waiting for call...");
            yield break;
        }

        TunnelState state = call.State;
        yield return ("status", Status(state));
        yield return ("uptime", new TimeValue(session.Uptime).ToShortText());
        yield return ("user", session.UserName);
        yield return ("caller-id", call.Peer.Address.ToString());
        foreach ((string name, string value) in Lines(state).Where(l => l.Name is not ("status" or "uptime" or "last-failure")))
        {
            yield return (name, value);
        }
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
