using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;
using SstpRouter.RouterOs.Values;
using SstpRouter.RouterOs.Verbs;

namespace SstpRouter.RouterOs.Printing;

/// <summary>The <c>print</c> command of every menu that holds something.</summary>
public sealed class PrintVerb
{
    private readonly Func<Menu, IReadOnlyList<Row>> _rows;
    private readonly string? _filesDirectory;

    private PrintVerb(Func<Menu, IReadOnlyList<Row>> rows, string? filesDirectory)
    {
        _rows = rows;
        _filesDirectory = filesDirectory;
    }

    /// <summary>Gives every menu of items or settings its <c>print</c>, unless it has one of its own.</summary>
    /// <param name="root">The root of the tree.</param>
    /// <param name="store">Where the rows come from.</param>
    public static void Attach(Menu root, ConfigurationStore store) => Attach(root, store.Rows, store.FilesDirectory);

    internal static void Attach(Menu root, Func<Menu, IReadOnlyList<Row>> rows, string? filesDirectory = null)
    {
        var verb = new PrintVerb(rows, filesDirectory);
        foreach (Menu menu in root.SelfAndDescendants())
        {
            if (menu.Kind != MenuKind.Container && menu.Command("print") is null)
            {
                menu.Add(menu.Kind == MenuKind.Settings ? verb.OfSettings() : verb.OfItems(menu));
            }
        }
    }

    private MenuCommand OfSettings() => new("print", "Show the settings") { Arguments = PrintArguments.OfSettings, Run = PrintSettings };

    private MenuCommand OfItems(Menu menu) => new("print", "Show the items")
    {
        TakesWhere = true,
        Arguments = [.. PrintArguments.Of(menu)],
        Run = PrintItems,
    };

    private Value PrintSettings(CommandInvocation invocation)
    {
        if (invocation.Has(PrintArguments.AsValue.Name))
        {
            return AsValue.Of(invocation.Menu, _rows(invocation.Menu)[0]);
        }

        Show(invocation, (output, _) => WriteSettings(invocation.Menu, _rows(invocation.Menu)[0], output));
        return Value.Nothing;
    }

    private static void WriteSettings(Menu menu, Row settings, TextWriter output)
    {
        var pairs = new List<(string, string)>();
        foreach (Property property in menu.Properties)
        {
            if (!property.IsHiddenInDetail && property.ShownWhen?.Invoke(settings) != false)
            {
                pairs.Add((property.Name, Listing.TextOf(property, settings) ?? ""));
            }
        }

        NameValueLayout.Write(output, pairs);
    }

    private Value PrintItems(CommandInvocation invocation)
    {
        if (invocation.Has(PrintArguments.CountOnly.Name))
        {
            Value count = Value.Of(Selected(invocation).Count);
            Show(invocation, (output, _) => output.Write(count.ToText() + "\n"));
            return count;
        }

        if (invocation.Has(PrintArguments.AsValue.Name))
        {
            return AsValue.Of(ListingOf(invocation, Selected(invocation), invocation.Session.Width), invocation.Has(PrintArguments.Detail.Name));
        }

        ISession session = invocation.Session;
        bool skipsFirst = invocation.Has(PrintArguments.FollowOnly.Name);
        if (skipsFirst || invocation.Has(PrintArguments.Follow.Name))
        {
            FollowedRows.Show(session, () => Numbered(invocation, session.Width), l => LayoutOf(invocation)(l, session.Output), skipsFirst);
        }
        else
        {
            Show(invocation, (output, width) => LayoutOf(invocation)(Numbered(invocation, width), output));
        }

        return Value.Nothing;
    }

    /// <summary>Shows a screen where the arguments say: on the terminal, once or again and again, or in a file.</summary>
    private void Show(CommandInvocation invocation, Action<TextWriter, int> write)
    {
        ISession session = invocation.Session;
        if (invocation[LiveScreen.File.Name]?.ToText() is { } file)
        {
            UserFiles.Write(_filesDirectory, file, ".txt", Screen(UserFiles.Width), invocation.Has(LiveScreen.Append.Name));
        }
        else if (invocation[LiveScreen.Interval.Name] is not null)
        {
            LiveScreen.Repeat(invocation, () => Screen(session.Width));
        }
        else
        {
            write(session.Output, session.Width);
        }

        string Screen(int width)
        {
            using var screen = new StringWriter();
            write(screen, width);
            return screen.ToString();
        }
    }

    private IReadOnlyList<Row> Selected(CommandInvocation invocation) => PrintArguments.Select(invocation, _rows(invocation.Menu));

    /// <summary>The rows to show, whose numbers the session remembers from now on.</summary>
    private Listing Numbered(CommandInvocation invocation, int width)
    {
        IReadOnlyList<Row> rows = Selected(invocation);
        invocation.Session.Numbers.Remember(invocation.Menu, [.. rows.Where(r => IsNumbered(invocation.Menu, r)).Select(r => r.Id)]);
        return ListingOf(invocation, rows, width);
    }

    private static Listing ListingOf(CommandInvocation invocation, IReadOnlyList<Row> rows, int width)
    {
        Menu menu = invocation.Menu;
        bool showsIds = invocation.Has(PrintArguments.ShowIds.Name);
        bool showsStatsDetails = invocation.Has(PrintArguments.StatsDetail.Name);
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
            ShowsStats = showsStatsDetails || invocation.Has(PrintArguments.Stats.Name),
            ShowsStatsDetails = showsStatsDetails,
            ShowsIds = showsIds,
            Width = width,
        };
    }

    private static bool IsNumbered(Menu menu, Row row) => !(row.IsDynamic && menu.DynamicRowsUnnumbered);

    // Counters are always shown as a table, as RouterOS does, unless a property list is asked for.
    private static Action<Listing, TextWriter> LayoutOf(CommandInvocation invocation) =>
        invocation.Has(PrintArguments.ValueList.Name) ? ValueListLayout.Write
        : invocation.Has(PrintArguments.Terse.Name) ? TerseLayout.Write
        : invocation.Has(PrintArguments.Detail.Name) || invocation.Has(PrintArguments.StatsDetail.Name) ? DetailLayout.Write
        : invocation.Has(PrintArguments.Brief.Name) || invocation.Has(PrintArguments.Stats.Name) ? TableLayout.Write
        : invocation.Menu.DefaultLayout switch
        {
            PrintLayout.Detail => DetailLayout.Write,
            PrintLayout.Log => LogLayout.Write,
            _ => TableLayout.Write,
        };
}
