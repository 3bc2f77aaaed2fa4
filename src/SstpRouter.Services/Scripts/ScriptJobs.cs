using System.Collections.Immutable;
using System.Globalization;
using SstpRouter.RouterOs.Interpretation;
using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Logging;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.Services.Scripts;

/// <summary>Runs scripts in the background, each on a thread and in a session of its own: <c>/system/script/job</c>.</summary>
/// <remarks>Only so many run at a time, so that a flood of events neither fills the memory nor takes the processor from the tunnels; the
/// others wait for their turn.</remarks>
internal sealed class ScriptJobs : IMenuState, IDisposable
{
    private const int MostRunning = 64;
    private const int MostWaiting = 1_000;
    private const int StackSize = 1024 * 1024;

    private readonly Menu _root;
    private readonly Menu _menu;
    private readonly GlobalVariables _globals;
    private readonly RouterLog _log;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _limit;
    private readonly Lock _gate = new();
    private readonly SortedDictionary<ulong, Running> _running = [];
    private readonly Queue<(ulong Id, ScriptJob Job)> _waiting = new();
    private readonly CancellationTokenSource _closing = new();
    private ulong _lastId;

    public ScriptJobs(Menu root, GlobalVariables globals, RouterLog log, TimeProvider clock, TimeSpan? limit = null)
    {
        _root = root;
        _menu = root.Find("system/script/job")!;
        _globals = globals;
        _log = log;
        _clock = clock;
        _limit = limit ?? ScriptSession.UsualLimit;
        _menu.State = this;
    }

    /// <summary>Runs a script as soon as there is room.</summary>
    /// <returns>The id of the job; null where too many wait already, which is logged.</returns>
    public ulong? Start(ScriptJob job)
    {
        lock (_gate)
        {
            if (_waiting.Count >= MostWaiting || _closing.IsCancellationRequested)
            {
                _log.Write("script,error", $"executing script {job.Name} from {job.Type} failed: too many scripts wait already");
                return null;
            }

            _waiting.Enqueue((++_lastId, job));
            StartWaiting();
            return _lastId;
        }
    }

    public void Describe(Row row)
    {
    }

    public IEnumerable<Row> DynamicRows()
    {
        lock (_gate)
        {
            return [.. _running.Values.Select(Shown)];
        }
    }

    public bool TryRemove(ulong id)
    {
        lock (_gate)
        {
            return _running.TryGetValue(id, out Running? job) && job.End();
        }
    }

    /// <summary>Ends all scripts; they stop at their next command.</summary>
    public void Dispose()
    {
        _closing.Cancel();
        lock (_gate)
        {
            _waiting.Clear();
        }
    }

    private void StartWaiting()
    {
        while (_running.Count < MostRunning && _waiting.TryDequeue(out (ulong Id, ScriptJob Job) next))
        {
            var running = new Running(next.Id, next.Job, _clock.GetLocalNow(), CancellationTokenSource.CreateLinkedTokenSource(_closing.Token));
            _running.Add(running.Id, running);
            new Thread(() => Run(running), StackSize) { IsBackground = true, Name = "script" }.Start();
        }
    }

    private void Run(Running running)
    {
        ScriptJob job = running.Job;
        ScriptError? error = null;
        try
        {
            var session = new ScriptSession(job.Name, job.Owner, job.Policies, job.Output, _limit, running.Cancellation.Token);
            new Interpreter(_root, session, _globals).Run(job.Source, job.Variables);
        }
        catch (ScriptError failure)
        {
            error = failure;
        }
        catch (OperationCanceledException)
        {
            error = new ScriptError("interrupted");
        }
        catch (Exception defect)
        {
            // A defect in one command must not take the router down.
            _log.Write("system,error,critical", $"script {job.Name} failed inside the router: {defect}");
        }

        Conclude(running, error);
    }

    private void Conclude(Running running, ScriptError? error)
    {
        // Whoever sees that it has ended finds in the log how.
        if (error is not null && !running.Cancellation.IsCancellationRequested)
        {
            _log.Write("script,error", $"executing script {running.Job.Name} from {running.Job.Type} failed, please check it manually");
            _log.Write("script,error", error.InScript);
        }

        lock (_gate)
        {
            _running.Remove(running.Id);
            StartWaiting();
        }

        running.Job.Ended(error);
        running.Cancellation.Dispose();
    }

    private Row Shown(Running running) => new Row(_menu, running.Id, ImmutableDictionary<string, Value>.Empty, isDynamic: true)
        .Show("type", Value.Of(running.Job.Type))
        .Show("script", Value.Of(running.Job.Name))
        .Show("owner", Value.Of(running.Job.Owner))
        .Show("started", Value.Of(running.Started.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)));

    private sealed record Running(ulong Id, ScriptJob Job, DateTimeOffset Started, CancellationTokenSource Cancellation)
    {
        public bool End()
        {
            Cancellation.Cancel();
            return true;
        }
    }
}
