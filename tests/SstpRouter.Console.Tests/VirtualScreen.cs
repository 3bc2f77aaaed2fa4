using System.Text;
using SstpRouter.Console.Editing;

namespace SstpRouter.Console.Tests;

/// <summary>A VT100 with the one trait that catches editors: after the last column the cursor waits at the margin.</summary>
internal sealed class VirtualScreen(int width)
{
    private readonly List<Rune[]> _rows = [];
    private bool _waitsAtMargin;

    public int Row { get; private set; }

    public int Column { get; private set; }

    /// <summary>The rows without the blanks at their ends, and without empty rows at the end.</summary>
    public string[] Rows
    {
        get
        {
            string[] rows = [.. _rows.Select(r => string.Concat(r.Where(c => c.Value != 0)).TrimEnd())];
            int last = Array.FindLastIndex(rows, r => r.Length > 0);
            return rows[..(last + 1)];
        }
    }

    public void Write(string text)
    {
        for (int i = 0; i < text.Length;)
        {
            if (text.AsSpan(i).StartsWith("\e["))
            {
                int end = i + 2;
                while (char.IsAsciiDigit(text[end]))
                {
                    end++;
                }

                Control(text[end], end == i + 2 ? 0 : int.Parse(text.AsSpan(i + 2, end - i - 2)));
                i = end + 1;
            }
            else
            {
                Rune.DecodeFromUtf16(text.AsSpan(i), out Rune rune, out int length);
                Put(rune);
                i += length;
            }
        }
    }

    private void Control(char command, int amount)
    {
        _waitsAtMargin = false;
        switch (command)
        {
            case 'A':
                Row = Math.Max(0, Row - Math.Max(1, amount));
                break;
            case 'B':
                Row += Math.Max(1, amount);
                break;
            case 'C':
                Column = Math.Min(width - 1, Column + Math.Max(1, amount));
                break;
            case 'H':
                (Row, Column) = (0, 0);
                break;
            case 'J':
                Erase(amount == 2);
                break;
            case 'K':
                if (Row < _rows.Count)
                {
                    Array.Fill(_rows[Row], new Rune(' '), Column, width - Column);
                }

                break;
            case 'm':
                break;
            default:
                Assert.Fail($"unknown sequence {command}");
                break;
        }
    }

    private void Erase(bool everything)
    {
        for (int row = everything ? 0 : Row; row < _rows.Count; row++)
        {
            Array.Fill(_rows[row], new Rune(' '), !everything && row == Row ? Column : 0, width - (!everything && row == Row ? Column : 0));
        }
    }

    private void Put(Rune rune)
    {
        switch (rune.Value)
        {
            case '\b':
                (Column, _waitsAtMargin) = (Math.Max(0, Column - 1), false);
                return;
            case '\r':
                (Column, _waitsAtMargin) = (0, false);
                return;
            case '\n':
                (Row, _waitsAtMargin) = (Row + 1, false);
                return;
            default:
                break;
        }

        int cells = CellWidth.Of(rune);
        if (cells == 0)
        {
            return; // shown with the character before; the rows here show base characters only
        }

        if (_waitsAtMargin || Column + cells > width)
        {
            (Row, Column, _waitsAtMargin) = (Row + 1, 0, false);
        }

        while (_rows.Count <= Row)
        {
            _rows.Add([.. Enumerable.Repeat(new Rune(' '), width)]);
        }

        _rows[Row][Column] = rune;
        if (cells == 2)
        {
            _rows[Row][Column + 1] = default;
        }

        Column += cells;
        if (Column == width)
        {
            (Column, _waitsAtMargin) = (width - 1, true);
        }
    }
}
