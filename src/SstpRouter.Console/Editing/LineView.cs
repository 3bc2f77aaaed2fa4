using System.Text;
using SstpRouter.RouterOs.Assistance;

namespace SstpRouter.Console.Editing;

/// <summary>Text with a cursor on a terminal that wraps at its width: it writes only what has changed, since a serial line is slow.</summary>
/// <remarks>It relies on VT100 only: cursor up, down and forward, erase to the end of the row and of the screen, colours. The cursor stands at
/// column 0 when the text begins. Text that is higher than the terminal is shown around the cursor.</remarks>
internal sealed class LineView
{
    // A wide character fits.
    private const int NarrowestWidth = 2;

    private List<Glyph> _shown = [];
    private Cell _cursor;

    /// <summary>The terminal's columns.</summary>
    public int Width { get; private set; } = 80;

    /// <summary>The terminal's lines.</summary>
    public int Height { get; private set; } = 24;

    /// <summary>Begins at column 0 of the row where the cursor stands.</summary>
    public void Begin(int width, int height)
    {
        (Width, Height) = (Math.Max(NarrowestWidth, width), Math.Max(1, height));
        _shown = [];
        _cursor = default;
    }

    /// <summary>Takes note of another size.</summary>
    /// <returns>What to write; the text is then to be drawn again.</returns>
    public string Resize(int width, int height)
    {
        // The terminal has wrapped the shown text anew: the row of the cursor follows from the new width.
        int at = PositionOf(_cursor);
        (Width, Height) = (Math.Max(NarrowestWidth, width), Math.Max(1, height));
        _cursor = CellAt(_shown, at);
        return Erase();
    }

    /// <summary>Takes the text away; the cursor stands where it began.</summary>
    public string Erase()
    {
        var screen = new StringBuilder();
        Move(screen, _cursor, default);
        screen.Append("\e[J");
        _shown = [];
        return screen.ToString();
    }

    /// <summary>Draws the text.</summary>
    /// <param name="text">All of it, its prompts included.</param>
    /// <param name="cursor">The character that the cursor stands on; the text's length behind it.</param>
    /// <returns>What to write.</returns>
    public string Draw(List<Glyph> text, int cursor)
    {
        Crop(ref text, ref cursor);
        var screen = new StringBuilder();
        int first = FirstDifference(text);
        if (first < text.Count || text.Count != _shown.Count)
        {
            bool isSameLength = text.Count == _shown.Count && SameLayout(text);
            int last = isSameLength ? LastDifference(text) : text.Count - 1;
            Move(screen, _cursor, CellAt(text, first));
            Cell end = Write(screen, text, first, last);
            if (!isSameLength && CellAt(_shown, _shown.Count) is var before && (before.Row > end.Row || (before.Row == end.Row && before.Column > end.Column)))
            {
                screen.Append(before.Row > end.Row ? "\e[J" : "\e[K");
            }

            _cursor = end;
            _shown = [.. text];
        }

        Move(screen, _cursor, CellAt(text, cursor));
        return screen.ToString();
    }

    /// <summary>Leaves the text as it stands.</summary>
    /// <returns>What to write, so that the cursor stands at the start of the row below.</returns>
    public string Finish()
    {
        var screen = new StringBuilder();
        Move(screen, _cursor, CellAt(_shown, _shown.Count));
        string end = _cursor is { Column: 0, Row: > 0 } && _shown.Count > 0 && _shown[^1].Rune.Value != '\n' ? "" : "\r\n";
        _shown = [];
        _cursor = default;
        return screen.Append(end).ToString();
    }

