using System.Text;
using SstpRouter.RouterOs.History;
using SstpRouter.RouterOs.Interpretation;
using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Logging;
using SstpRouter.RouterOs.Menus;
using SstpRouter.RouterOs.Printing;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;
using SstpRouter.RouterOs.Tests.Storage;
using SstpRouter.RouterOs.Verbs;

namespace SstpRouter.RouterOs.Tests.History;

/// <summary>The router's own menus with a history, and users that type at them.</summary>
internal sealed class HistoryDesk : IDisposable
{
    private readonly StringWriter _output = new();

    public HistoryDesk(StateFolder? folder = null, StepClock? clock = null)
        : this(folder?.Path, FileOperations.OfDisk, clock)
    {
    }

    public HistoryDesk(string? directory, FileOperations operations, StepClock? clock = null)
    {
        Clock = clock ?? new StepClock();
        Root = RouterMenus.Build();
        Store = directory is null
            ? ConfigurationStore.InMemory(Root, Clock)
            : ConfigurationStore.Open(directory, Root, ScriptRunning.EachStatement, Clock, operations);
        Log = new RouterLog(Clock);
        StandardVerbs.Attach(Root, Store);
        PrintVerb.Attach(Root, Store);
        try
        {
            History = new ConfigurationHistory(Root, Store, Log);
        }
        catch
        {
            Store.Dispose();
            throw;
        }

        Admin = User("admin");
    }

    public StepClock Clock { get; }

    public Menu Root { get; }

    public ConfigurationStore Store { get; }

    public RouterLog Log { get; }

    public ConfigurationHistory History { get; }

    public Session Admin { get; }

    public IReadOnlyList<string> Messages => [.. Log.Lines.Select(l => l.Message)];

    public Session User(string name, Policies policies = Policies.All) => new(name, _output) { Policies = policies };

    /// <summary>Types lines as admin.</summary>
    /// <returns>What was printed.</returns>
    public string Type(string lines, Session? by = null)
    {
        _output.GetStringBuilder().Clear();
        new Interpreter(Root, by ?? Admin).Run(lines);
        return _output.ToString();
    }

    public string Refused(string line, Session? by = null) => Assert.Throws<ScriptError>(() => Type(line, by)).Message;

    public string Secrets() =>
        string.Join(' ', Store.Current.Items(Root.Find("ppp/secret")!).Select(i => $"*{i.Id:X}:{i["name"]}:{i["comment"]}"));

    /// <summary>Everything that the configuration holds: a verbose export, and each item with its id, in order.</summary>
    public string Everything()
    {
        var text = new StringBuilder(Type("/export verbose show-sensitive").Split('\n', 2)[1]); // the first line is the time
        foreach (Menu menu in Root.SelfAndDescendants())
        {
            foreach (Item item in Store.Current.Items(menu).Where(i => menu.Kind == MenuKind.Items || !i.Values.IsEmpty))
            {
                text.Append($"{menu.Path} *{item.Id:X} ")
                    .AppendJoin(' ', item.Values.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => $"{v.Key}={v.Value}")).Append('\n');
            }
        }

        return text.ToString();
    }

    public void Dispose()
    {
        History.Dispose();
        Store.Dispose();
    }
}

/// <summary>A clock that a test sets; its timers run when it does.</summary>
internal sealed class StepClock : TimeProvider
{
    private readonly List<StepTimer> _timers = [];
    private DateTimeOffset _now = new(2026, 6, 10, 14, 48, 17, TimeSpan.Zero);
    private TimeSpan _running;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _now;

    public override long GetTimestamp() => _running.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new StepTimer(() => callback(state), _running + dueTime, this);
        _timers.Add(timer);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Lets time pass.</summary>
    public void Pass(TimeSpan time)
    {
        _now += time;
        _running += time;
        foreach (StepTimer timer in _timers.Where(t => t.Due <= _running).ToArray())
        {
            timer.Ring();
        }
    }

    /// <summary>Sets the clock, as somebody does; no time passes.</summary>
    public void Set(DateTimeOffset now) => _now = now;

    private sealed class StepTimer(Action ring, TimeSpan due, StepClock clock) : ITimer
    {
        public TimeSpan Due { get; private set; } = due;

        public void Ring()
        {
            Due = TimeSpan.MaxValue;
            ring();
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Due = dueTime == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : clock._running + dueTime;
            return true;
        }

        public void Dispose() => clock._timers.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
