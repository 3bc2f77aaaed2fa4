using SstpRouter.RouterOs.Schema;

namespace SstpRouter.RouterOs.Printing;

/// <summary>The layout of <c>print detail</c>: a property list an item, wrapped at the terminal's width.</summary>
internal static class DetailLayout
{
    private const int LabelWidth = 2;
    private const string ScriptIndent = "  ";
    private const string Tabulator = "    ";

    public static void Write(Listing listing, TextWriter output)
    {
        FlagColumns flags = FlagColumns.All(listing.Menu);
        if (flags.Width > 0 && listing.HasHead)
        {
            flags.WriteLegend(output, inCapitals: false, listing.Width);
        }

        int labelWidth = Math.Max(LabelWidth, listing.LabelWidth);
        bool isFirst = true;
        foreach (ListedRow listed in listing.Rows)
        {
            if (!isFirst)
            {
                Line(output, "");
            }

            isFirst = false;
            string prefix = listing.Label(listed.Label, labelWidth) + " " + flags.Cell(listed.Row);
            WriteItem(listing, listed.Row, prefix, output);
        }
    }

    private static void WriteItem(Listing listing, Row row, string prefix, TextWriter output)
    {
        string indent = new(' ', prefix.Length);
        string line = prefix;
        foreach (string remark in Listing.Remarks(row))
        {
            Line(output, line + remark);
            line = indent;
        }

        bool isLineEmpty = true;
        foreach ((Property property, string? text) in listing.DetailProperties.Select(p => (p, Word(listing, p, row))))
        {
            if (text is not { } word)
            {
                continue;
            }

            // The terminal's last column stays free, or some terminals would wrap once more.
            if (!isLineEmpty && (property.StartsLine || PrintedText.Width(line) + 1 + PrintedText.Width(word) >= listing.Width))
            {
                Line(output, line);
                line = indent;
                isLineEmpty = true;
            }

            line += isLineEmpty ? word : " " + word;
            isLineEmpty = false;
            if (property.Type.IsScript && Listing.TextOf(property, row) is { } script && script.Contains('\n'))
            {
                Line(output, line);
                WriteScript(script, indent + ScriptIndent, output);
                line = indent;
                isLineEmpty = true;
            }
        }

        if (!isLineEmpty || line == prefix)
        {
            Line(output, line);
        }
    }

    /// <summary>The property with its value; a script of several lines comes below it.</summary>
    private static string? Word(Listing listing, Property property, Row row) =>
        listing.TextIn(property, row) is not { } text ? null
        : property.Type.IsScript && text.Contains('\n') ? property.Name + "="
        : property.Name + "=" + (property.Type.IsQuoted || (property.Type.IsScript && text.Length == 0) ? PrintedText.Quote(text) : PrintedText.Clean(text));

    private static void WriteScript(string script, string indent, TextWriter output)
    {
        foreach (string line in script.TrimEnd('\r', '\n').Split('\n'))
        {
            Line(output, indent + PrintedText.Clean(line.TrimEnd('\r').Replace("\t", Tabulator, StringComparison.Ordinal)));
        }
    }

    private static void Line(TextWriter output, string line) => output.Write(line.TrimEnd() + "\n");
}
