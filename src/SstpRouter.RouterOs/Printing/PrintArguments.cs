using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Verbs;

namespace SstpRouter.RouterOs.Printing;

/// <summary>The arguments of <c>print</c> and what they choose.</summary>
internal static class PrintArguments
{
    public static readonly CommandArgument AsValue = new("as-value", "Return the values instead of showing them", IsBare: true);
    public static readonly CommandArgument Brief = new("brief", "Show a table", IsBare: true);
    public static readonly CommandArgument CountOnly = new("count-only", "Show only how many items there are", IsBare: true);
    public static readonly CommandArgument Detail = new("detail", "Show all properties", IsBare: true);
    public static readonly CommandArgument Follow = new("follow", "Show the items, then each that comes or changes", IsBare: true);
    public static readonly CommandArgument FollowOnly = new("follow-only", "Show each item that comes or changes from now on", IsBare: true);
    public static readonly CommandArgument From = new("from", "Show only these items: numbers of the last print, ids or names");
    public static readonly CommandArgument GroupBy = new("group-by", "Property whose equal values stand together");
    public static readonly CommandArgument ShowIds = new("show-ids", "Show ids instead of numbers", IsBare: true);
    public static readonly CommandArgument Stats = new("stats", "Show counters", IsBare: true);
    public static readonly CommandArgument StatsDetail = new("stats-detail", "Show counters and more as a property list", IsBare: true);
    public static readonly CommandArgument Terse = new("terse", "Show one line an item, for programs to read", IsBare: true);
    public static readonly CommandArgument ValueList = new("value-list", "Show one line a property", IsBare: true);

    /// <summary>The arguments that the <c>print</c> of settings knows, in the order of help.</summary>
    public static IReadOnlyList<CommandArgument> OfSettings { get; } =
        [AsValue, LiveScreen.File, LiveScreen.Interval, LiveScreen.WithoutPaging];

    /// <summary>The arguments that a menu's <c>print</c> knows, in the order of help.</summary>
    public static IEnumerable<CommandArgument> Of(Menu menu) =>
        new[]
        {
            LiveScreen.Append, AsValue, Brief, CountOnly, Detail, LiveScreen.File, Follow, FollowOnly, From, GroupBy, LiveScreen.Interval,
            LiveScreen.Proplist, ShowIds, Stats, StatsDetail, Terse, ValueList, LiveScreen.WithoutPaging,
        }
            .Where(a => a != Stats || menu.StatsColumns.Count > 0)
            .Where(a => a != StatsDetail || menu.StatsDetails.Count > 0)
            .Where(a => a != From || menu.DefaultLayout != PrintLayout.Log);

    /// <summary>The rows that <c>from</c> names, as far as they pass <c>where</c>; all where neither was given.</summary>
    public static IReadOnlyList<Row> Select(CommandInvocation invocation, IReadOnlyList<Row> rows)
    {
        if (invocation[From.Name] is { } from)
        {
            rows = ItemSelection.Resolve(from, rows, invocation.Session.Numbers.Of(invocation.Menu), invocation.Position);
        }

        rows = invocation.Where is { } condition ? [.. rows.Where(r => condition(r))] : rows;
        return invocation[GroupBy.Name]?.ToText() is { } name ? Grouped(invocation.Menu, rows, name) : rows;
    }

    private static IReadOnlyList<Row> Grouped(Menu menu, IReadOnlyList<Row> rows, string typed)
    {
        string name = Choice.Of([.. menu.Properties.Select(p => p.Name), .. menu.Flags.Select(f => f.Name)], typed, GroupBy.Name);
        return [.. rows.GroupBy(r => r[name] ?? Values.Value.Nothing).SelectMany(g => g)];
    }

    /// <summary>The properties that <c>proplist</c> names; null where it was not given.</summary>
    public static IReadOnlyList<Property>? Chosen(CommandInvocation invocation)
    {
        if (invocation[LiveScreen.Proplist.Name] is not { } list)
        {
            return null;
        }

        return [.. Types.PartsOf(list).Select(name => Listing.PropertyNamed(invocation.Menu, name)
            ?? throw new ScriptError("input does not match any value of proplist"))];
    }
}
