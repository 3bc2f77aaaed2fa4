using System.Text;

namespace SstpRouter.Console.Editing;

/// <summary>A window on a text that is larger than the screen: only the rows that have changed are written, since a serial line is slow.</summary>
/// <remarks>It relies on VT100 only: cursor position, erase to the end of the row.</remarks>
internal sealed class TextView
{
    // A cursor that leaves the window sideways moves it by so much.
    private const int SideStep = 20;

    private string[] _shown = [];
    private int _top;
    private int _left;

    /// <summary>The terminal's columns.</summary>
    public int Width { get; private set; } = 80;

    /// <summary>The terminal's lines.</summary>
    public int Height { get; private set; } = 24;

    /// <summary>The rows for the text; the last one of the terminal is for the keys.</summary>
    public int Rows => Height - 1;

    /// <summary>Begins on a clean screen.</summary>
    public void Begin(int width, int height)
    {
        (Width, Height) = (Math.Max(2, width), Math.Max(2, height));
        _shown = new string[Height];
    }

    /// <summary>Draws the part of the text around the cursor.</summary>
    /// <param name="count">How many lines the text has.</param>
    /// <param name="cellsOf">The cells of a line.</param>
    /// <param name="row">The cursor's line.</param>
    /// <param name="cell">The cursor's cell in it.</param>
    /// <param name="keys">The last row.</param>
    public string Draw(int count, Func<int, List<string>> cellsOf, int row, int cell, string keys)
    {
        _top = row < _top ? row : row >= _top + Rows ? row - Rows + 1 : _top;
        _left = cell < _left || cell >= _left + Width - 1 ? Math.Max(0, cell - Width + 1 + SideStep) : _left;
        var screen = new StringBuilder();
        for (int i = 0; i < Rows; i++)
        {
            Put(screen, i, _top + i < count ? string.Concat(cellsOf(_top + i).Skip(_left).Take(Width - 1)) : "");
        }

        Put(screen, Rows, keys.Length < Width ? keys : keys[..(Width - 1)]);
        return screen.Append(System.Globalization.CultureInfo.InvariantCulture, $"\e[{row - _top + 1};{cell - _left + 1}H").ToString();
    }

    private void Put(StringBuilder screen, int row, string text)
    {
        if ((_shown[row] ?? "") != text)
        {
            screen.Append(System.Globalization.CultureInfo.InvariantCulture, $"\e[{row + 1};1H").Append(text).Append("\e[K");
            _shown[row] = text;
        }
    }
}
