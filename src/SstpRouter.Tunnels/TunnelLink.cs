using System.Security.Cryptography;
using SstpRouter.Linux;
using SstpRouter.Ppp;
using SstpRouter.Sstp;
using SstpRouter.Tunnels.Data;
using SstpRouter.Tunnels.Recording;
using SstpRouter.Tunnels.Workers;

namespace SstpRouter.Tunnels;

/// <summary>One tunnel from the TCP connection to the TUN device: it moves bytes between the engines and carries out what they say.</summary>
/// <remarks>Everything here runs on the worker's thread. The engines hold the protocol; this class holds the order of setting up and taking down.</remarks>
internal abstract partial class TunnelLink : ITransportOwner, ITimed
{
    /// <summary>IPv6 alone makes a tunnel usable only after this time, in milliseconds: IPV6CP mostly wins the race against IPCP by a hair.</summary>
    private const long Ipv6AloneDelay = 3_000;

    /// <summary>Both ends have this long, in milliseconds, to say good-bye before the connection is dropped.</summary>
    private const long FarewellLimit = 10_000;

    private readonly TunnelWorker _worker;
    private SecureTransport? _transport;
    private SstpCall? _call;
    private PppSession? _ppp;
    private TunnelRecording? _recording;
    private TunnelEnd? _cause;
    private TransportLoss? _loss;
    private bool _linkUp;
    private bool _ended;
    private bool _gone;
    private long _deadline = long.MaxValue;
    private Action<long>? _deadlineAction;
    private long _farewellDeadline = long.MaxValue;
    private long _ipv6AloneDeadline = long.MaxValue;
    private long _upSince;
    private bool _authenticated;

    protected TunnelLink(TunnelWorker worker, ITunnelLog log)
    {
        _worker = worker;
        Log = log;
    }

    /// <summary>The name that log lines begin with.</summary>
    public abstract string LogName { get; }

    /// <summary>What went through.</summary>
    public TunnelCounters Counters { get; } = new();

    public long QueuedDeadline { get; set; } = long.MaxValue;

    public long NextDeadline
    {
        get
        {
            long next = Math.Min(Math.Min(_deadline, _farewellDeadline), Math.Min(_ipv6AloneDeadline, LimitDeadline));
            next = Math.Min(next, _proofDeadline);
            return _ended ? long.MaxValue : Math.Min(next, EngineDeadline);
        }
    }

    protected ITunnelLog Log { get; }

    protected TunnelWorker Worker => _worker;

    protected RouteSocket Routes => _worker.Routes;

    protected SecureTransport Transport => _transport!;

    /// <summary>Where this tunnel is written down; null where it is not.</summary>
    protected TunnelRecording? Recording => _recording;

    /// <summary>True once traffic could flow.</summary>
    public bool WasUp { get; private set; }

    /// <summary>What a profile allows; set once the login is known.</summary>
    protected TunnelLimits Limits { get; set; } = new();

    private long EngineDeadline => Math.Min(_call?.NextDeadline ?? long.MaxValue, _ppp?.NextDeadline ?? long.MaxValue);

    private long LimitDeadline
    {
        get
        {
            if (!_linkUp || _cause is not null)
            {
                return long.MaxValue;
            }

            long session = Limits.SessionTimeout is { } total ? _upSince + (long)total.TotalMilliseconds : long.MaxValue;
            long idle = Limits.IdleTimeout is { } quiet ? _lastTraffic + (long)quiet.TotalMilliseconds : long.MaxValue;
            return Math.Min(session, idle);
        }
    }

    /// <summary>Ends the tunnel in good order: PPP says good-bye, then SSTP, then TLS.</summary>
    public void HangUp(PppCloseReason reason, TunnelEnd end, long now)
    {
        if (_ended)
        {
            return;
        }

        _cause ??= end;
        _farewellDeadline = Math.Min(_farewellDeadline, now + FarewellLimit);
        Terminating(_cause);
        _recording?.HungUp(reason, now);
        if (_ppp is { Phase: not PppPhase.Dead })
        {
            _ppp.Close(reason, now);
        }
        else if (_call is not null)
        {
            _call.Disconnect(now);
        }
        else
        {
            Finish(now);
            return;
        }

        Pump(now);
    }

    /// <summary>Ends the tunnel at once, without a word to the peer.</summary>
    public void Drop(TunnelEnd end, long now)
    {
        if (!_ended)
        {
            _cause ??= end;
            Terminating(_cause);
            Finish(now);
        }
    }

    public void Tick(long now)
    {
        if (now >= _farewellDeadline)
        {
            Finish(now);
            return;
        }

        if (now >= _deadline)
        {
            Action<long>? action = _deadlineAction;
            ClearDeadline();
            action?.Invoke(now);
            if (_ended)
            {
                return;
            }
        }

        if (now >= _proofDeadline)
        {
            Drop(TunnelEnd.Replaced, now);
            return;
        }

        if (now >= _ipv6AloneDeadline)
        {
            BringUp(now);
        }

        if (now >= LimitDeadline)
        {
            bool session = Limits.SessionTimeout is { } total && now >= _upSince + (long)total.TotalMilliseconds;
            HangUp(
                session ? PppCloseReason.SessionTimeout : PppCloseReason.IdleTimeout,
                session ? TunnelEnd.SessionTimeout : TunnelEnd.IdleTimeout,
                now);
            return;
        }

        if (_recording is not null && now >= EngineDeadline)
        {
            _recording.Ticked(now);
        }

        _call?.Tick(now);
        _ppp?.Tick(now);
        Pump(now);
    }

