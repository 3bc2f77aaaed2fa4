namespace SstpRouter.RouterOs.Printing;

/// <summary>Items side by side under a common column of names: as many as fit, and the others below them.</summary>
/// <param name="Margin">Blanks before the longest name.</param>
/// <param name="Lead">Blanks between the colon and the first item.</param>
/// <param name="Gap">Blanks between two items.</param>
/// <param name="IsRightAligned">True where values end at their column's right edge.</param>
internal sealed record SideBySide(int Margin, int Lead, int Gap, bool IsRightAligned)
{
    /// <summary>What <c>print value-list</c> shows.</summary>
    public static SideBySide ValueList { get; } = new(Margin: 2, Lead: 1, Gap: 2, IsRightAligned: false);

    /// <summary>What a <c>monitor</c> of several items shows.</summary>
    public static SideBySide Monitor { get; } = new(Margin: 2, Lead: 1, Gap: 1, IsRightAligned: false);

    /// <summary>What <c>monitor-traffic</c> shows.</summary>
    public static SideBySide Traffic { get; } = new(Margin: 4, Lead: 2, Gap: 1, IsRightAligned: true);

    /// <summary>Writes the items.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="names">The names, one a line.</param>
    /// <param name="items">For each item what stands at each name; empty for nothing.</param>
    /// <param name="width">The width of the terminal.</param>
    public void Write(TextWriter output, IReadOnlyList<string> names, IReadOnlyList<string[]> items, int width)
    {
        int nameWidth = names.Count == 0 ? 0 : names.Max(n => n.Length) + Margin;
        for (int done = 0; done < items.Count && names.Count > 0;)
        {
            if (done > 0)
            {
                output.Write("\n");
            }

            done += WriteBlock(output, names, [.. items.Skip(done)], nameWidth, width);
        }
    }

    /// <summary>Writes as many items as fit, one at least.</summary>
    /// <returns>How many.</returns>
    private int WriteBlock(TextWriter output, IReadOnlyList<string> names, string[][] items, int nameWidth, int width)
    {
        var columns = new List<(string[] Cells, int Width)>();
        int used = nameWidth + 1;
        foreach (string[] cells in items)
        {
            int cellWidth = cells.Max(PrintedText.Width);
            int gap = columns.Count == 0 ? Lead : Gap;
            if (columns.Count > 0 && used + gap + cellWidth >= width)
            {
                break;
            }

            columns.Add((cells, cellWidth));
            used += gap + cellWidth;
        }

        for (int i = 0; i < names.Count; i++)
        {
            IEnumerable<string> values = columns.Select(c => IsRightAligned ? PrintedText.PadLeft(c.Cells[i], c.Width) : PrintedText.PadRight(c.Cells[i], c.Width));
            string lead = new(' ', Lead);
            output.Write($"{names[i].PadLeft(nameWidth)}:{lead}{string.Join(new string(' ', Gap), values).TrimEnd()}\n");
        }

        return columns.Count;
    }
}
