using System.Text;

namespace SstpRouter.Console.Editing;

/// <summary>Edits one line: keys in, screen text out. It reads and writes nothing itself.</summary>
/// <remarks>It relies on VT100 only: cursor up and forward, erase to the end of the screen. The cursor stands at column 0 when a line begins and when it ends.</remarks>
public sealed class LineEditor
{
    // Far more than anyone types; a paste without an end must not fill the memory.
    private const int LongestLine = 64 * 1024;

    // A wide character fits.
    private const int NarrowestWidth = 2;

    private readonly History _history;
    private readonly List<Rune> _text = [];
    private string _prompt = "";
    private int _width = 80;
    private int _cursor;
    private Cell _shownCursor;

    /// <summary>Makes an editor.</summary>
    /// <param name="history">The lines that Up and Down leaf through; entered lines are for the caller to add.</param>
    public LineEditor(History history)
    {
        _history = history;
    }

    private string Text => string.Concat(_text);

    /// <summary>Begins a line.</summary>
    /// <param name="prompt">What stands before it; no control characters.</param>
    /// <param name="width">The terminal's columns, 1 and up.</param>
    /// <returns>What to write to the terminal.</returns>
    public string Begin(string prompt, int width)
    {
        _prompt = prompt;
        _width = Math.Max(NarrowestWidth, width);
        _text.Clear();
        _cursor = 0;
        _shownCursor = default;
        _history.Rewind();
        return Redraw();
    }

    /// <summary>Takes note of another width of the terminal.</summary>
    /// <returns>What to write to the terminal: the line, drawn again.</returns>
    public string Resize(int width)
    {
        // The terminal has wrapped the shown line anew: the row of the cursor follows from the new width.
        _width = Math.Max(NarrowestWidth, width);
        _shownCursor = CellAt(_cursor);
        return Redraw();
    }

    /// <summary>Takes a key.</summary>
    public EditStep Press(Key key) => key.Kind switch
    {
        KeyKind.Text => new EditStep(Insert(key.Text)),
        KeyKind.Enter => Finish(EditOutcome.Entered, Text),
        KeyKind.Interrupt => Finish(EditOutcome.Interrupted, ""),
        KeyKind.Leave when _text.Count == 0 => Finish(EditOutcome.Closed, ""),
        KeyKind.Leave or KeyKind.Delete => new EditStep(Remove(_cursor, EndOfCharacter(_cursor))),
        KeyKind.Backspace => new EditStep(Remove(StartOfCharacter(_cursor), _cursor)),
        KeyKind.KillToEnd => new EditStep(Remove(_cursor, _text.Count)),
        KeyKind.KillToStart => new EditStep(Remove(0, _cursor)),
        KeyKind.Left => new EditStep(MoveTo(StartOfCharacter(_cursor))),
        KeyKind.Right => new EditStep(MoveTo(EndOfCharacter(_cursor))),
        KeyKind.Home => new EditStep(MoveTo(0)),
        KeyKind.End => new EditStep(MoveTo(_text.Count)),
        KeyKind.Older => new EditStep(Replace(_history.Older(Text))),
        KeyKind.Newer => new EditStep(Replace(_history.Newer())),
        KeyKind.Redraw => new EditStep(OnCleanScreen()),
        _ => new EditStep(""),
    };

    private string Insert(string text)
    {
        Rune[] runes = [.. text.EnumerateRunes().Where(r => !Rune.IsControl(r))];
        if (runes.Length == 0 || _text.Count + runes.Length > LongestLine)
        {
            return "";
        }

        bool isAppended = _cursor == _text.Count;
        _text.InsertRange(_cursor, runes);
        _cursor += runes.Length;
        if (!isAppended)
        {
            return Redraw();
        }

        // The common case, a character typed at the end, writes that character and nothing else.
        var screen = new StringBuilder();
        _shownCursor = Draw(screen, runes, _shownCursor);
        return screen.ToString();
    }

    private string Remove(int start, int end)
    {
        if (start == end)
        {
            return "";
        }

        _text.RemoveRange(start, end - start);
        _cursor = start;
        return Redraw();
    }

    private string Replace(string? line)
    {
        if (line is null)
        {
            return "";
        }

        _text.Clear();
        // A line of several rows of input comes back as one.
        _text.AddRange(line.Replace('\n', ' ').EnumerateRunes());
        _cursor = _text.Count;
        return Redraw();
    }

    private string MoveTo(int cursor)
    {
        _cursor = cursor;
        var screen = new StringBuilder();
        Move(screen, _shownCursor, CellAt(cursor));
        return screen.ToString();
    }

    private EditStep Finish(EditOutcome outcome, string line)
    {
        string screen = MoveTo(_text.Count);
        return new EditStep(screen + (_shownCursor is { Column: 0, Row: > 0 } ? "" : "\r\n"), outcome, line);
    }

    private string OnCleanScreen()
    {
        _shownCursor = default;
        return "\e[H\e[2J" + Redraw();
    }

    private string Redraw()
    {
        var screen = new StringBuilder();
        Move(screen, _shownCursor, default);
        screen.Append("\e[J");
        Cell end = Draw(screen, _prompt.EnumerateRunes(), default);
        end = Draw(screen, _text, end);
        Move(screen, end, CellAt(_cursor));
        return screen.ToString();
    }

    private Cell Draw(StringBuilder screen, IEnumerable<Rune> runes, Cell at)
    {
        foreach (Rune rune in runes)
        {
            Cell next = at.After(rune, _width);
            screen.Append(rune.ToString());
            // A terminal holds the cursor at the margin until something more is written: a blank takes it over, and is overwritten.
            screen.Append(next.Row > at.Row && next.Column == 0 ? " \r" : "");
            at = next;
        }

        return at;
    }

    private void Move(StringBuilder screen, Cell from, Cell to)
    {
        if (from.Row > to.Row)
        {
            screen.Append($"\e[{from.Row - to.Row}A");
        }
        else if (to.Row > from.Row)
        {
            screen.Append($"\e[{to.Row - from.Row}B");
        }

        screen.Append(from == to ? "" : "\r");
        if (to.Column > 0 && from != to)
        {
            screen.Append($"\e[{to.Column}C");
        }

        _shownCursor = to;
    }

    private Cell CellAt(int position)
    {
        Cell cell = default;
        foreach (Rune rune in _prompt.EnumerateRunes().Concat(_text.Take(position)))
        {
            cell = cell.After(rune, _width);
        }

        return cell;
    }

    // What combines with a character goes with it.
    private int StartOfCharacter(int position)
    {
        do
        {
            position--;
        }
        while (position > 0 && CellWidth.Of(_text[position]) == 0);

        return Math.Max(0, position);
    }

    private int EndOfCharacter(int position)
    {
        position = Math.Min(_text.Count, position + 1);
        while (position < _text.Count && CellWidth.Of(_text[position]) == 0)
        {
            position++;
        }

        return position;
    }
}
