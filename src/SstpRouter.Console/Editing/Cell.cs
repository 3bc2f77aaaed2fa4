using System.Text;

namespace SstpRouter.Console.Editing;

/// <summary>Where the cursor stands behind some text on a terminal that wraps at its width.</summary>
/// <param name="Row">Rows below the first, from 0.</param>
/// <param name="Column">Columns, from 0.</param>
internal readonly record struct Cell(int Row, int Column)
{
    /// <summary>The place behind one more character: a wide one that does not fit the row's last column goes to the next row.</summary>
    public Cell After(Rune rune, int width)
    {
        if (rune.Value == '\n')
        {
            return new Cell(Row + 1, 0);
        }

        int cells = CellWidth.Of(rune);
        Cell start = Column + cells > width ? new Cell(Row + 1, 0) : this;
        int column = start.Column + cells;
        // Terminals wait at the margin; the editor moves on at once, so that a place has one meaning.
        return column == width ? new Cell(start.Row + 1, 0) : new Cell(start.Row, column);
    }
}
