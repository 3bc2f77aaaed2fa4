using System.Net;
using SstpRouter.Linux;
using SstpRouter.Tls;
using SstpRouter.Tunnels.Workers;

namespace SstpRouter.Tunnels.Server;

/// <summary>Accepts calls and holds them until they end.</summary>
public sealed class SstpListener : ITimed
{
    private const int Backlog = 4096;
    private const int AcceptsAtOnce = 64;

    /// <summary>How long to leave callers waiting when descriptors or memory ran out, in milliseconds.</summary>
    private const long ShortagePause = 200;

    private readonly TunnelWorkers _workers;
    private readonly TunnelWorker _worker;
    private readonly ITunnelLog _log;
    private readonly CallLogBudget _logBudget;
    private readonly TcpSocket _socket;
    private readonly AcceptTarget _target;
    private readonly Lock _gate = new();
    private readonly HashSet<ServerLink> _links = [];
    private readonly LoginPlaces<WaitingCaller> _places;
    private readonly PriorityQueue<IPAddress, long> _heldPlaces = new();
    private readonly FailedLogins _failures = new();
    private readonly LogPace _shortagePace = new();
    private readonly LogPace _refusalPace = new();
    private readonly LogPace _expiryPace = new();
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SharedContext _context;
    private int _callNumber = -1;
    private long _token;
    private long _resumeAt = long.MaxValue;
    private bool _seatingPosted;
    private bool _stopping;

    /// <summary>Opens the port.</summary>
    /// <param name="workers">Where calls are carried.</param>
    /// <param name="log">Where lines go.</param>
    /// <param name="admission">Who decides about logins.</param>
    /// <param name="options">Where and how to listen.</param>
    /// <exception cref="LinuxException">The port cannot be opened.</exception>
    /// <exception cref="TlsPolicyException">The TLS policy cannot be carried out.</exception>
    public SstpListener(TunnelWorkers workers, ITunnelLog log, ICallAdmission admission, ListenOptions options)
    {
        _workers = workers;
        _worker = workers.Next();
        _log = log;
        _logBudget = new CallLogBudget(log, () => _worker.Post(() => _worker.Schedule(_logBudget!)));
        Admission = admission;
        Options = options;
        _context = new SharedContext(TlsContext.ForServer(options.Tls));
        try
        {
            _socket = TcpSocket.Listen(options.EndPoint, Backlog);
        }
        catch
        {
            _context.GiveBack();
            throw;
        }

        _places = new LoginPlaces<WaitingCaller>(
            options.MaximumUnauthenticated,
            options.MaximumUnauthenticatedPerAddress,
            options.MaximumWaiting,
            options.MaximumWaitingPerAddress);
        _target = new AcceptTarget(this);
        _worker.Post(() => _token = _worker.Watch(_socket.Descriptor, EpollEvents.Readable, _target));
    }

    /// <summary>Where and how it listens.</summary>
    public ListenOptions Options { get; private set; }

    internal ICallAdmission Admission { get; }

    /// <summary>The calls that are up or on their way.</summary>
    public IReadOnlyList<ServerCall> Calls
    {
        get
        {
            lock (_gate)
            {
                return [.. _links.Select(l => l.Call)];
            }
        }
    }

    long ITimed.QueuedDeadline { get; set; } = long.MaxValue;

    long ITimed.NextDeadline
    {
        get
        {
            lock (_gate)
            {
                long held = _heldPlaces.TryPeek(out _, out long until) ? until : long.MaxValue;
                return Math.Min(_resumeAt, Math.Min(held, _places.Oldest?.Until ?? long.MaxValue));
            }
        }
    }

    /// <summary>Callers who were accepted and wait for a place.</summary>
    internal int Waiting
    {
        get
        {
            lock (_gate)
            {
                return _places.Waiting;
            }
        }
    }

    /// <summary>Places that are held by callers without a login.</summary>
    internal int PlacesHeld
    {
        get
        {
            lock (_gate)
            {
                return _places.Held;
            }
        }
    }

