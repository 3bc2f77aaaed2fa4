using System.Text;

namespace SstpRouter.Sstp.Http;

/// <summary>Collects one HTTP head from a stream, never more than the limits, never a byte after its end.</summary>
internal sealed class HttpHeadReader
{
    /// <summary>The most bytes a head may have, line ends included.</summary>
    public const int MaximumBytes = 8 * 1024;

    /// <summary>The most lines a head may have, the first line included and the empty last one not.</summary>
    public const int MaximumLines = 64;

    private const byte Cr = (byte)'\r';
    private const byte Lf = (byte)'\n';
    private const int FirstBuffer = 512;

    private readonly List<Range> _lines = [];
    private byte[] _bytes = new byte[FirstBuffer];
    private int _length;
    private int _lineStart;

    /// <summary>How many lines are complete.</summary>
    public int LineCount => _lines.Count;

    /// <summary>Takes bytes up to the end of the head or of the input.</summary>
    public HttpHeadProgress Read(ref ReadOnlySpan<byte> input)
    {
        while (!input.IsEmpty)
        {
            int lineFeed = input.IndexOf(Lf);
            int take = lineFeed < 0 ? input.Length : lineFeed + 1;
            if (take > MaximumBytes - _length)
            {
                return HttpHeadProgress.TooLarge;
            }

            Append(input[..take]);
            input = input[take..];
            if (lineFeed >= 0 && EndLine() is HttpHeadProgress ended and not HttpHeadProgress.Incomplete)
            {
                return ended;
            }
        }

        return HttpHeadProgress.Incomplete;
    }

    /// <summary>One line without its end; the first is the request or status line.</summary>
    public ReadOnlySpan<byte> Line(int index) => _bytes.AsSpan(_lines[index]);

    /// <summary>The value of the first header of that name, in any case of letters; empty when there is none.</summary>
    public ReadOnlySpan<byte> Header(string name)
    {
        for (int i = 1; i < _lines.Count; i++)
        {
            ReadOnlySpan<byte> line = Line(i);
            int colon = line.IndexOf((byte)':');
            if (colon == name.Length && Ascii.EqualsIgnoreCase(line[..colon], name))
            {
                return line[(colon + 1)..].Trim(" \t"u8);
            }
        }

        return default;
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _bytes.Length - _length)
        {
            Array.Resize(ref _bytes, Math.Min(MaximumBytes, Math.Max(_length + bytes.Length, 2 * _bytes.Length)));
        }

        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
    }

    // A bare LF ends a line too (RFC 9112 2.2).
    private HttpHeadProgress EndLine()
    {
        int end = _length - 1;
        if (end > _lineStart && _bytes[end - 1] == Cr)
        {
            end--;
        }

        var line = new Range(_lineStart, end);
        bool empty = end == _lineStart;
        _lineStart = _length;
        if (empty)
        {
            // RFC 9112 2.2: empty lines before the first line are skipped.
            return _lines.Count == 0 ? HttpHeadProgress.Incomplete : HttpHeadProgress.Complete;
        }

        if (_lines.Count == MaximumLines)
        {
            return HttpHeadProgress.TooLarge;
        }

        _lines.Add(line);
        return HttpHeadProgress.Incomplete;
    }
}
