using System.Text;

namespace SstpRouter.Console.Editing;

/// <summary>Edits a text of many lines on a whole screen, as <c>edit</c> does: keys in, screen text out. It reads and writes nothing itself.</summary>
public sealed class TextEditor
{
    /// <summary>What the last row of the screen says.</summary>
    public const string Keys = "C-c quit C-o save&quit C-u undo C-k cut line C-y paste F5 repaint";

    private const int TabStop = 8;

    // Far more than a value may hold.
    private const int LongestText = 256 * 1024;

    private const int MostUndone = 200;

    private readonly TextView _view = new();
    private readonly List<(List<Rune[]> Lines, int Row, int Column)> _before = [];
    private readonly bool _hasReturns;
    private List<Rune[]> _lines;
    private List<Rune[]> _cut = [];
    private bool _isCutting;
    private bool _isTyping;
    private int _row;
    private int _column;

    /// <summary>Begins to edit.</summary>
    /// <param name="text">The text; lines end with LF, or all with CR LF, which is kept.</param>
    public TextEditor(string text)
    {
        _hasReturns = text.Contains("\r\n", StringComparison.Ordinal);
        _lines = [.. text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n').Select(l => l.EnumerateRunes().ToArray())];
    }

    /// <summary>The text as it stands.</summary>
    public string Text => string.Join(_hasReturns ? "\r\n" : "\n", _lines.Select(l => string.Concat(l)));

    /// <summary>Draws everything on a clean screen.</summary>
    /// <param name="width">The terminal's columns, 1 and up.</param>
    /// <param name="height">The terminal's lines, 2 and up.</param>
    public string Begin(int width, int height)
    {
        _view.Begin(width, height);
        return "\e[H\e[2J" + Draw();
    }

    /// <summary>Takes a key.</summary>
    /// <returns>What to write; the outcome is <see cref="EditOutcome.Entered"/> where the text is to be kept, <see cref="EditOutcome.Interrupted"/>
    /// where it is not.</returns>
    public EditStep Press(Key key)
    {
        bool wasCutting = _isCutting;
        bool wasTyping = _isTyping;
        (_isCutting, _isTyping) = (false, false);
        switch (key.Kind)
        {
            case KeyKind.Save:
                return new EditStep("\e[H\e[2J", EditOutcome.Entered, Text);
            case KeyKind.Interrupt or KeyKind.Gone:
                return new EditStep("\e[H\e[2J", EditOutcome.Interrupted);
            case KeyKind.Redraw:
                return new EditStep(Begin(_view.Width, _view.Height));
            case KeyKind.Text:
                Change(wasTyping);
                _isTyping = true;
                Insert([.. key.Text.EnumerateRunes()]);
                break;
            case KeyKind.Complete:
                Change();
                Insert([new Rune('\t')]);
                break;
            case KeyKind.Enter:
                Change();
                Break();
                break;
            case KeyKind.Backspace when _column > 0:
                Change();
                RemoveBefore();
                break;
            case KeyKind.Backspace when _row > 0:
                Change();
                (_row, _column) = (_row - 1, _lines[_row - 1].Length);
                Join();
                break;
            case KeyKind.Delete or KeyKind.Leave when _column < _lines[_row].Length:
                Change();
                _lines[_row] = [.. _lines[_row][.._column], .. _lines[_row][EndOfCharacter()..]];
                break;
            case KeyKind.Delete or KeyKind.Leave when _row < _lines.Count - 1:
                Change();
                Join();
                break;
            case KeyKind.KillToEnd:
                Change();
                Cut(wasCutting);
                break;
            case KeyKind.Paste:
                Change();
                Paste();
                break;
            case KeyKind.KillToStart:
                Undo();
                break;
            default:
                Move(key.Kind);
                break;
        }

        return new EditStep(Draw());
    }

    private static int CellsOf(Rune rune, int column) => rune.Value == '\t' ? TabStop - (column % TabStop) : Math.Max(Rune.IsControl(rune) ? 1 : 0, CellWidth.Of(rune));

    private static int CellOf(Rune[] line, int column)
    {
        int cell = 0;
        for (int i = 0; i < column; i++)
        {
            cell += CellsOf(line[i], cell);
        }

        return cell;
    }

    private string Draw() => _view.Draw(_lines.Count, i => Shown(_lines[i]), _row, CellOf(_lines[_row], _column), Keys);

    // What stands in each cell: blanks for a tab, nothing for the second cell of a wide character.
    private static List<string> Shown(Rune[] line)
    {
        var cells = new List<string>(line.Length);
        foreach (Rune rune in line)
        {
            int count = CellsOf(rune, cells.Count);
            if (count == 0)
            {
                if (cells.Count > 0)
                {
                    cells[^1] += rune;
                }
            }
            else if (rune.Value == '\t')
            {
                cells.AddRange(Enumerable.Repeat(" ", count));
            }
            else
            {
                cells.Add(Rune.IsControl(rune) ? "?" : rune.ToString());
                cells.AddRange(Enumerable.Repeat("", count - 1));
            }
        }

        return cells;
    }

    // Characters that are typed one behind the other are undone together.
    private void Change(bool goesOn = false)
    {
        if (!goesOn)
        {
            _before.Add(([.. _lines], _row, _column));
            if (_before.Count > MostUndone)
            {
                _before.RemoveAt(0);
            }
        }
    }

    private void Undo()
    {
        if (_before.Count > 0)
        {
            (_lines, _row, _column) = _before[^1];
            _before.RemoveAt(_before.Count - 1);
        }
    }

    private void Insert(Rune[] runes)
    {
        if (_lines.Sum(l => l.Length + 1) + runes.Length <= LongestText)
        {
            _lines[_row] = [.. _lines[_row][.._column], .. runes, .. _lines[_row][_column..]];
            _column += runes.Length;
        }
    }

    private void Break()
    {
        Rune[] line = _lines[_row];
        _lines[_row] = line[.._column];
        _lines.Insert(++_row, line[_column..]);
        _column = 0;
    }

    private void Join()
    {
        _lines[_row] = [.. _lines[_row], .. _lines[_row + 1]];
        _lines.RemoveAt(_row + 1);
    }

    private void RemoveBefore()
    {
        int end = _column;
        _column = StartOfCharacter();
        _lines[_row] = [.. _lines[_row][.._column], .. _lines[_row][end..]];
    }

    private void Cut(bool goesOn)
    {
        _cut = goesOn ? _cut : [];
        _cut.Add(_lines[_row]);
        _lines.RemoveAt(_row);
        if (_lines.Count == 0)
        {
            _lines.Add([]);
        }

        (_row, _column, _isCutting) = (Math.Min(_row, _lines.Count - 1), 0, true);
    }

    private void Paste()
    {
        _lines.InsertRange(_row, _cut);
        (_row, _column) = (Math.Min(_row + _cut.Count, _lines.Count - 1), 0);
    }

    private void Move(KeyKind kind)
    {
        switch (kind)
        {
            case KeyKind.Left when _column > 0:
                _column = StartOfCharacter();
                break;
            case KeyKind.Left when _row > 0:
                (_row, _column) = (_row - 1, _lines[_row - 1].Length);
                break;
            case KeyKind.Right when _column < _lines[_row].Length:
                _column = EndOfCharacter();
                break;
            case KeyKind.Right when _row < _lines.Count - 1:
                (_row, _column) = (_row + 1, 0);
                break;
            case KeyKind.Home:
                _column = 0;
                break;
            case KeyKind.End:
                _column = _lines[_row].Length;
                break;
            case KeyKind.Older:
                GoTo(_row - 1);
                break;
            case KeyKind.Newer:
                GoTo(_row + 1);
                break;
            case KeyKind.PageUp:
                GoTo(_row - _view.Rows);
                break;
            case KeyKind.PageDown:
                GoTo(_row + _view.Rows);
                break;
            default:
                break;
        }
    }

    private void GoTo(int row)
    {
        _row = Math.Clamp(row, 0, _lines.Count - 1);
        _column = Math.Min(_column, _lines[_row].Length);
    }

    private int StartOfCharacter() => CellWidth.StartOfCharacter(_lines[_row], _column);

    private int EndOfCharacter() => CellWidth.EndOfCharacter(_lines[_row], _column);
}