    /// <summary>Has handshakes from now on follow another TLS policy. Calls that are up or under way go on with the one they began with, which is freed
    /// with the last of them.</summary>
    /// <param name="tls">The policy.</param>
    /// <exception cref="TlsPolicyException">It cannot be carried out; the one from before stays.</exception>
    public void Follow(TlsServerPolicy tls)
    {
        var next = new SharedContext(TlsContext.ForServer(tls));
        lock (_gate)
        {
            if (_stopping)
            {
                next.GiveBack();
                return;
            }

            _context.GiveBack();
            _context = next;
            Options = Options with { Tls = tls };
        }
    }

    /// <summary>Closes the port and hangs up all calls.</summary>
    /// <returns>Done once all are down and the peers were told, or the time for that is over.</returns>
    public Task Stop()
    {
        ServerLink[] links = [];
        _worker.Invoke(() =>
        {
            if (_stopping)
            {
                return;
            }

            // The port is free when this returns, so that a listener with other settings can take it.
            _worker.Unwatch(_socket.Descriptor, _token);
            _resumeAt = long.MaxValue;
            _socket.Dispose();
            lock (_gate)
            {
                _stopping = true;
                links = [.. _links];
                while (_places.Oldest is { } waiter)
                {
                    _places.Leave(waiter);
                    _worker.Unwatch(waiter.Caller.Socket.Descriptor, waiter.Caller.Token);
                    waiter.Caller.Socket.Dispose();
                }
            }
        });
        foreach (ServerLink link in links)
        {
            link.PostHangUp();
        }

        CheckStopped();
        return _stopped.Task;
    }

    void ITimed.Tick(long now)
    {
        if (now >= _resumeAt)
        {
            _resumeAt = long.MaxValue;
            _token = _worker.Watch(_socket.Descriptor, EpollEvents.Readable, _target);
        }

        Seat(now);
    }

    /// <summary>Counts a login that was refused.</summary>
    /// <returns>How long the answer shall wait, in milliseconds.</returns>
    internal long LoginRefused(IPAddress address, string user, long now) => _failures.Add(address, user, now);

    /// <summary>A call needs its place no more.</summary>
    /// <param name="address">Where it came from.</param>
    /// <param name="heldUntil">Until when nobody else gets the place: who hangs up before he is answered would else guess on at once.</param>
    internal void LoginOver(IPAddress address, long heldUntil)
    {
        lock (_gate)
        {
            if (heldUntil > TunnelWorker.Now)
            {
                _heldPlaces.Enqueue(address, heldUntil);
            }
            else
            {
                _places.GiveBack(address);
            }

            if (_seatingPosted || _stopping)
            {
                return;
            }

            _seatingPosted = true;
        }

        _worker.Post(() => Seat(TunnelWorker.Now));
    }

    /// <summary>The calls that hold certain interfaces.</summary>
    internal ServerLink[] LinksOf(IReadOnlyList<string> interfaces)
    {
        lock (_gate)
        {
            return [.. _links.Where(link => interfaces.Contains(link.Call.InterfaceName))];
        }
    }

    internal void LinkEnded(ServerLink link)
    {
        lock (_gate)
        {
            _links.Remove(link);
            link.Context.GiveBack();
        }

        CheckStopped();
    }

    private void CheckStopped()
    {
        lock (_gate)
        {
            if (!_stopping || _links.Count > 0 || _stopped.Task.IsCompleted)
            {
                return;
            }

            _context.GiveBack();
            _stopped.TrySetResult();
        }
    }

    private void Accept(long now)
    {
        try
        {
            for (int i = 0; i < AcceptsAtOnce && _socket.Accept(out IPEndPoint? peer) is { } socket; i++)
            {
                Take(socket, peer!, now);
            }
        }
        catch (LinuxException exception)
        {
            // Out of descriptors or memory: the caller still waits in the kernel, and would wake us again at once.
            if (_shortagePace.IsDue(now))
            {
                _log.Write(TunnelLogLevel.Error, $"sstp server: {exception.Message}");
            }

            _worker.Unwatch(_socket.Descriptor, _token);
            _resumeAt = now + ShortagePause;
        }

        _worker.Schedule(this);
    }

