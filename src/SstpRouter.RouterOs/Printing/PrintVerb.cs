using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Printing;

/// <summary>The <c>print</c> command of every menu that holds something.</summary>
public static class PrintVerb
{
    /// <summary>Gives every menu of items or settings its <c>print</c>, unless it has one of its own.</summary>
    /// <param name="root">The root of the tree.</param>
    /// <param name="store">Where the rows come from.</param>
    public static void Attach(Menu root, ConfigurationStore store) => Attach(root, store.Rows);

    internal static void Attach(Menu root, Func<Menu, IReadOnlyList<Row>> rows)
    {
        foreach (Menu menu in root.SelfAndDescendants())
        {
            if (menu.Kind != MenuKind.Container && menu.Command("print") is null)
            {
                menu.Add(menu.Kind == MenuKind.Settings ? OfSettings(rows) : OfItems(menu, rows));
            }
        }
    }

    private static MenuCommand OfSettings(Func<Menu, IReadOnlyList<Row>> rows) => new("print", "Show the settings")
    {
        Arguments = [PrintArguments.AsValue, PrintArguments.WithoutPaging],
        Run = invocation => PrintSettings(invocation, Visible(invocation, rows)[0]),
    };

    private static MenuCommand OfItems(Menu menu, Func<Menu, IReadOnlyList<Row>> rows) => new("print", "Show the items")
    {
        TakesWhere = true,
        Arguments = [.. PrintArguments.Of(menu)],
        Run = invocation => PrintItems(invocation, Visible(invocation, rows)),
    };

    private static IReadOnlyList<Row> Visible(CommandInvocation invocation, Func<Menu, IReadOnlyList<Row>> rows) =>
        CommandPolicy.Visible(invocation.Menu, rows(invocation.Menu), invocation.Session);

    private static Value PrintSettings(CommandInvocation invocation, Row settings)
    {
        if (invocation.Has(PrintArguments.AsValue.Name))
        {
            return AsValue.Of(invocation.Menu, settings);
        }

        var pairs = new List<(string, string)>();
        foreach (Property property in invocation.Menu.Properties)
        {
            if (!property.IsHiddenInDetail && property.ShownWhen?.Invoke(settings) != false)
            {
                pairs.Add((property.Name, Listing.TextOf(property, settings) ?? ""));
            }
        }

        NameValueLayout.Write(invocation.Session.Output, pairs);
        return Value.Nothing;
    }

    private static Value PrintItems(CommandInvocation invocation, IReadOnlyList<Row> all)
    {
        Menu menu = invocation.Menu;
        IReadOnlyList<Row> rows = PrintArguments.Select(invocation, all);
        TextWriter output = invocation.Session.Output;
        if (invocation.Has(PrintArguments.CountOnly.Name))
        {
            Value count = Value.Of(rows.Count);
            output.Write(count.ToText() + "\n");
            return count;
        }

        Listing listing = ListingOf(invocation, rows);
        if (invocation.Has(PrintArguments.AsValue.Name))
        {
            return AsValue.Of(listing, invocation.Has(PrintArguments.Detail.Name));
        }

        invocation.Session.Numbers.Remember(menu, [.. rows.Where(r => IsNumbered(menu, r)).Select(r => r.Id)]);
        LayoutOf(invocation)(listing, output);
        return Value.Nothing;
    }

    private static Listing ListingOf(CommandInvocation invocation, IReadOnlyList<Row> rows)
    {
        Menu menu = invocation.Menu;
        bool showsIds = invocation.Has(PrintArguments.ShowIds.Name);
        int number = 0;
        var listed = new List<ListedRow>(rows.Count);
        foreach (Row row in rows)
        {
            Value label = showsIds ? new IdValue(row.Id) : IsNumbered(menu, row) ? Value.Of(number++) : Value.Nothing;
            listed.Add(new ListedRow(row, label.ToText()));
        }

        return new Listing
        {
            Menu = menu,
            Rows = listed,
            Chosen = PrintArguments.Chosen(invocation),
            ShowsStats = invocation.Has(PrintArguments.Stats.Name) || invocation.Has(PrintArguments.StatsDetail.Name),
            ShowsStatsDetail = invocation.Has(PrintArguments.StatsDetail.Name),
            Width = invocation.Session.Width,
        };
    }

    private static bool IsNumbered(Menu menu, Row row) => !(row.IsDynamic && menu.DynamicRowsUnnumbered);

    // Counters are always shown as a table, as RouterOS does, unless a property list is asked for.
    private static Action<Listing, TextWriter> LayoutOf(CommandInvocation invocation) =>
        invocation.Has(PrintArguments.ValueList.Name) ? ValueListLayout.Write
        : invocation.Has(PrintArguments.Detail.Name) || invocation.Has(PrintArguments.StatsDetail.Name) ? DetailLayout.Write
        : invocation.Has(PrintArguments.Brief.Name) || invocation.Has(PrintArguments.Stats.Name) ? TableLayout.Write
        : invocation.Has(PrintArguments.Terse.Name) ? TerseLayout.Write
        : invocation.Menu.DefaultLayout switch
        {
            PrintLayout.Detail => DetailLayout.Write,
            PrintLayout.Log => LogLayout.Write,
            _ => TableLayout.Write,
        };
}
