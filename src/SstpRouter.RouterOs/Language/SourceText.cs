namespace SstpRouter.RouterOs.Language;

/// <summary>The text of a script, which can tell the line and column of each of its characters.</summary>
internal sealed class SourceText
{
    private readonly List<int> _lineStarts = [0];

    public SourceText(string text)
    {
        Text = text;
        for (int i = text.IndexOf('\n'); i >= 0; i = text.IndexOf('\n', i + 1))
        {
            _lineStarts.Add(i + 1);
        }
    }

    public string Text { get; }

    public SourcePosition PositionOf(int offset)
    {
        int line = _lineStarts.BinarySearch(offset);
        line = line >= 0 ? line : ~line - 1;
        return new SourcePosition(line + 1, offset - _lineStarts[line] + 1);
    }

    /// <summary>The start of the line behind the logical line at an offset: lines that end with <c>\</c> go on.</summary>
    public int NextLogicalLine(int offset)
    {
        while (true)
        {
            int end = Text.IndexOf('\n', offset);
            if (end < 0)
            {
                return Text.Length;
            }

            bool goesOn = Text.AsSpan(offset, end - offset).TrimEnd('\r').EndsWith("\\");
            offset = end + 1;
            if (!goesOn)
            {
                return offset;
            }
        }
    }
}
