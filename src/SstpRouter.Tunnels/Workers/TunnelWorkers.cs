using SstpRouter.Tunnels.Client;
using SstpRouter.Tunnels.Recording;

namespace SstpRouter.Tunnels.Workers;

/// <summary>The workers of a router; a tunnel is pinned to one of them for its whole life.</summary>
public sealed class TunnelWorkers : IDisposable
{
    private readonly TunnelWorker[] _workers;
    private readonly Action<string> _fault;
    private int _last = -1;
    private Settling? _settling;

    /// <summary>Starts the threads.</summary>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="fault">Told what went wrong when a callback threw, which is a defect of the program.</param>
    /// <param name="recordings">Where the tunnels are written down, which must outlive the workers; null where they are not.</param>
    public TunnelWorkers(int count, Action<string> fault, RecordingDirectory? recordings = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        _fault = fault;
        _workers = new TunnelWorker[count];
        for (int i = 0; i < count; i++)
        {
            _workers[i] = new TunnelWorker("tunnels-" + i, fault, this) { Recordings = recordings };
        }
    }

    /// <summary>The routes around the tunnels.</summary>
    internal HostRoutes HostRoutes { get; } = new();

    /// <summary>What the TLS of tunnels that are dialled is made from.</summary>
    internal ClientContexts ClientContexts { get; } = new();

    /// <summary>Takes interfaces away.</summary>
    internal InterfaceRemover Remover { get; } = new();

    /// <summary>What the tunnels of all of them have not given back.</summary>
    internal IReadOnlyList<string> Leaks => [.. _workers.SelectMany(w => w.Leaks)];

    /// <summary>Calls back, from a thread of the pool, after tunnels have come up or ended and for a moment no other does.</summary>
    public void WhenSettled(Action action) => _settling = new Settling(action, _fault);

    /// <summary>A tunnel has come up, or has ended.</summary>
    internal void Changed() => _settling?.Happened();

    /// <summary>The worker whose turn it is.</summary>
    public TunnelWorker Next() => _workers[(uint)Interlocked.Increment(ref _last) % (uint)_workers.Length];

    /// <summary>Ends the threads.</summary>
    public void Dispose()
    {
        _settling?.Dispose();
        Remover.Dispose();
        foreach (TunnelWorker worker in _workers)
        {
            worker.Dispose();
        }
    }
}
