using SstpRouter.RouterOs.Schema;

namespace SstpRouter.RouterOs.Printing;

/// <summary>The table layout of v7: a legend of the flags in use, the names of the columns, a header, one row an item.</summary>
internal static class TableLayout
{
    private const string Gap = "  ";
    private const string ColumnsTitle = "Columns: ";

    public static void Write(Listing listing, TextWriter output)
    {
        if (listing.Rows.Count == 0)
        {
            return;
        }

        FlagColumns flags = FlagColumns.InUse(listing);
        string corner = listing.LabelCell(new ListedRow(listing.Rows[0].Row, listing.ShowsIds ? "*" : "#")) + flags.Blank;
        var columns = listing.TableProperties.Select(p => new TableColumn(p, listing)).ToList();
        if (listing.Chosen is null)
        {
            columns.RemoveAll(c => c.IsEmpty);
            Fit(columns, listing.Width - corner.Length);
        }

        if (listing.HasHead)
        {
            WriteHead(listing, flags, corner, columns, output);
        }

        for (int row = 0; row < listing.Rows.Count; row++)
        {
            string prefix = listing.LabelCell(listing.Rows[row]) + flags.Cell(listing.Rows[row].Row);
            WriteRow(listing.Rows[row].Row, row, prefix, columns, output);
        }
    }

    private static void WriteHead(Listing listing, FlagColumns flags, string corner, List<TableColumn> columns, TextWriter output)
    {
        if (flags.Width > 0)
        {
            flags.WriteLegend(output, inCapitals: true, listing.Width);
        }

        IEnumerable<string> names = columns.Select((c, i) => c.Header + (i < columns.Count - 1 ? "," : ""));
        WordLines.Write(output, ColumnsTitle, names, ColumnsTitle.Length, listing.Width);
        Line(output, corner + string.Join(Gap, columns.Select(c => c.CutHeader.PadRight(c.Width))));
    }

    private static void WriteRow(Row row, int index, string prefix, List<TableColumn> columns, TextWriter output)
    {
        foreach (string remark in Listing.Remarks(row))
        {
            Line(output, remark);
        }

        int lines = columns.Count == 0 ? 1 : columns.Max(c => c.LineCount(index));
        for (int line = 0; line < lines; line++)
        {
            string start = line == 0 ? prefix : new string(' ', prefix.Length);
            Line(output, start + string.Join(Gap, columns.Select(c => c.Cell(index, line))));
        }
    }

    /// <summary>Cuts headers, the longest overhang first, then leaves columns out from the right, until the table fits.</summary>
    private static void Fit(List<TableColumn> columns, int width)
    {
        // The terminal's last column stays free, as in the detail layout.
        while (WidthOf(columns) >= width && columns.Count > 1)
        {
            TableColumn widest = columns.OrderBy(c => c.Width - Math.Max(1, c.ValueWidth)).Last();
            if (widest.Width > Math.Max(1, widest.ValueWidth))
            {
                widest.CutToValues();
            }
            else
            {
                columns.RemoveAt(columns.Count - 1);
            }
        }
    }

    private static int WidthOf(List<TableColumn> columns) => columns.Sum(c => c.Width) + (Gap.Length * (columns.Count - 1));

    private static void Line(TextWriter output, string line) => output.Write(line.TrimEnd() + "\n");
}
