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
    public static readonly CommandArgument From = new("from", "Show only these items: numbers of the last print, ids or names");
    public static readonly CommandArgument Proplist = new("proplist", "Properties to show, joined by commas");
    public static readonly CommandArgument ShowIds = new("show-ids", "Show ids instead of numbers", IsBare: true);
    public static readonly CommandArgument Stats = new("stats", "Show counters", IsBare: true);
    public static readonly CommandArgument StatsDetail = new("stats-detail", "Show counters, and why packets were dropped", IsBare: true);
    public static readonly CommandArgument Terse = new("terse", "Show one line an item, for programs to read", IsBare: true);
    public static readonly CommandArgument ValueList = new("value-list", "Show one line a property", IsBare: true);
    public static readonly CommandArgument WithoutPaging = new("without-paging", "Do not stop at the end of each screen", IsBare: true);

    /// <summary>The arguments that a menu's <c>print</c> knows, in the order of help.</summary>
    public static IEnumerable<CommandArgument> Of(Menu menu) =>
        new[] { AsValue, Brief, CountOnly, Detail, From, Proplist, ShowIds, Stats, StatsDetail, Terse, ValueList, WithoutPaging }
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

        return invocation.Where is { } condition ? [.. rows.Where(r => condition(r))] : rows;
    }

    /// <summary>The properties that <c>proplist</c> names; null where it was not given.</summary>
    public static IReadOnlyList<Property>? Chosen(CommandInvocation invocation)
    {
        if (invocation[Proplist.Name] is not { } list)
        {
            return null;
        }

        return [.. Types.PartsOf(list).Select(name => Listing.PropertyNamed(invocation.Menu, name)
            ?? throw new ScriptError("input does not match any value of proplist"))];
    }
}
