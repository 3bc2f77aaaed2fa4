using SstpRouter.Ppp.Link;
using SstpRouter.Ppp.Negotiation;
using SstpRouter.Ppp.Session;

namespace SstpRouter.Ppp.Network;

/// <summary>
/// The network protocols on one link: IPCP and IPV6CP, and how long the link may stay without either.
/// </summary>
internal sealed class NetworkPhase(PppSessionOptions options, RandomFill random, LinkControl link, OutputQueue outputs)
    : INegotiationLayer
{
    /// <summary>How long a link is kept after its last network protocol went down, in milliseconds.</summary>
    internal const long EmptyLinkInterval = 5000;

    private OptionNegotiation? _ipcp;
    private OptionNegotiation? _ipv6cp;
    private IpcpOptions? _ipcpOptions;
    private Ipv6cpOptions? _ipv6cpOptions;
    private bool _wasUp;
    private string? _lastFailure;
    private long _emptySince = long.MaxValue;

    internal bool Ipv4Up { get; private set; }

    internal bool Ipv6Up { get; private set; }

    public int PeerMru => link.PeerMru;

    /// <summary>Why the last protocol failed, if one did.</summary>
    internal string? Failure => _lastFailure ?? _ipcp?.Failure ?? _ipv6cp?.Failure;

    internal long NextDeadline => Math.Min(
        Math.Min(_ipcp?.NextDeadline ?? long.MaxValue, _ipv6cp?.NextDeadline ?? long.MaxValue),
        _emptySince == long.MaxValue ? long.MaxValue : _emptySince + EmptyLinkInterval);

    /// <summary>
    /// The network phase begins; a server says what it grants, and without a pair of addresses there is no IPCP.
    /// </summary>
    internal void Start(PppGrant? grant, long now)
    {
        _wasUp = false;
        _lastFailure = null;
        _ipcpOptions = (options.Role, grant) switch
        {
            (PppRole.Client, _) => new IpcpClientOptions(options.RequestDns),
            (PppRole.Server, { LocalAddress: { } local, RemoteAddress: { } remote }) =>
                new IpcpServerOptions(local, remote, grant),
            _ => null,
        };
        _ipv6cpOptions = options.EnableIpv6 ? new Ipv6cpOptions(options.InterfaceIdentifier, random) : null;
        _ipv6cp = _ipv6cpOptions is null ? null : new OptionNegotiation(PppFrame.Ipv6cp, _ipv6cpOptions, this);
        _ipcp = _ipcpOptions is null ? null : new OptionNegotiation(PppFrame.Ipcp, _ipcpOptions, this);

        // IPv4 first: a peer that does one thing at a time lets the second wait (SoftEther looks for an IPv6 router for 4 s).
        Begin(_ipcp, now);
        Begin(_ipv6cp, now);
        Watch(now);
    }

    /// <summary>The link is down.</summary>
    internal void Stop(long now)
    {
        _ipv6cp?.Down(now);
        _ipcp?.Down(now);
        _ipv6cp = null;
        _ipcp = null;
        _emptySince = long.MaxValue;
    }

    /// <summary>Takes a packet of a network protocol; false if this link does not speak it.</summary>
    internal bool Receive(ushort protocol, ReadOnlySpan<byte> information, long now)
    {
        if (Find(protocol) is not { } negotiation)
        {
            return false;
        }

        if (ControlPacket.TryParse(information, out ControlPacket packet))
        {
            negotiation.Receive(packet, now);
            Watch(now);
        }

        return true;
    }

    internal void ProtocolRejected(ushort protocol, long now)
    {
        Find(protocol)?.ProtocolRejected(now);
        Watch(now);
    }

    /// <summary>Runs the timers; false if the link has been without a network protocol for too long.</summary>
    internal bool Tick(long now)
    {
        _ipv6cp?.Tick(now);
        _ipcp?.Tick(now);
        Watch(now);
        return _emptySince == long.MaxValue || now - _emptySince < EmptyLinkInterval;
    }

    public void Send(ushort protocol, byte code, byte identifier, ReadOnlySpan<byte> data) =>
        outputs.Send(protocol, code, identifier, data);

    public bool MayReject(long now) => outputs.MayReject(now);

    void INegotiationLayer.LayerUp(OptionNegotiation negotiation, long now)
    {
        _wasUp = true;
        if (negotiation == _ipcp && _ipcpOptions is not null)
        {
            Ipv4Up = true;
            outputs.Put(new PppOutput.Ipv4Up(_ipcpOptions.Settings));
        }
        else if (_ipv6cpOptions is not null)
        {
            Ipv6Up = true;
            outputs.Put(new PppOutput.Ipv6Up(_ipv6cpOptions.Settings));
        }
    }

    void INegotiationLayer.LayerDown(OptionNegotiation negotiation, long now)
    {
        if (negotiation == _ipcp)
        {
            Ipv4Up = false;
            outputs.Put(new PppOutput.Ipv4Down());
        }
        else
        {
            Ipv6Up = false;
            outputs.Put(new PppOutput.Ipv6Down());
        }
    }

    void INegotiationLayer.LayerFinished(OptionNegotiation negotiation, FinishCause cause, string? detail, long now) =>
        _lastFailure = detail ?? _lastFailure;

    void INegotiationLayer.TerminateRequested(OptionNegotiation negotiation, ReadOnlySpan<byte> data, long now)
    {
        // The automaton has answered; a protocol that is gone is seen by the watch over the whole link.
    }

    private static void Begin(OptionNegotiation? negotiation, long now)
    {
        negotiation?.Open(now);
        negotiation?.Up(now);
    }

    private OptionNegotiation? Find(ushort protocol) => protocol switch
    {
        PppFrame.Ipcp => _ipcp,
        PppFrame.Ipv6cp => _ipv6cp,
        _ => null,
    };

    // A server waits for a client that has not begun yet; a client that failed at everything has nothing to wait for.
    private void Watch(long now)
    {
        bool alive = IsAlive(_ipcp) || IsAlive(_ipv6cp) || (options.Role == PppRole.Server && !_wasUp);
        if (alive)
        {
            _emptySince = long.MaxValue;
        }
        else if (_emptySince == long.MaxValue)
        {
            _emptySince = now;
        }
    }

    private static bool IsAlive(OptionNegotiation? negotiation) =>
        negotiation is { IsOpened: true } or { IsNegotiating: true };
}