    private void Take(TcpSocket socket, IPEndPoint peer, long now)
    {
        bool isSeated;
        bool isWaiting = false;
        var caller = new WaitingCaller(this, socket, peer);
        lock (_gate)
        {
            isSeated = _places.TryTake(peer.Address);
            if (!isSeated)
            {
                long until = now + (long)Options.WaitDeadline.TotalMilliseconds;
                caller.Waiter = _places.TryWait(peer.Address, caller, until);
                isWaiting = caller.Waiter is not null;
            }
        }

        if (isSeated)
        {
            Begin(socket, peer, now);
        }
        else if (isWaiting)
        {
            // What he sends stays unread until he has a place; only his leaving is looked for.
            caller.Token = _worker.Watch(socket.Descriptor, EpollEvents.PeerClosed, caller);
        }
        else
        {
            socket.Dispose();
            if (_refusalPace.IsDue(now))
            {
                _log.Write(TunnelLogLevel.Warning, $"too many connections without a login, closing new ones, the last from {peer.Address}");
            }
        }
    }

    /// <summary>Gives the free places to those who wait, and closes who has waited for too long.</summary>
    private void Seat(long now)
    {
        while (NextToLeave(now) is { } waiter)
        {
            WaitingCaller caller = waiter.Caller;
            _worker.Unwatch(caller.Socket.Descriptor, caller.Token);
            if (waiter.IsSeated)
            {
                Begin(caller.Socket, caller.Peer, now);
                continue;
            }

            caller.Socket.Dispose();
            if (_expiryPace.IsDue(now))
            {
                _log.Write(
                    TunnelLogLevel.Warning,
                    $"no place for a login became free within {Options.WaitDeadline.TotalSeconds} s, closing who waited, the last from {caller.Peer.Address}");
            }
        }

        _worker.Schedule(this);
    }

    private LoginPlaces<WaitingCaller>.Waiter? NextToLeave(long now)
    {
        lock (_gate)
        {
            _seatingPosted = false;
            while (_heldPlaces.TryPeek(out IPAddress? address, out long until) && until <= now)
            {
                _heldPlaces.Dequeue();
                _places.GiveBack(address);
            }

            if (_places.TrySeat(out LoginPlaces<WaitingCaller>.Waiter? next))
            {
                return next;
            }

            LoginPlaces<WaitingCaller>.Waiter? oldest = _places.Oldest;
            return oldest?.Until <= now && _places.Leave(oldest) ? oldest : null;
        }
    }

    private void Begin(TcpSocket socket, IPEndPoint peer, long now)
    {
        TunnelWorker worker = _workers.Next();
        var log = new CallLog(_log, _logBudget, peer.Address, now);
        ServerLink link;
        lock (_gate)
        {
            link = new ServerLink(worker, log, this, _context.Take(), peer, ++_callNumber, now);
            _links.Add(link);
        }

        worker.Post(() => link.Begin(socket));
    }

    /// <summary>One who waits has hung up.</summary>
    private void HungUp(WaitingCaller caller)
    {
        lock (_gate)
        {
            _places.Leave(caller.Waiter!);
        }

        _worker.Unwatch(caller.Socket.Descriptor, caller.Token);
        caller.Socket.Dispose();
    }

    private sealed class AcceptTarget(SstpListener listener) : PollTarget
    {
        public override void Ready(EpollEvents events, long now) => listener.Accept(now);
    }

    /// <summary>A caller without a place: his socket, and nothing of TLS yet.</summary>
    private sealed class WaitingCaller(SstpListener listener, TcpSocket socket, IPEndPoint peer) : PollTarget
    {
        public TcpSocket Socket => socket;

        public IPEndPoint Peer => peer;

        public LoginPlaces<WaitingCaller>.Waiter? Waiter { get; set; }

        public long Token { get; set; }

        /// <summary>A peer that closed only its own direction counts as gone: none does so before it has said anything.</summary>
        public override void Ready(EpollEvents events, long now) => listener.HungUp(this);
    }
}
