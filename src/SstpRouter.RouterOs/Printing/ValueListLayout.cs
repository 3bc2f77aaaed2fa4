using SstpRouter.RouterOs.Schema;

namespace SstpRouter.RouterOs.Printing;

/// <summary>The layout of <c>print value-list</c>: one line a property, one column an item.</summary>
internal static class ValueListLayout
{
    private const int Margin = 2;
    private const string Gap = "  ";

    public static void Write(Listing listing, TextWriter output)
    {
        var properties = listing.DetailProperties.ToList();
        if (listing.Chosen is null && listing.Menu.Property("comment") is { } comment && listing.Rows.Any(r => r.Row.Comment is not null))
        {
            properties.Insert(0, comment);
        }

        properties.RemoveAll(p => listing.Rows.All(r => Listing.TextOf(p, r.Row) is null));
        int nameWidth = properties.Count == 0 ? 0 : properties.Max(p => p.Name.Length) + Margin;
        int done = 0;
        while (done < listing.Rows.Count && properties.Count > 0)
        {
            if (done > 0)
            {
                output.Write("\n");
            }

            done += WriteBlock(listing, listing.Rows.Skip(done).Select(r => r.Row), properties, nameWidth, output);
        }
    }

    /// <summary>Writes as many items side by side as fit, one at least.</summary>
    /// <returns>How many.</returns>
    private static int WriteBlock(Listing listing, IEnumerable<Row> rows, List<Property> properties, int nameWidth, TextWriter output)
    {
        var columns = new List<(string[] Cells, int Width)>();
        int used = nameWidth + 1;
        foreach (Row row in rows)
        {
            string[] cells = [.. properties.Select(p => PrintedText.Clean(listing.TextIn(p, row) ?? ""))];
            int cellWidth = cells.Max(PrintedText.Width);
            int gap = columns.Count == 0 ? 1 : Gap.Length;
            if (columns.Count > 0 && used + gap + cellWidth >= listing.Width)
            {
                break;
            }

            columns.Add((cells, cellWidth));
            used += gap + cellWidth;
        }

        for (int i = 0; i < properties.Count; i++)
        {
            string values = string.Join(Gap, columns.Select(c => PrintedText.PadRight(c.Cells[i], c.Width)));
            output.Write($"{properties[i].Name.PadLeft(nameWidth)}: {values.TrimEnd()}\n");
        }

        return columns.Count;
    }
}