    /// <summary>Writes the glyphs of a range, and those behind it that a wrapped row would blot.</summary>
    private Cell Write(StringBuilder screen, List<Glyph> text, int first, int last)
    {
        Cell at = CellAt(text, first);
        WordKind colour = WordKind.Plain;
        for (int i = first; i <= last; i++)
        {
            if (Colour.Of(text[i].Kind) != Colour.Of(colour))
            {
                screen.Append(Colour.Of(text[i].Kind));
                colour = text[i].Kind;
            }

            Cell next = at.After(text[i].Rune, Width);
            if (text[i].Rune.Value == '\n')
            {
                // At the margin the row has no more cells, and the cursor stands on the next already.
                screen.Append("\e[K\r\n");
            }
            else
            {
                // A wide character that does not fit leaves the last cell of the row to what stood there.
                screen.Append(at.Column + CellWidth.Of(text[i].Rune) > Width ? "\e[K" : "");
                screen.Append(text[i].Rune.ToString());
                if (next.Row > at.Row && next.Column == 0)
                {
                    // A terminal holds the cursor at the margin until something more is written: a blank takes it over, and is overwritten.
                    screen.Append(" \r");
                    last = Math.Max(last, Math.Min(i + 1, text.Count - 1));
                }
            }

            at = next;
        }

        screen.Append(Colour.Of(colour) == Colour.Plain ? "" : Colour.Plain);
        return at;
    }

    private int FirstDifference(List<Glyph> text)
    {
        int i = 0;
        while (i < text.Count && i < _shown.Count && text[i] == _shown[i])
        {
            i++;
        }

        // What combines with a character is written with it.
        while (i > 0 && ((i < text.Count && CellWidth.Of(text[i].Rune) == 0) || (i < _shown.Count && CellWidth.Of(_shown[i].Rune) == 0)))
        {
            i--;
        }

        return i;
    }

    private int LastDifference(List<Glyph> text)
    {
        int i = text.Count - 1;
        while (i > 0 && text[i] == _shown[i])
        {
            i--;
        }

        return i;
    }

    // Where a character stands depends on those before it only by their widths.
    private bool SameLayout(List<Glyph> text)
    {
        for (int i = 0; i < text.Count; i++)
        {
            bool isBreak = text[i].Rune.Value == '\n';
            if (isBreak != (_shown[i].Rune.Value == '\n') || CellWidth.Of(text[i].Rune) != CellWidth.Of(_shown[i].Rune))
            {
                return false;
            }
        }

        return true;
    }

    // Only what fits the terminal can be drawn over: the rows around the cursor.
    private void Crop(ref List<Glyph> text, ref int cursor)
    {
        if (CellAt(text, text.Count).Row < Height)
        {
            return;
        }

        int firstRow = Math.Max(0, CellAt(text, cursor).Row - (Height / 2));
        int start = 0;
        int end = 0;
        Cell cell = default;
        for (int i = 0; i < text.Count; i++)
        {
            start = cell.Row < firstRow ? i + 1 : start;
            cell = cell.After(text[i].Rune, Width);
            end = cell.Row < firstRow + Height - 1 ? i + 1 : end;
        }

        text = text[start..Math.Max(start, end)];
        cursor = Math.Clamp(cursor - start, 0, text.Count);
    }

    private void Move(StringBuilder screen, Cell from, Cell to)
    {
        _cursor = to;
        if (from == to)
        {
            return;
        }

        if (from.Row > to.Row)
        {
            screen.Append($"\e[{from.Row - to.Row}A");
        }
        else if (to.Row > from.Row)
        {
            screen.Append($"\e[{to.Row - from.Row}B");
        }

        int right = to.Column - from.Column;
        if (from.Row == to.Row && right is > 0 or (< 0 and >= -3))
        {
            screen.Append(right > 0 ? $"\e[{right}C" : new string('\b', -right));
        }
        else
        {
            screen.Append('\r');
            screen.Append(to.Column > 0 ? $"\e[{to.Column}C" : "");
        }
    }

    private int PositionOf(Cell wanted)
    {
        Cell cell = default;
        for (int i = 0; i < _shown.Count; i++)
        {
            if (cell == wanted)
            {
                return i;
            }

            cell = cell.After(_shown[i].Rune, Width);
        }

        return _shown.Count;
    }

    private Cell CellAt(List<Glyph> text, int position)
    {
        Cell cell = default;
        for (int i = 0; i < position; i++)
        {
            cell = cell.After(text[i].Rune, Width);
        }

        return cell;
    }
}
