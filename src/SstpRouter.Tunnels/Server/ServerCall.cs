using System.Net;
using SstpRouter.Tunnels.Data;

namespace SstpRouter.Tunnels.Server;

/// <summary>A call that a server accepted, as the outside sees it. Safe to read from any thread.</summary>
public sealed class ServerCall
{
    private readonly ServerLink _link;
    private TunnelEnd? _end;
    private volatile TunnelState _state = new() { Phase = TunnelPhase.Connecting };

    internal ServerCall(ServerLink link, IPEndPoint peer)
    {
        _link = link;
        Peer = peer;
    }

    /// <summary>Where the call comes from.</summary>
    public IPEndPoint Peer { get; }

    /// <summary>The user's name as sent; empty before the login.</summary>
    public string UserName { get; internal set; } = "";

    /// <summary>The interface's RouterOS name; empty before the login.</summary>
    public string InterfaceName { get; internal set; } = "";

    /// <summary>The address given to the caller; null before the login and for a caller without IPv4.</summary>
    public IPAddress? AssignedAddress { get; internal set; }

    /// <summary>True once the login is complete, the crypto binding included.</summary>
    public bool IsLoggedIn { get; internal set; }

    /// <summary>How far the call is.</summary>
    public TunnelState State => _state;

    /// <summary>Why the call ended; null while it lasts. Its interface and its addresses are free a moment later.</summary>
    public TunnelEnd? End
    {
        get => Volatile.Read(ref _end);
        internal set => Volatile.Write(ref _end, value);
    }

    /// <summary>What went through.</summary>
    public TunnelCounters Counters => _link.Counters;

    /// <summary>Hangs up in good order; returns at once.</summary>
    public void HangUp() => _link.PostHangUp();

    internal void Publish(TunnelState state) => _state = state;
}
