using System.Collections.Concurrent;
using System.Diagnostics;
using SstpRouter.Linux;
using SstpRouter.Linux.Segments;
using SstpRouter.Tunnels.Data;
using SstpRouter.Tunnels.Recording;

namespace SstpRouter.Tunnels.Workers;

/// <summary>One thread, one epoll set, and the tunnels pinned to it. Nothing that belongs to a worker needs a lock.</summary>
/// <remarks>Other threads hand work over with <see cref="Post"/>; everything else is called on the worker's own thread. A second thread for one tunnel
/// was measured and left out: README, "Speed".</remarks>
public sealed class TunnelWorker : IDisposable
{
    private const int ReadyAtOnce = 128;
    private const long WakeToken = 0;
    private const int RetiredAtOnce = 64;

    private readonly Epoll _epoll = new();
    private readonly EventFd _wake = new();
    private readonly ConcurrentQueue<Action> _posted = new();
    private readonly Dictionary<long, PollTarget> _targets = [];
    private readonly PriorityQueue<ITimed, long> _timers = new();
    private readonly List<IAgain> _again = [];
    private readonly Action<string> _fault;
    private readonly Thread _thread;
    private long _lastToken = WakeToken;
    private int _retired;
    private volatile bool _stopping;

    /// <summary>Starts the thread.</summary>
    /// <param name="name">The thread's name, for debuggers and <c>/proc</c>.</param>
    /// <param name="fault">Told what went wrong when a callback threw, which is a defect of the program: the worker goes on.</param>
    /// <param name="all">The workers that it is one of.</param>
    internal TunnelWorker(string name, Action<string> fault, TunnelWorkers all)
    {
        _fault = fault;
        All = all;
        _epoll.Add(_wake.Descriptor, EpollEvents.Readable, WakeToken);
        _thread = new Thread(Run) { Name = name, IsBackground = true };
        _thread.Start();
    }

    /// <summary>Ciphertext from a socket passes through here; one for all tunnels of the worker.</summary>
    internal byte[] CiphertextBuffer { get; } = GC.AllocateUninitializedArray<byte>(128 * 1024, pinned: true);

    /// <summary>Plaintext from a peer passes through here, and its packets go to the kernel from here.</summary>
    internal byte[] InboundBuffer { get; } = GC.AllocateUninitializedArray<byte>(128 * 1024, pinned: true);

    /// <summary>Plaintext for a peer passes through here: four full records.</summary>
    internal byte[] OutboundBuffer { get; } = GC.AllocateUninitializedArray<byte>(64 * 1024, pinned: true);

    /// <summary>Joins the packets in <see cref="InboundBuffer"/>.</summary>
    internal Coalescer Coalescer { get; } = new();

    /// <summary>Memory for ciphertext that waits for a socket.</summary>
    internal CiphertextPool Ciphertext { get; } = new();

    /// <summary>Memory for packets that wait.</summary>
    internal QueuePool Waiting { get; } = new();

    /// <summary>The workers of the router, which share what is not one tunnel's.</summary>
    internal TunnelWorkers All { get; }

    /// <summary>Where tunnels are written down; null where they are not.</summary>
    internal RecordingDirectory? Recordings { get; init; }

    /// <summary>Addresses, links and routes of the kernel are changed through this.</summary>
    internal RouteSocket Routes { get; } = new();

    /// <summary>Milliseconds of the clock that all deadlines are in.</summary>
    internal static long Now => MonotonicClock.Milliseconds;

    /// <summary>What is taken from the worker at this moment; for tests, on the worker's thread.</summary>
    internal (int Descriptors, int Timers, int Ciphertexts, int Queues) InUse => (_targets.Count, _timers.Count, Ciphertext.Rented, Waiting.Rented);

    /// <summary>All memory that its tunnels share.</summary>
    internal IReadOnlyList<IPool> Pools => [Ciphertext, Waiting.Queues, Waiting.Rooms, Waiting.Slabs];

    /// <summary>What its tunnels have not given back, a line for each pool; for the end, when nothing may be left, and for tests.</summary>
    internal IReadOnlyList<string> Leaks =>
    [
        .. Pools
            .Where(pool => pool.Rented != 0)
            .Select(pool => $"{_thread.Name}, {pool.Name}: {pool.Rented} did not come back"),
    ];

    /// <summary>Runs an action on the worker's thread, in the order posted.</summary>
    public void Post(Action action)
    {
        _posted.Enqueue(action);
        _wake.Signal();
    }

    /// <summary>Runs an action on the worker's thread and waits for it. Must not be called on that thread.</summary>
    public void Invoke(Action action)
    {
        using var done = new ManualResetEventSlim();
        Post(() =>
        {
            try
            {
                action();
            }
            finally
            {
                done.Set();
            }
        });
        done.Wait();
    }

