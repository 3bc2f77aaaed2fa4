using System.Globalization;
using System.Text;
using SstpRouter.Console.Editing;

namespace SstpRouter.Console.Tests.Transcripts;

/// <summary>The screen of a VT100: it scrolls, waits at the margin, knows eight colours and where its cursor is.</summary>
internal sealed class Vt100(int width, int height)
{
    private readonly List<(Rune Rune, int Colour)[]> _rows = [.. Enumerable.Range(0, height).Select(_ => Blank(width))];
    private readonly StringBuilder _reports = new();
    private string _pending = "";
    private (int Row, int Column) _saved;
    private int _row;
    private int _column;
    private int _colour;
    private bool _waitsAtMargin;

    /// <summary>The rows without the blanks at their ends and without empty rows at the end.</summary>
    /// <param name="showsCursor">True for a full block where the cursor is; a blank in the middle of a row is then no end.</param>
    public string Text(bool showsCursor)
    {
        List<string> rows = [];
        for (int row = 0; row < height; row++)
        {
            var text = new StringBuilder();
            for (int column = 0; column < width; column++)
            {
                bool isCursor = showsCursor && row == _row && column == _column;
                text.Append(isCursor ? "\u2588" : _rows[row][column].Rune.Value == 0 ? "" : _rows[row][column].Rune.ToString());
            }

            rows.Add(text.ToString().TrimEnd());
        }

        return string.Join('\n', rows).TrimEnd('\n');
    }

    public int ColourOf(string text)
    {
        foreach ((Rune Rune, int Colour)[] row in _rows)
        {
            int at = string.Concat(row.Select(c => c.Rune.Value == 0 ? ' ' : (char)c.Rune.Value)).IndexOf(text, StringComparison.Ordinal);
            if (at >= 0)
            {
                return row[at].Colour;
            }
        }

        return -1;
    }

    /// <summary>What the terminal answers to questions since the last time.</summary>
    public string TakeReports()
    {
        string reports = _reports.ToString();
        _reports.Clear();
        return reports;
    }

    public void Write(string text)
    {
        text = _pending + text;
        _pending = "";
        for (int i = 0; i < text.Length;)
        {
            if (text[i] == '\e')
            {
                int length = Sequence(text.AsSpan(i));
                if (length == 0)
                {
                    _pending = text[i..];
                    return;
                }

                i += length;
                continue;
            }

            if (Rune.DecodeFromUtf16(text.AsSpan(i), out Rune rune, out int used) != System.Buffers.OperationStatus.Done && i == text.Length - 1)
            {
                _pending = text[i..];
                return;
            }

            Put(rune);
            i += used;
        }
    }

    private static (Rune, int)[] Blank(int width) => [.. Enumerable.Repeat((new Rune(' '), 0), width)];

    /// <summary>Obeys the sequence at the start of a text and gives its length; 0 where it is not whole.</summary>
    private int Sequence(ReadOnlySpan<char> text)
    {
        if (text.Length < 2)
        {
            return 0;
        }

        switch (text[1])
        {
            case '7':
                _saved = (_row, _column);
                return 2;
            case '8':
                (_row, _column) = _saved;
                return 2;
            case '[':
                break;
            default:
                throw new InvalidOperationException($"a VT100 does not know ESC {text[1]}");
        }

        int end = text[2..].IndexOfAnyInRange('@', '~');
        if (end < 0)
        {
            return 0;
        }

        if (text[2] == '?')
        {
            throw new InvalidOperationException($"a VT100 is not asked for {text[1..(end + 3)]} here");
        }

        int[] parameters = [.. text.Slice(2, end).ToString().Split(';').Select(p => p.Length == 0 ? 0 : int.Parse(p, CultureInfo.InvariantCulture))];
        Control(text[2 + end], parameters);
        return end + 3;
    }

    private void Control(char command, int[] parameters)
    {
        int amount = Math.Max(1, parameters[0]);
        _waitsAtMargin = _waitsAtMargin && command == 'm';
        switch (command)
        {
            case 'A':
                _row = Math.Max(0, _row - amount);
                break;
            case 'B':
                _row = Math.Min(height - 1, _row + amount);
                break;
            case 'C':
                _column = Math.Min(width - 1, _column + amount);
                break;
            case 'D':
                _column = Math.Max(0, _column - amount);
                break;
            case 'H':
                _row = Math.Min(height, amount) - 1;
                _column = Math.Min(width, parameters.Length > 1 ? Math.Max(1, parameters[1]) : 1) - 1;
                break;
            case 'J':
                Erase(parameters[0] == 2 ? 0 : (_row * width) + _column, height * width);
                break;
            case 'K':
                Erase((_row * width) + _column, (_row + 1) * width);
                break;
            case 'm':
                _colour = parameters[^1];
                break;
            case 'n':
                _reports.Append(CultureInfo.InvariantCulture, $"\e[{_row + 1};{_column + 1}R");
                break;
            default:
                throw new InvalidOperationException($"a VT100 does not know ESC [ {command}");
        }
    }

    private void Erase(int start, int end)
    {
        for (int i = start; i < end; i++)
        {
            _rows[i / width][i % width] = (new Rune(' '), 0);
        }
    }

    private void Put(Rune rune)
    {
        switch (rune.Value)
        {
            case '\r':
                (_column, _waitsAtMargin) = (0, false);
                return;
            case '\n':
                NewLine();
                return;
            case '\b':
                (_column, _waitsAtMargin) = (Math.Max(0, _column - 1), false);
                return;
            default:
                break;
        }

        int cells = CellWidth.Of(rune);
        if (cells == 0)
        {
            return; // shown with the character before; the rows here show base characters only
        }

        if (_waitsAtMargin || _column + cells > width)
        {
            NewLine();
            _column = 0;
        }

        _rows[_row][_column] = (rune, _colour);
        if (cells == 2)
        {
            _rows[_row][_column + 1] = default;
        }

        _column += cells;
        _waitsAtMargin = _column == width;
        _column = Math.Min(_column, width - 1);
    }

    private void NewLine()
    {
        _waitsAtMargin = false;
        if (++_row == height)
        {
            _row--;
            _rows.RemoveAt(0);
            _rows.Add(Blank(width));
        }
    }
}
