using System.Net;
using SstpRouter.Linux;
using SstpRouter.Tls;
using SstpRouter.Tunnels.Data;
using SstpRouter.Tunnels.Workers;

namespace SstpRouter.Tunnels.Client;

/// <summary>A client that keeps its tunnel up: it dials, and dials again after every end until it is stopped.</summary>
public sealed class SstpDialler : ITimed
{
    private readonly TunnelWorker _worker;
    private readonly NameResolver _resolver;
    private readonly ITunnelLog _log;
    private readonly Action<SstpDialler> _changed;
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TlsContext? _context;
    private ClientLink? _link;
    private volatile TunnelState _state = new();
    private TunnelCounters _counters = new();
    private int _failures;
    private bool _stopping;
    private long _retryAt = long.MaxValue;

    /// <summary>Makes a dialler; nothing happens before <see cref="Start"/>.</summary>
    /// <param name="worker">The worker that the tunnel is pinned to.</param>
    /// <param name="resolver">Finds the server's addresses.</param>
    /// <param name="log">Where lines go.</param>
    /// <param name="options">What to dial.</param>
    /// <param name="changed">Told, on the worker's thread, after each change of <see cref="State"/>.</param>
    public SstpDialler(TunnelWorker worker, NameResolver resolver, ITunnelLog log, DialOptions options, Action<SstpDialler> changed)
    {
        _worker = worker;
        _resolver = resolver;
        _log = log;
        _changed = changed;
        Options = options;
    }

    /// <summary>What it dials.</summary>
    public DialOptions Options { get; }

    /// <summary>How far it is.</summary>
    public TunnelState State => _state;

    /// <summary>What went through the present tunnel, or the last one.</summary>
    public TunnelCounters Counters => Volatile.Read(ref _counters);

    long ITimed.QueuedDeadline { get; set; } = long.MaxValue;

    long ITimed.NextDeadline => _retryAt;

    /// <summary>Begins to dial.</summary>
    public void Start() => _worker.Post(() => Dial(TunnelWorker.Now));

    /// <summary>Hangs up and dials no more.</summary>
    /// <returns>Done once the tunnel is down and the peer was told, or the time for that is over.</returns>
    public Task Stop()
    {
        _worker.Post(() =>
        {
            _stopping = true;
            _retryAt = long.MaxValue;
            if (_link is null)
            {
                if (_state.Phase == TunnelPhase.Connecting)
                {
                    LogUnconnectedEnd(TunnelEnd.UserRequest); // the server's name was being looked up
                }

                Finished();
            }
            else
            {
                _link.HangUp(Ppp.PppCloseReason.UserRequest, TunnelEnd.UserRequest, TunnelWorker.Now);
            }
        });
        return _stopped.Task;
    }

    void ITimed.Tick(long now)
    {
        _retryAt = long.MaxValue;
        Dial(now);
    }

    internal void Publish(TunnelState state)
    {
        _state = state;
        _changed(this);
    }

    internal void LinkEnded(ClientLink link, TunnelEnd end, long now)
    {
        if (link != _link)
        {
            return;
        }

        bool wasUp = link.WasUp;
        _link = null;
        _failures = wasUp ? 0 : _failures + 1;
        Retry(end, now);
    }

    private void Dial(long now)
    {
        if (_stopping)
        {
            return;
        }

        _log.Write(TunnelLogLevel.Info, $"{Options.Interface.Name}: initializing...");
        try
        {
            _context ??= _worker.All.ClientContexts.Take(Options.Tls);
        }
        catch (TlsPolicyException exception)
        {
            Fail(new TunnelEnd("tls-policy", exception.Message, null), now);
            return;
        }

        _log.Write(TunnelLogLevel.Info, $"{Options.Interface.Name}: connecting...");
        Publish(new TunnelState { Phase = TunnelPhase.Connecting, LastReason = _state.LastReason, LastDetail = _state.LastDetail });
        _resolver.Resolve(Options.Host, result => _worker.Post(() => Resolved(result, TunnelWorker.Now)));
    }

    private void Resolved(ResolveResult result, long now)
    {
        if (_stopping)
        {
            return;
        }

        if (result.Addresses.Count == 0)
        {
            Fail(TunnelEnd.NotResolved(result.Error ?? $"{Options.Host} has no address"), now);
            return;
        }

        // A server with several addresses is tried at the next one each time.
        var server = new IPEndPoint(result.Addresses[_failures % result.Addresses.Count], Options.Port);
        var link = new ClientLink(_worker, _log, Options, this, server);
        _link = link;
        Volatile.Write(ref _counters, link.Counters);
        try
        {
            link.Dial(_context!, now);
        }
        catch (LinuxException exception)
        {
            _link = null;
            Fail(new TunnelEnd("connection-lost", LinuxException.Describe(exception.ErrorNumber).ToLowerInvariant(), exception.Message), now);
        }
    }

    /// <summary>A try that ended before there was anything to take down.</summary>
    private void Fail(TunnelEnd end, long now)
    {
        LogUnconnectedEnd(end);
        _failures++;
        Retry(end, now);
    }

    private void LogUnconnectedEnd(TunnelEnd end)
    {
        string name = Options.Interface.Name;
        _log.Write(TunnelLogLevel.Info, end.Text is null ? $"{name}: terminating..." : $"{name}: terminating... - {end.Text}");
        if (end.Detail is not null)
        {
            _log.Write(TunnelLogLevel.Info, $"{name}: {end.Detail}");
        }

        _log.Write(TunnelLogLevel.Info, $"{name}: disconnected");
    }

    private void Retry(TunnelEnd end, long now)
    {
        if (_stopping)
        {
            Finished();
            return;
        }

        int delay = Options.BackOff.Delay(_failures, end.IsRefusedLogin, Random.Shared.NextDouble());
        _retryAt = now + delay;
        Publish(new TunnelState { Phase = TunnelPhase.Waiting, LastReason = end.Text, LastDetail = end.Detail });
        _worker.Schedule(this);
    }

    private void Finished()
    {
        if (_context is not null)
        {
            _context = null;
            _worker.All.ClientContexts.GiveBack(Options.Tls);
        }

        Publish(new TunnelState { Phase = TunnelPhase.Idle });
        _stopped.TrySetResult();
    }
}
