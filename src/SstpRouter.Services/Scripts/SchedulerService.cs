using System.Globalization;
using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Logging;
using SstpRouter.RouterOs.Menus.Scripts;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.Services.Scripts;

/// <summary>Runs scripts at their time: <c>/system/scheduler</c>.</summary>
internal sealed class SchedulerService : IRouterService, IMenuState, IDisposable
{
    // The clock may be set at any time; who sleeps longer would not see it.
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ShortestSleep = TimeSpan.FromMilliseconds(10);

    private readonly Menu _menu;
    private readonly ConfigurationStore _store;
    private readonly ScriptLibrary _library;
    private readonly ScriptJobs _jobs;
    private readonly RouterLog _log;
    private readonly TimeProvider _clock;
    private readonly Lock _gate = new();
    private readonly Dictionary<ulong, Plan> _plans = [];
    private readonly ITimer _timer;
    private readonly DateTime _started;
    private DateTime _lastLook;
    private bool _isRunning;

    public SchedulerService(Menu root, ConfigurationStore store, ScriptLibrary library, ScriptJobs jobs, RouterLog log, TimeProvider clock)
    {
        _menu = root.Find("system/scheduler")!;
        _store = store;
        _library = library;
        _jobs = jobs;
        _log = log;
        _clock = clock;
        _menu.State = this;
        _started = Now;
        _lastLook = _started;
        _timer = clock.CreateTimer(_ => Look(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public IReadOnlyCollection<Menu> Menus => [_menu];

    private DateTime Now => _clock.GetLocalNow().DateTime;

    public void Prepare(IReadOnlyList<ItemChange> changes, StoreSnapshot after)
    {
        foreach (ItemChange change in changes.Where(c => c.Menu == _menu))
        {
            if (change.After is { } item && item.Span("interval") is { } interval && interval != TimeSpan.Zero && interval < TimeSpan.FromSeconds(1))
            {
                throw ScriptError.Failure("interval is shorter than one second");
            }
        }
    }

    public void Reconcile(StoreSnapshot snapshot)
    {
        lock (_gate)
        {
            var items = snapshot.Items(_menu).ToDictionary(i => i.Id);
            foreach (ulong gone in _plans.Keys.Where(id => !items.ContainsKey(id)).ToList())
            {
                _plans.Remove(gone);
            }

            foreach (Item item in items.Values)
            {
                var entry = SchedulerEntry.Of(item);
                bool isDisabled = item.IsYes("disabled");
                Plan plan = _plans.GetValueOrDefault(item.Id) ?? new Plan(null, false, null, 0);
                if (plan.Entry != entry || plan.IsDisabled != isDisabled)
                {
                    plan = plan with { Entry = entry, IsDisabled = isDisabled, Next = isDisabled ? null : entry.NextAfter(Now, _started) };
                }

                _plans[item.Id] = plan;
            }

            Sleep();
        }
    }

    /// <summary>Begins: the entries for the start of the router run, the others wait for their time.</summary>
    public void Start()
    {
        lock (_gate)
        {
            _isRunning = true;
            foreach (Item item in _store.Current.Items(_menu))
            {
                if (_plans.TryGetValue(item.Id, out Plan? plan) && plan is { IsDisabled: false, Entry.First: null })
                {
                    Run(item, plan);
                }
            }

            Sleep();
        }
    }

    public void Describe(Row row)
    {
        lock (_gate)
        {
            Plan? plan = _plans.GetValueOrDefault(row.Id);
            row.Show("run-count", Value.Of(plan?.Count ?? 0));
            if (plan?.Next is { } next)
            {
                row.Show("next-run", Value.Of(next.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)));
            }
        }
    }

    public IEnumerable<Row> DynamicRows() => [];

    public bool TryRemove(ulong id) => false;

    public void Dispose() => _timer.Dispose();

    /// <summary>Runs what is due.</summary>
    internal void Look()
    {
        lock (_gate)
        {
            DateTime now = Now;
            bool wasSetBack = now < _lastLook;
            _lastLook = now;
            foreach ((ulong id, Plan plan) in _plans.ToList())
            {
                if (plan is { Next: { } due, IsDisabled: false } && due <= now && _store.Current.Find(_menu, id) is { } item)
                {
                    Run(item, plan);
                }
                else if (wasSetBack && plan is { IsDisabled: false })
                {
                    _plans[id] = plan with { Next = plan.Entry!.NextAfter(now, _started) };
                }
            }

            Sleep();
        }
    }

    private void Run(Item item, Plan plan)
    {
        _plans[item.Id] = plan with { Count = plan.Count + 1, Next = plan.Entry!.NextAfter(Now, _started) };
        string name = item.Text("name");
        try
        {
            (string script, string source, Policies policies) = _library.Find(name, item.Text("on-event"), ScriptPolicies.Of(item["policy"]));
            _jobs.Start(new ScriptJob { Type = "scheduler", Name = script, Owner = item.Text("owner"), Policies = policies, Source = source });
        }
        catch (ScriptError error)
        {
            _log.Write("script,error", $"executing script {item.Text("on-event").Trim()} from scheduler failed, please check it manually: {error.Text}");
        }
    }

    private void Sleep()
    {
        if (!_isRunning)
        {
            return;
        }

        TimeSpan left = _plans.Values.Select(p => p.Next).OfType<DateTime>().DefaultIfEmpty(DateTime.MaxValue).Min() - Now;
        _timer.Change(left < ShortestSleep ? ShortestSleep : left > LongestSleep ? LongestSleep : left, Timeout.InfiniteTimeSpan);
    }

    private sealed record Plan(SchedulerEntry? Entry, bool IsDisabled, DateTime? Next, long Count);
}