    /// <summary>Ends the thread after what was posted before has run.</summary>
    public void Dispose()
    {
        _stopping = true;
        _wake.Signal();
        if (Thread.CurrentThread != _thread)
        {
            _thread.Join();
        }

        // A tunnel that was not given the time to end still has what it has.
        Debug.Assert(_targets.Count > 0 || Leaks.Count == 0, string.Join('\n', Leaks));
        _epoll.Dispose();
        _wake.Dispose();
        Routes.Dispose();
    }

    /// <summary>Calls it once more after the others have had their turn.</summary>
    internal void Again(IAgain later) => _again.Add(later);

    internal long Watch(int descriptor, EpollEvents events, PollTarget target)
    {
        long token = ++_lastToken;
        _targets.Add(token, target);
        _epoll.Add(descriptor, events, token);
        return token;
    }

    internal void Rewatch(int descriptor, EpollEvents events, long token) => _epoll.Modify(descriptor, events, token);

    internal void Unwatch(int descriptor, long token)
    {
        // Events already fetched for this token find no target any more and are dropped.
        if (_targets.Remove(token))
        {
            _epoll.Remove(descriptor);
        }
    }

    /// <summary>Makes sure that <paramref name="timed"/> is called at its deadline; cheap where the deadline only moved away.</summary>
    internal void Schedule(ITimed timed)
    {
        long deadline = timed.NextDeadline;
        if (deadline < timed.QueuedDeadline)
        {
            timed.QueuedDeadline = deadline;
            _timers.Enqueue(timed, deadline);
        }
    }

    /// <summary>Something has ended: what it holds must not stay in memory until the last time that it asked for.</summary>
    internal void Retire(ITimed timed)
    {
        if (timed.QueuedDeadline == long.MaxValue || ++_retired < Math.Max(RetiredAtOnce, _timers.Count / 2))
        {
            return;
        }

        _retired = 0;
        (ITimed Timed, long Deadline)[] entries = [.. _timers.UnorderedItems];
        _timers.Clear();
        foreach ((ITimed queued, long deadline) in entries)
        {
            if (deadline != queued.QueuedDeadline)
            {
                continue; // an earlier entry for the same one has replaced this
            }

            if (queued.NextDeadline == long.MaxValue)
            {
                queued.QueuedDeadline = long.MaxValue;
            }
            else
            {
                _timers.Enqueue(queued, deadline);
            }
        }
    }

    private void Run()
    {
        Span<EpollReady> ready = stackalloc EpollReady[ReadyAtOnce];
        while (!_stopping || !_posted.IsEmpty)
        {
            int count = _epoll.Wait(ready, Timeout());
            long now = Now;
            for (int i = 0; i < count; i++)
            {
                if (ready[i].Token == WakeToken)
                {
                    _wake.Clear();
                }
                else if (_targets.TryGetValue(ready[i].Token, out PollTarget? target))
                {
                    Guard(target, ready[i].Events, now);
                }
            }

            while (_posted.TryDequeue(out Action? action))
            {
                Guard(action);
            }

            RunTimers();
            RunAgain();
        }
    }

    private void RunAgain()
    {
        // What asks to be called once more meanwhile comes after the next look at the descriptors.
        int count = _again.Count;
        for (int i = 0; i < count; i++)
        {
            Guard(_again[i], Now);
        }

        _again.RemoveRange(0, count);
    }

    private int Timeout()
    {
        if (_stopping || !_posted.IsEmpty || _again.Count > 0)
        {
            return 0;
        }

        return _timers.TryPeek(out _, out long deadline) ? (int)Math.Clamp(deadline - Now, 0, 60_000) : -1;
    }

    private void RunTimers()
    {
        long now = Now;
        while (_timers.TryPeek(out ITimed? timed, out long deadline) && deadline <= now)
        {
            _timers.Dequeue();
            if (deadline != timed.QueuedDeadline)
            {
                continue; // an earlier entry for the same one has replaced this
            }

            timed.QueuedDeadline = long.MaxValue;
            if (timed.NextDeadline <= now)
            {
                Guard(timed, now);
            }

            Schedule(timed);
        }
    }

    private void Guard(PollTarget target, EpollEvents events, long now)
    {
        try
        {
            target.Ready(events, now);
        }
        catch (Exception exception)
        {
            _fault(exception.ToString());
        }
    }

    // Not a lambda: its closure would be made on each turn of the loop, timers due or not.
    private void Guard(ITimed timed, long now)
    {
        try
        {
            timed.Tick(now);
        }
        catch (Exception exception)
        {
            _fault(exception.ToString());
        }
    }

    private void Guard(IAgain later, long now)
    {
        try
        {
            later.Again(now);
        }
        catch (Exception exception)
        {
            _fault(exception.ToString());
        }
    }

    private void Guard(Action action)
    {
        try
        {
            action();
        }
        catch (Exception exception)
        {
            _fault(exception.ToString());
        }
    }
}
