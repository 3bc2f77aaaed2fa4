using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Printing;

/// <summary>A row with the text in its number column.</summary>
/// <param name="Row">The row.</param>
/// <param name="Label">Its number or, with <c>show-ids</c>, its id; empty where it has none.</param>
internal sealed record ListedRow(Row Row, string Label);

/// <summary>What a <c>print</c> of a list is to show, whichever layout shows it.</summary>
internal sealed class Listing
{
    private int? _labelWidth;

    /// <summary>The menu.</summary>
    public required Menu Menu { get; init; }

    /// <summary>The rows that passed the conditions.</summary>
    public required IReadOnlyList<ListedRow> Rows { get; init; }

    /// <summary>The properties that <c>proplist</c> named; null where it was not given.</summary>
    public IReadOnlyList<Property>? Chosen { get; init; }

    /// <summary>True to show the counters instead of the usual columns.</summary>
    public bool ShowsStats { get; init; }

    /// <summary>True to show more of the state beside the counters, as a property list.</summary>
    public bool ShowsStatsDetails { get; init; }

    /// <summary>The width of the terminal.</summary>
    public required int Width { get; init; }

    /// <summary>True for ids in the place of numbers.</summary>
    public bool ShowsIds { get; init; }

    /// <summary>False to leave out what stands above the rows: the legend and the header.</summary>
    public bool HasHead { get; private init; } = true;

    /// <summary>The width of the widest label; 0 where no row has one.</summary>
    public int LabelWidth => _labelWidth ??= Rows.Select(r => r.Label.Length).DefaultIfEmpty(0).Max();

    /// <summary>The properties of a property list.</summary>
    public IEnumerable<Property> DetailProperties => Chosen
        ?? (ShowsStats ? StatsProperties : Menu.Properties.Where(p => !p.IsHiddenInDetail));

    /// <summary>The properties of a table.</summary>
    public IEnumerable<Property> TableProperties => Chosen
        ?? (ShowsStats ? StatsProperties
        : Menu.TableColumns.Count > 0 ? Menu.TableColumns.Select(c => PropertyNamed(Menu, c)).OfType<Property>()
        : Menu.Properties.Where(p => !p.IsHiddenInDetail));

    private IEnumerable<Property> StatsProperties =>
        (ShowsStatsDetails ? Menu.StatsDetails.Concat(Menu.StatsColumns) : Menu.StatsColumns)
            .Prepend("name").Select(c => PropertyNamed(Menu, c)).OfType<Property>();

    /// <summary>The same with other rows.</summary>
    public Listing With(IReadOnlyList<ListedRow> rows) => Copy(rows, HasHead);

    /// <summary>The same rows without what stands above them.</summary>
    public Listing WithoutHead() => Copy(Rows, hasHead: false);

    /// <summary>A label in its column, numbers to the right and ids to the left.</summary>
    public string Label(string label, int width) => ShowsIds ? label.PadRight(width) : label.PadLeft(width);

    /// <summary>The label of a row and the blank behind it; empty where no row has a label.</summary>
    public string LabelCell(ListedRow row) => LabelWidth == 0 ? "" : Label(row.Label, LabelWidth) + " ";

    /// <summary>The text of a property in a row with the digits of counters in groups; null where there is nothing to show.</summary>
    public string? TextIn(Property property, Row row) =>
        ShowsStats && property.IsReadOnly && ShownValue(property, row) is NumberValue counter
            ? PrintedText.Grouped(counter.Number)
            : TextOf(property, row);

    /// <summary>The text of a property in a row, not yet cleaned or quoted; null where there is nothing to show.</summary>
    public static string? TextOf(Property property, IPropertySource row) =>
        ShownValue(property, row) is { } value ? property.Type.Format(value) : null;

    /// <summary>The value of a property in a row; null where there is nothing to show.</summary>
    public static Value? ShownValue(Property property, IPropertySource row) =>
        property.ShownWhen is { } shown && !shown(row) ? null : row[property.Name] is { } value and not NothingValue ? value : null;

    /// <summary>What one can ask to see under a name: a property, a flag, or the id; null for anything else.</summary>
    public static Property? PropertyNamed(Menu menu, string name) =>
        menu.Property(name) is { IsPrivate: false } property ? property
        : name == ".id" ? new Property(name, Types.Word, "Id of the item")
        : menu.Flags.Any(f => f.Name == name) ? new Property(name, Types.YesNo, "Whether the flag is on")
        : null;

    /// <summary>What stands above the properties of a row: its comment, and why it could not be applied.</summary>
    public static IEnumerable<string> Remarks(Row row)
    {
        if (row.Comment is { } comment)
        {
            yield return ";;; " + PrintedText.Clean(comment);
        }

        if (row.Fault is { } fault)
        {
            yield return ";;; " + PrintedText.Clean(fault);
        }
    }

    private Listing Copy(IReadOnlyList<ListedRow> rows, bool hasHead) => new()
    {
        Menu = Menu,
        Rows = rows,
        Chosen = Chosen,
        ShowsStats = ShowsStats,
        ShowsStatsDetails = ShowsStatsDetails,
        Width = Width,
        ShowsIds = ShowsIds,
        HasHead = hasHead,
    };
}
