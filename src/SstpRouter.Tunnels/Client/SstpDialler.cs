using System.Net;
using SstpRouter.Linux;
using SstpRouter.Tls;
using SstpRouter.Tunnels.Data;
using SstpRouter.Tunnels.Workers;

namespace SstpRouter.Tunnels.Client;

/// <summary>A client that keeps its tunnel up: it dials, and dials again after every end until it is stopped.</summary>
public sealed partial class SstpDialler : ITimed
{
    /// <summary>How long a try knocks at one address, in milliseconds, before it is given up and the next one begins.</summary>
    private const long ConnectLimit = 15_000;

    private readonly TunnelWorker _worker;
    private readonly NameResolver _resolver;
    private readonly ITunnelLog _log;
    private readonly Action<SstpDialler> _changed;
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Knocker _knocker;
    private TlsContext? _context;
    private ClientLink? _link;
    private IPEndPoint? _server;
    private volatile TunnelState _state = new();
    private TunnelCounters _counters = new();
    private int _failures;
    private int _try;
    private bool _isTrying;
    private bool _stopping;
    private long _tryEnds = long.MaxValue;
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
        _knocker = new Knocker(worker, new Door(this));
        Options = options;
    }

    /// <summary>What it dials.</summary>
    public DialOptions Options { get; }

    /// <summary>How far it is.</summary>
    public TunnelState State => _state;

    /// <summary>What went through the present tunnel, or the last one.</summary>
    public TunnelCounters Counters => Volatile.Read(ref _counters);

    long ITimed.QueuedDeadline { get; set; } = long.MaxValue;

    long ITimed.NextDeadline => Math.Min(Math.Min(_retryAt, _tryEnds), _judgeAt);

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
            _knocker.Stop();
            EndDoubt();
            if (_link is not null)
            {
                _link.HangUp(Ppp.PppCloseReason.UserRequest, TunnelEnd.UserRequest, TunnelWorker.Now);
                return;
            }

            if (_isTrying)
            {
                EndTry();
                LogUnconnectedEnd(TunnelEnd.UserRequest);
            }

            Finished();
        });
        return _stopped.Task;
    }

    void ITimed.Tick(long now)
    {
        if (now >= _retryAt)
        {
            _retryAt = long.MaxValue;
            Dial(now);
        }

        if (now >= _tryEnds)
        {
            Fail(TunnelEnd.TimedOut($"no TCP connection to {_server} within {ConnectLimit / 1000} s"), isReachable: false, now);
        }

        if (now >= _judgeAt)
        {
            Judge(now);
        }
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

        _link = null;
        _failures = link.WasUp ? 0 : _failures + 1;
        if (!link.WasUp)
        {
            // What the call is bound to may be what the server showed long ago.
            _context?.ForgetSession();
        }

        TcpSocket? replacement = _replacement;
        _replacement = null;
        EndDoubt();
        if (replacement is not null && !_stopping)
        {
            BeginTry(now);
            Connect(replacement, now);
            return;
        }

        replacement?.Dispose();

        // A server that took the connection but not the call can be reached: knocking at once would only press it.
        Retry(end, mayKnock: link.WasUp, now);
    }

    private void Dial(long now)
    {
        if (_stopping || _link is not null || !BeginTry(now))
        {
            return;
        }

        int number = _try;
        _resolver.Resolve(Options.Host, result => _worker.Post(() =>
        {
            if (number == _try && _isTrying)
            {
                Resolved(result, TunnelWorker.Now);
            }
        }));
    }

    /// <summary>Says that a try begins.</summary>
    /// <returns>False where it has failed already.</returns>
    private bool BeginTry(long now)
    {
        _try++;
        _isTrying = true;
        _retryAt = long.MaxValue;
        _log.Write(TunnelLogLevel.Info, $"{Options.Interface.Name}: initializing...");
        try
        {
            _context ??= _worker.All.ClientContexts.Take(Options.Tls);
        }
        catch (TlsPolicyException exception)
        {
            Fail(new TunnelEnd("tls-policy", exception.Message, null), isReachable: true, now);
            return false;
        }

        _log.Write(TunnelLogLevel.Info, $"{Options.Interface.Name}: connecting...");
        Publish(new TunnelState { Phase = TunnelPhase.Connecting, LastReason = _state.LastReason, LastDetail = _state.LastDetail });
        return true;
    }

    private void Resolved(ResolveResult result, long now)
    {
        if (result.Addresses.Count == 0)
        {
            Fail(TunnelEnd.NotResolved(result.Error ?? $"{Options.Host} has no address"), isReachable: false, now);
            return;
        }

        // A server with several addresses is tried at the next one each time.
        _server = new IPEndPoint(result.Addresses[_failures % result.Addresses.Count], Options.Port);
        _tryEnds = now + ConnectLimit;
        _worker.Schedule(this);
        _knocker.Start(_server, now);
    }

    private void Connect(TcpSocket socket, long now)
    {
        EndTry();
        var link = new ClientLink(_worker, _log, Options, this, socket.RemoteEndPoint);
        _link = link;
        Volatile.Write(ref _counters, link.Counters);
        link.Begin(socket, _context!, now);
    }

    private void EndTry()
    {
        _isTrying = false;
        _tryEnds = long.MaxValue;
    }

    /// <summary>A try that ended before there was anything to take down.</summary>
    private void Fail(TunnelEnd end, bool isReachable, long now)
    {
        EndTry();
        LogUnconnectedEnd(end);
        _failures++;
        Retry(end, mayKnock: !isReachable, now);
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

    private void Retry(TunnelEnd end, bool mayKnock, long now)
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
        KnockWhileWaiting(mayKnock, now);
    }

    private void Finished()
    {
        _knocker.Stop();
        if (_context is not null)
        {
            _context = null;
            _worker.All.ClientContexts.GiveBack(Options.Tls);
        }

        Publish(new TunnelState { Phase = TunnelPhase.Idle });
        _stopped.TrySetResult();
    }
}
