using SstpRouter.RouterOs.Schema;

namespace SstpRouter.RouterOs.Printing;

/// <summary>The flag columns of a listing: one for each group of flags that exclude each other.</summary>
internal sealed class FlagColumns
{
    private readonly IReadOnlyList<IReadOnlyList<MenuFlag>> _groups;

    private FlagColumns(IEnumerable<MenuFlag> flags)
    {
        _groups = [.. flags.GroupBy(f => f.Group).Select(g => (IReadOnlyList<MenuFlag>)[.. g])];
    }

    /// <summary>The columns' width; 0 where there are none.</summary>
    public int Width => _groups.Count;

    /// <summary>All flags of a menu, as the detail layout shows them.</summary>
    public static FlagColumns All(Menu menu) => new(menu.Flags);

    /// <summary>The flags that occur in the rows, as the table layout shows them.</summary>
    public static FlagColumns InUse(Listing listing) =>
        new(listing.Menu.Flags.Where(f => listing.Rows.Any(r => r.Row.Flags.Contains(f.Letter))));

    /// <summary>As many blanks as <see cref="Cell"/> has letters and blanks.</summary>
    public string Blank => Width == 0 ? "" : new string(' ', Width + 1);

    /// <summary>The letters with the blank that sets them off from what follows; empty where there are no columns.</summary>
    public string Cell(Row row) => Width == 0 ? "" : Of(row) + " ";

    /// <summary>Writes the line that explains the letters.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="inCapitals">True to write the names in capitals, as tables do.</param>
    /// <param name="width">The width of the terminal.</param>
    public void WriteLegend(TextWriter output, bool inCapitals, int width) =>
        WordLines.Write(output, "Flags: ", Meanings(inCapitals), indent: 0, width);

    // A blank stands in each column whose flags are off.
    private string Of(Row row) => string.Concat(_groups.Select(g => g.FirstOrDefault(f => row.Flags.Contains(f.Letter))?.Letter ?? ' '));

    private IEnumerable<string> Meanings(bool inCapitals)
    {
        for (int group = 0; group < _groups.Count; group++)
        {
            for (int i = 0; i < _groups[group].Count; i++)
            {
                MenuFlag flag = _groups[group][i];
                string mark = i < _groups[group].Count - 1 ? "," : group < _groups.Count - 1 ? ";" : "";
                yield return $"{flag.Letter} - {(inCapitals ? flag.Name.ToUpperInvariant() : flag.Name)}{mark}";
            }
        }
    }
}
