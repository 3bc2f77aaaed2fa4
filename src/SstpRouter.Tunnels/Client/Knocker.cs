using System.Net;
using SstpRouter.Linux;
using SstpRouter.Tunnels.Workers;

namespace SstpRouter.Tunnels.Client;

/// <summary>Tries about once a second whether a server can be reached, by a TCP connection each time: the kernel by itself asks less and less
/// often, and would miss the return of a path by as long as it was away.</summary>
internal sealed class Knocker : PollTarget, ITimed
{
    private const long UsualLimit = 2_000;

    /// <summary>A server that needs longer than the usual limit gets it each fourth time.</summary>
    private const long PatientLimit = 6_000;
    private const int PatientTurn = 4;

    private const int Interval = 1_000;

    /// <summary>However often the network changes, an attempt is left alone for so long.</summary>
    private const long LeastInterval = 250;

    private readonly TunnelWorker _worker;
    private readonly IKnocking _owner;
    private IPEndPoint? _server;
    private TcpSocket? _socket;
    private long _token;
    private long _begun = long.MinValue / 2;
    private int _attempt;
    private long _nextAttempt = long.MaxValue;

    public Knocker(TunnelWorker worker, IKnocking owner)
    {
        _worker = worker;
        _owner = owner;
    }

    public long QueuedDeadline { get; set; } = long.MaxValue;

    public long NextDeadline => _nextAttempt;

    /// <summary>True between <see cref="Start"/> and <see cref="Stop"/> or the first connection.</summary>
    public bool IsRunning => _server is not null;

    /// <summary>Knocks, for the first time at a given moment, until a connection stands or <see cref="Stop"/>.</summary>
    public void Start(IPEndPoint server, long first)
    {
        Stop();
        _server = server;
        _attempt = 0;
        At(first);
    }

    /// <summary>The network has changed: knocks soon, as one of many that were told.</summary>
    public void Hasten(long now)
    {
        if (IsRunning)
        {
            At(Math.Min(_nextAttempt, Math.Max(now + Random.Shared.Next(100), _begun + LeastInterval)));
        }
    }

    public void Stop()
    {
        _server = null;
        _nextAttempt = long.MaxValue;
        Close();
    }

    public void Tick(long now)
    {
        Close();
        if (!_owner.MayKnock())
        {
            At(now + Interval);
            return;
        }

        long limit = ++_attempt % PatientTurn == 0 ? PatientLimit : UsualLimit;
        At(now + limit);
        _begun = now;
        try
        {
            _socket = TcpSocket.Connect(_server!);
        }
        catch (LinuxException exception)
        {
            Fail(exception.ErrorNumber, exception.Message, now);
            return;
        }

        if (_socket.Error != 0)
        {
            Fail(_socket.Error, null, now);
            return;
        }

        _token = _worker.Watch(_socket.Descriptor, EpollEvents.Writable, this);
    }

    public override void Ready(EpollEvents events, long now)
    {
        int error = _socket!.FinishConnect();
        if (error == Errno.InProgress)
        {
            return;
        }

        if (error != 0)
        {
            Fail(error, null, now);
            return;
        }

        _worker.Unwatch(_socket.Descriptor, _token);
        TcpSocket connected = _socket;
        _socket = null;
        Stop();
        _owner.Connected(connected, now);
    }

    private void Fail(int error, string? detail, long now)
    {
        Close();

        // Spread, so that a hundred branches do not stay in step.
        At(Math.Max(now, _begun + (Interval * 3 / 4) + Random.Shared.Next(Interval / 2)));
        _owner.Failed(error, detail, now);
    }

    private void At(long time)
    {
        _nextAttempt = time;
        _worker.Schedule(this);
    }

    private void Close()
    {
        if (_socket is not null)
        {
            _worker.Unwatch(_socket.Descriptor, _token);
            _socket.Dispose();
            _socket = null;
        }
    }
}

/// <summary>Who wants a server to be reached. Calls come on the worker's thread.</summary>
internal interface IKnocking
{
    /// <summary>False where the way to the server is known to lead nowhere now.</summary>
    bool MayKnock();

    /// <summary>A connection stands, which the owner has from now on; no more are tried.</summary>
    void Connected(TcpSocket socket, long now);

    /// <summary>An attempt failed; the next is made in about a second.</summary>
    /// <param name="error">The errno.</param>
    /// <param name="detail">What was tried in vain, or null.</param>
    /// <param name="now">The time.</param>
    void Failed(int error, string? detail, long now);
}
