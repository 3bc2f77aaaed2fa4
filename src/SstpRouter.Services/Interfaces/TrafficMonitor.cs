using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Printing;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;
using SstpRouter.RouterOs.Values;
using SstpRouter.RouterOs.Verbs;

namespace SstpRouter.Services.Interfaces;

/// <summary><c>/interface monitor-traffic</c>: what passes interfaces in a second. What RouterOS counts on its fast path (<c>fp-</c>) is not
/// counted apart here.</summary>
internal sealed class TrafficMonitor
{
    private const string Aggregate = "aggregate";

    private static readonly TimeSpan FirstMeasure = TimeSpan.FromSeconds(1);

    private static readonly (string Name, string Counter)[] Rates =
    [
        ("rx-packets-per-second", "rx-packet"), ("rx-bits-per-second", "rx-byte"), ("rx-drops-per-second", "rx-drop"), ("rx-errors-per-second", "rx-error"),
        ("tx-packets-per-second", "tx-packet"), ("tx-bits-per-second", "tx-byte"), ("tx-drops-per-second", "tx-drop"),
        ("tx-queue-drops-per-second", "tx-queue-drop"), ("tx-errors-per-second", "tx-error"),
    ];

    private readonly Menu _menu;
    private readonly ConfigurationStore _store;
    private readonly TimeProvider _clock;

    public TrafficMonitor(Menu root, ConfigurationStore store, TimeProvider clock)
    {
        _menu = root.Find("interface")!;
        _store = store;
        _clock = clock;
        _menu.Command("monitor-traffic")!.Run = Run;
    }

    /// <summary>What was counted between two moments, for each second.</summary>
    /// <param name="before">The counters by name; one that is missing stands at nothing.</param>
    /// <param name="now">The same later.</param>
    /// <param name="time">How much later.</param>
    public static IEnumerable<LiveValue> Between(IReadOnlyDictionary<string, long> before, IReadOnlyDictionary<string, long> now, TimeSpan time)
    {
        double seconds = Math.Max(time.TotalSeconds, 0.001);
        foreach ((string name, string counter) in Rates)
        {
            // A tunnel that was dialled anew counts from nothing again.
            long counted = Math.Max(0, now.GetValueOrDefault(counter) - before.GetValueOrDefault(counter));
            yield return counter.EndsWith("byte", StringComparison.Ordinal)
                ? LiveValue.Rate(name, (long)(counted * 8 / seconds))
                : LiveValue.Count(name, (long)(counted / seconds));
        }
    }

    private Value Run(CommandInvocation invocation)
    {
        Value chosen = invocation["interface"] ?? throw new ScriptError("missing value(s) of argument(s) interface");
        bool isAggregate = chosen.ToText() == Aggregate;
        (ulong Id, string Name)[] interfaces = isAggregate
            ? [(0, "")]
            : [.. SelectedRows.Of(_store, invocation, "interface").Select(r => (r.Id, r.Text("name")))];
        Counted before = Count(isAggregate);
        if (invocation.Session.Cancellation.WaitHandle.WaitOne(FirstMeasure))
        {
            return Value.Nothing;
        }

        return LiveScreen.Run(invocation, _store, Measure, isTraffic: true);

        IReadOnlyList<IEnumerable<LiveValue>> Measure()
        {
            Counted now = Count(isAggregate);
            IReadOnlyList<IEnumerable<LiveValue>> rates = [.. interfaces.Select(i => Named(i.Name, now.Since(before, i.Id, _clock)).ToArray())];
            before = now;
            return rates;
        }
    }

    private static IEnumerable<LiveValue> Named(string name, IEnumerable<LiveValue> rates) =>
        name.Length == 0 ? rates : rates.Prepend(LiveValue.Of("name", name));

    private Counted Count(bool isAggregate)
    {
        var counters = new Dictionary<ulong, Dictionary<string, long>>();
        foreach (Row row in _store.Rows(_menu))
        {
            ulong id = isAggregate ? 0 : row.Id;
            if (!counters.TryGetValue(id, out Dictionary<string, long>? sums))
            {
                counters[id] = sums = [];
            }

            foreach ((_, string counter) in Rates)
            {
                sums[counter] = sums.GetValueOrDefault(counter) + (row[counter] is NumberValue number ? number.Number : 0);
            }
        }

        return new Counted(_clock.GetTimestamp(), counters);
    }

    /// <summary>The counters of all interfaces at a moment.</summary>
    private sealed record Counted(long When, Dictionary<ulong, Dictionary<string, long>> Counters)
    {
        private static readonly Dictionary<string, long> Nothing = [];

        public IEnumerable<LiveValue> Since(Counted before, ulong id, TimeProvider clock) =>
            Between(before.Of(id) ?? Of(id) ?? Nothing, Of(id) ?? Nothing, clock.GetElapsedTime(before.When, When));

        private Dictionary<string, long>? Of(ulong id) => Counters.GetValueOrDefault(id);
    }
}
