using SstpRouter.Linux;
using SstpRouter.Services.Scripts;
using SstpRouter.Tunnels;
using SstpRouter.Tunnels.Client;
using SstpRouter.Tunnels.Data;
using SstpRouter.Tunnels.Workers;

namespace SstpRouter.Services.Sstp;

/// <summary>One client interface: it holds at most one dialler, and starts a new one only when the old one has left its interface.</summary>
internal sealed class DialSlot(TunnelWorker worker, NameResolver resolver, ITunnelLog log, PppScripts scripts, Action left)
{
    private static readonly TunnelState Idle = new();

    private readonly Lock _gate = new();
    private DialPlan? _wanted;
    private DialPlan? _running;
    private SstpDialler? _dialler;
    private Task _stopping = Task.CompletedTask;
    private bool _isStopping;
    private PppLink? _link;

    /// <summary>How far the tunnel is.</summary>
    public TunnelState State => Volatile.Read(ref _dialler)?.State ?? Idle;

    /// <summary>What went through the tunnel that is or was there last; null before the first.</summary>
    public TunnelCounters? Counters => Volatile.Read(ref _dialler)?.Counters;

    /// <summary>Why the interface cannot even be tried; null where it can.</summary>
    public string? Fault { get; private set; }

    /// <summary>True where it neither dials nor is to.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_gate)
            {
                return _wanted is null && _running is null;
            }
        }
    }

    /// <summary>The names of the interfaces that it uses, or is about to; none, one or two.</summary>
    public IReadOnlyList<string> Names
    {
        get
        {
            lock (_gate)
            {
                return [.. new[] { _wanted, _running }.OfType<DialPlan>().Select(p => p.Options.Interface.Name)];
            }
        }
    }

    /// <summary>Dials by a plan; null: hangs up.</summary>
    public void Want(DialPlan? plan, string? fault = null)
    {
        lock (_gate)
        {
            Fault = fault;
            _wanted = plan;
            Proceed();
        }
    }

    /// <summary>Tells the dialler that the kernel's network has changed.</summary>
    public void PathChanged(PathChange change) => Volatile.Read(ref _dialler)?.PathChanged(change);

    /// <summary>Hangs up for good.</summary>
    public Task Stop()
    {
        Want(null);
        lock (_gate)
        {
            return _stopping;
        }
    }

    private void Proceed()
    {
        if (Equals(_wanted, _running))
        {
            _running = _wanted; // the same to dial, but its profile may have another name
            return;
        }

        if (_running is not null)
        {
            // One stop at a time; what is wanted by then is started when it is done.
            if (!_isStopping)
            {
                _isStopping = true;
                _stopping = StopRunning(_dialler!);
            }

            return;
        }

        _running = _wanted;
        var dialler = new SstpDialler(worker, resolver, log, _wanted!.Options, Follow);
        Volatile.Write(ref _dialler, dialler);
        dialler.Start();
    }

    /// <summary>Tells the scripts of the profile when the tunnel comes up and when it goes; on the worker's thread, one change after the other.</summary>
    private void Follow(SstpDialler dialler)
    {
        TunnelState state = dialler.State;
        DialPlan? plan = Volatile.Read(ref _running);
        if (state.IsRunning && _link is null && plan is not null)
        {
            _link = plan.Link(state);
            scripts.Up(_link);
        }
        else if (!state.IsRunning && _link is { } gone)
        {
            _link = null;
            scripts.Down(gone);
        }
    }

    private async Task StopRunning(SstpDialler dialler)
    {
        await dialler.Stop().ConfigureAwait(false);
        lock (_gate)
        {
            _running = null;
            _isStopping = false;
            Volatile.Write(ref _dialler, null);
            if (_wanted is not null)
            {
                Proceed();
            }
        }

        left();
    }
}
