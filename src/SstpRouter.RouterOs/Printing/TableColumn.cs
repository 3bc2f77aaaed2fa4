using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Printing;

/// <summary>One column of a table: its header and, for each row, the lines of its cell.</summary>
internal sealed class TableColumn
{
    private readonly bool _isNumeric;
    private readonly IReadOnlyList<string[]> _cells;

    public TableColumn(Property property, Listing listing)
    {
        Header = property.Name.ToUpperInvariant();
        _isNumeric = property.Type.IsNumeric;
        _cells = [.. listing.Rows.Select(r => LinesOf(property, r.Row, listing))];
        ValueWidth = _cells.Max(lines => lines.Max(PrintedText.Width));
        Width = Math.Max(Header.Length, ValueWidth);
    }

    /// <summary>The whole header.</summary>
    public string Header { get; }

    /// <summary>The width of the widest value.</summary>
    public int ValueWidth { get; }

    /// <summary>The width in the table; a header that does not fit is cut.</summary>
    public int Width { get; private set; }

    /// <summary>True where no row has a value.</summary>
    public bool IsEmpty => ValueWidth == 0;

    /// <summary>The header as far as it fits, without padding.</summary>
    public string CutHeader => Header.Length > Width ? Header[..Width] : Header;

    /// <summary>Gives up what only the header takes.</summary>
    public void CutToValues() => Width = Math.Max(1, ValueWidth);

    /// <summary>How many lines the cell of a row has.</summary>
    public int LineCount(int row) => _cells[row].Length;

    /// <summary>One line of the cell of a row, padded to the column's width.</summary>
    public string Cell(int row, int line)
    {
        string text = line < _cells[row].Length ? _cells[row][line] : "";
        return _isNumeric ? PrintedText.PadLeft(text, Width) : PrintedText.PadRight(text, Width);
    }

    private static string[] LinesOf(Property property, Row row, Listing listing)
    {
        Value? value = Listing.ShownValue(property, row);
        return value switch
        {
            null => [""],
            ArrayValue { Entries.Length: > 1 } array => [.. array.Entries.Select(e => PrintedText.Clean(e.Value.ToText()))],
            _ => [PrintedText.Clean(listing.TextIn(property, row)!)],
        };
    }
}
