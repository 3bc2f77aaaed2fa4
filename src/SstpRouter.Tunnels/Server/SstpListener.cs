using System.Net;
using SstpRouter.Linux;
using SstpRouter.Tls;
using SstpRouter.Tunnels.Workers;

namespace SstpRouter.Tunnels.Server;

/// <summary>Accepts calls and holds them until they end.</summary>
public sealed class SstpListener : ITimed
{
    private const int Backlog = 1024;
    private const int AcceptsAtOnce = 64;

    /// <summary>How long to leave callers waiting when descriptors or memory ran out, in milliseconds.</summary>
    private const long ShortagePause = 200;

    /// <summary>Between two lines about callers for whom there is no place, in milliseconds.</summary>
    private const long RefusalLinePause = 60_000;

    private readonly TunnelWorkers _workers;
    private readonly TunnelWorker _worker;
    private readonly ITunnelLog _log;
    private readonly CallLogBudget _logBudget;
    private readonly TlsContext _context;
    private readonly TcpSocket _socket;
    private readonly AcceptTarget _target;
    private readonly Lock _gate = new();
    private readonly HashSet<ServerLink> _links = [];
    private readonly Dictionary<IPAddress, int> _loginsByAddress = [];
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _logins;
    private int _callNumber = -1;
    private long _token;
    private long _lastRefusalLogged = long.MinValue / 2;
    private long _resumeAt = long.MaxValue;
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
        _context = TlsContext.ForServer(options.Tls);
        try
        {
            _socket = TcpSocket.Listen(options.EndPoint, Backlog);
        }
        catch
        {
            _context.Dispose();
            throw;
        }

        _target = new AcceptTarget(this);
        _worker.Post(() => _token = _worker.Watch(_socket.Descriptor, EpollEvents.Readable, _target));
    }

    /// <summary>Where and how it listens.</summary>
    public ListenOptions Options { get; }

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

    long ITimed.NextDeadline => _resumeAt;

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
        _resumeAt = long.MaxValue;
        _token = _worker.Watch(_socket.Descriptor, EpollEvents.Readable, _target);
    }

    internal void LoginOver(IPAddress address)
    {
        lock (_gate)
        {
            _logins--;
            int left = _loginsByAddress.GetValueOrDefault(address) - 1;
            if (left > 0)
            {
                _loginsByAddress[address] = left;
            }
            else
            {
                _loginsByAddress.Remove(address);
            }
        }
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

            _context.Dispose();
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
            _log.Write(TunnelLogLevel.Error, $"sstp server: {exception.Message}");
            _worker.Unwatch(_socket.Descriptor, _token);
            _resumeAt = now + ShortagePause;
            _worker.Schedule(this);
        }
    }

    private void Take(TcpSocket socket, IPEndPoint peer, long now)
    {
        int number;
        lock (_gate)
        {
            int fromAddress = _loginsByAddress.GetValueOrDefault(peer.Address);
            if (_stopping || _logins >= Options.MaximumUnauthenticated || fromAddress >= Options.MaximumUnauthenticatedPerAddress)
            {
                Refuse(socket, peer, now);
                return;
            }

            _logins++;
            _loginsByAddress[peer.Address] = fromAddress + 1;
            number = ++_callNumber;
        }

        TunnelWorker worker = _workers.Next();
        var link = new ServerLink(worker, new CallLog(_log, _logBudget, peer.Address, now), this, _context, peer, number, now);
        lock (_gate)
        {
            _links.Add(link);
        }

        worker.Post(() => link.Begin(socket));
    }

    private void Refuse(TcpSocket socket, IPEndPoint peer, long now)
    {
        socket.Dispose();
        if (now - _lastRefusalLogged >= RefusalLinePause)
        {
            _lastRefusalLogged = now;
            _log.Write(TunnelLogLevel.Warning, $"too many connections without a login, closing new ones, the last from {peer.Address}");
        }
    }

    private sealed class AcceptTarget(SstpListener listener) : PollTarget
    {
        public override void Ready(EpollEvents events, long now) => listener.Accept(now);
    }
}
