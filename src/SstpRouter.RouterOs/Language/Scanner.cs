using System.Text;

namespace SstpRouter.RouterOs.Language;

/// <summary>A place in a script that moves forward. Line continuations (<c>\</c>, line end, blanks) are passed over by themselves,
/// also inside words and strings, because an export may break a line anywhere.</summary>
internal sealed class Scanner
{
    private readonly string _text;

    public Scanner(SourceText source)
    {
        Source = source;
        _text = source.Text;
        Seek(_text.StartsWith('\uFEFF') ? 1 : 0);
    }

    public SourceText Source { get; }

    public int Offset { get; private set; }

    public bool IsAtEnd => Offset >= _text.Length;

    /// <summary>The character here; a NUL behind the last one.</summary>
    public char Current => IsAtEnd ? '\0' : _text[Offset];

    /// <summary>The character after this one; a NUL where there is none.</summary>
    public char Next => Offset + 1 < _text.Length ? _text[Offset + 1] : '\0';

    public SourcePosition Position => Source.PositionOf(Offset);

    /// <summary>True where a command cannot go on: a line's end, <c>;</c>, a closing bracket or brace, the end.</summary>
    public bool IsAtCommandEnd => IsAtEnd || Current is '\n' or ';' or ']' or '}';

    public bool IsAtBlank => Current is ' ' or '\t' or '\r';

    public void Seek(int offset)
    {
        Offset = offset;
        while (Current == '\\' && LineEndBehind(Offset + 1) is { } end)
        {
            Offset = end + 1;
            while (Current is ' ' or '\t')
            {
                Offset++;
            }
        }
    }

    /// <summary>The line end behind a <c>\</c>, which blanks that nobody sees may stand before; null where something else follows.</summary>
    private int? LineEndBehind(int offset)
    {
        while (offset < _text.Length && _text[offset] is ' ' or '\t' or '\r')
        {
            offset++;
        }

        return offset < _text.Length && _text[offset] == '\n' ? offset : null;
    }

    public void Advance(int count = 1) => Seek(Math.Min(Offset + count, _text.Length));

    public bool TryTake(char expected)
    {
        if (IsAtEnd || Current != expected)
        {
            return false;
        }

        Advance();
        return true;
    }

    public void SkipBlanks()
    {
        while (IsAtBlank)
        {
            Advance();
        }
    }

    /// <summary>Skips blanks, line ends and comments, and <c>;</c> where asked to.</summary>
    public void SkipLines(bool semicolons)
    {
        while (!IsAtEnd)
        {
            if (IsAtBlank || Current == '\n' || (semicolons && Current == ';'))
            {
                Advance();
            }
            else if (Current == '#')
            {
                int end = _text.IndexOf('\n', Offset);
                Seek(end < 0 ? _text.Length : end);
            }
            else
            {
                return;
            }
        }
    }

    /// <summary>Reads a menu, command or keyword: lower-case letters, digits and hyphens; empty where there is none.</summary>
    public string ReadCommandName() => ReadWhile(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-');

    /// <summary>Reads the name of a variable: letters and digits; empty where there is none.</summary>
    public string ReadVariableName() => ReadWhile(char.IsAsciiLetterOrDigit);

    /// <summary>Reads a word as an argument takes it: anything up to a blank, a quote, a bracket or an operator.</summary>
    public string ReadBareWord() => Current == '#' ? "" : ReadWhile(IsBare);

    /// <summary>Reads as long as characters belong to the word.</summary>
    public string ReadWhile(Func<char, bool> belongs)
    {
        int end = Offset;
        while (end < _text.Length && _text[end] != '\\' && belongs(_text[end]))
        {
            end++;
        }

        if (end == _text.Length || _text[end] != '\\')
        {
            string plain = _text[Offset..end];
            Offset = end;
            return plain;
        }

        // It may go on behind a line end.
        var word = new StringBuilder();
        while (!IsAtEnd && belongs(Current))
        {
            word.Append(Current);
            Advance();
        }

        return word.ToString();
    }

    public ScriptError SyntaxError() => new("syntax error", Position);

    /// <summary>True for what a word without quotes may hold.</summary>
    public static bool IsBare(char c) =>
        c > ' ' && !@"""'\$;=()[]{}<>&|~".Contains(c) && c != '\u007F';
}