    public void TlsReady(long now)
    {
        _recording = _worker.Recordings?.Begin(RecordedAs, PppOptions, now);
        _call = CreateCall();
        _recording?.Started(now);
        _call.Start(now);
        TlsAgreed(now);
        if (Transport.Tls.IsOutdated)
        {
            Log.Write(
                TunnelLogLevel.Warning,
                $"{LogName}: {Transport.Tls.Protocol} was agreed, because the peer has nothing better: update it, or refuse its kind by tls-version=only-1.2");
        }

        Pump(now);
    }

    public void Lost(TransportLoss loss, long now)
    {
        if (_call is null)
        {
            Drop(TunnelEnd.Of(loss), now);
            return;
        }

        // A peer that has said good-bye and then closes is no loss: the call knows what came first.
        _loss = loss;
        _recording?.Lost(now);
        _call.TransportClosed(now);
        CarryOut(now);
    }

    protected void Attach(SecureTransport transport) => _transport = transport;

    /// <summary>Runs <paramref name="action"/> at a time, once; replaces an earlier one.</summary>
    protected void SetDeadline(long at, Action<long> action)
    {
        _deadline = at;
        _deadlineAction = action;
        _worker.Schedule(this);
    }

    protected void ClearDeadline()
    {
        _deadline = long.MaxValue;
        _deadlineAction = null;
    }

    /// <summary>Writes a protocol step; further lines of it, one for each option, are lines of the log as well.</summary>
    protected void Debug(string text)
    {
        foreach (string line in text.Split('\n'))
        {
            Log.Write(TunnelLogLevel.Debug, $"{LogName}: {line}");
        }
    }

    /// <summary>The SSTP engine for the TLS connection that now stands.</summary>
    protected abstract SstpCall CreateCall();

    /// <summary>What the PPP engine is to be.</summary>
    protected abstract PppSessionOptions PppOptions { get; }

    /// <summary>The tunnel and its peer, as a recording begins.</summary>
    protected abstract string RecordedAs { get; }

    /// <summary>The randomness of the SSTP engine.</summary>
    protected void FillForCall(Span<byte> bytes)
    {
        RandomNumberGenerator.Fill(bytes);
        _recording?.Drew("sstp", bytes);
    }

    /// <summary>Server: lets a caller in.</summary>
    protected void Grant(PppGrant grant, long now)
    {
        _recording?.Granted(grant, now);
        _ppp!.Grant(grant, now);
    }

    /// <summary>Server: turns a caller away.</summary>
    protected void Deny(long now)
    {
        _recording?.Denied(now);
        _ppp!.Deny(now);
    }

    /// <summary>TLS is agreed; what was agreed can be shown.</summary>
    protected abstract void TlsAgreed(long now);

    /// <summary>Server: a caller wants in.</summary>
    protected abstract void Admit(PppAuthenticationAttempt attempt, long now);

    /// <summary>The login went through.</summary>
    protected abstract void Authenticated(PppAuthentication result, long now);

    /// <summary>The names that the interface gets; asked for once the login is through.</summary>
    protected abstract InterfaceName InterfaceName { get; }

    /// <summary>The call is connected: on a server, the crypto binding is verified.</summary>
    protected virtual void CallConnected(long now)
    {
    }

    /// <summary>Traffic can flow, or an address was added or changed since.</summary>
    protected abstract void Up(TunnelInterface tunnelInterface, PppIpv4? ipv4, PppIpv6? ipv6, long now);

    /// <summary>The end has begun; may be called more than once.</summary>
    protected abstract void Terminating(TunnelEnd end);

    /// <summary>The connection is over, and the interface is about to go. Called exactly once.</summary>
    protected virtual void Disconnected(TunnelEnd end)
    {
    }

    /// <summary>All is taken down. Called exactly once.</summary>
    protected abstract void Ended(TunnelEnd end, long now);

    /// <summary>Takes everything down and tells the owner; idempotent.</summary>
    private void Finish(long now)
    {
        if (_ended)
        {
            return;
        }

        _ended = true;
        _linkUp = false;
        ClearDeadline();
        _worker.Retire(this);
        if (_cause?.IsAbrupt == true)
        {
            _transport?.Abort();
        }

        _transport?.Close(now);
        if (_farewellDeadline <= now)
        {
            _transport?.Dispose();
        }

        // The names and the addresses are free only when the interface is gone.
        TunnelEnd end = _cause ?? TunnelEnd.Hungup;
        Disconnected(end);
        _recording?.Ended(end.Name, now);
        CloseInterface(now, at =>
        {
            _gone = true;
            Ended(end, at);
            AnswerProofs(isAlive: false);
            _worker.All.Changed();
        });
    }

    private void FillForPpp(Span<byte> bytes)
    {
        RandomNumberGenerator.Fill(bytes);
        _recording?.Drew("ppp", bytes);
    }
}
