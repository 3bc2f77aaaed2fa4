using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using SstpRouter.RouterOs.Language.Syntax;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Language;

internal sealed partial class Parser
{
    /// <summary>Reads a value as it stands among arguments.</summary>
    /// <param name="isText">True where a word stays text, because the argument's own type will read it.</param>
    private Expression ParseValue(bool isText)
    {
        SourcePosition position = _scanner.Position;
        switch (_scanner.IsAtEnd ? '\n' : _scanner.Current)
        {
            case '"':
                return ParseString();
            case '$':
                return ParseVariable();
            case '(':
                return ParseParenthesised();
            case '[':
                return new SubstitutionExpression(position, ParseBlock('[', ']'));
            case '{':
                return ParseArray();
        }

        string word = isText ? ReadArgumentWord() : _scanner.ReadBareWord();
        if (word.Length == 0)
        {
            bool isMissing = _scanner.IsAtCommandEnd || _scanner.IsAtBlank;
            throw isMissing ? new CommandFault("expected input value", position) : _scanner.SyntaxError();
        }

        if (!_scanner.IsAtEnd && _scanner.Current is '"' or '$' or '(' or '[' or '{' or '\'' or '\\')
        {
            throw _scanner.SyntaxError();
        }

        if (!_scanner.IsAtCommandEnd && !_scanner.IsAtBlank)
        {
            throw ExpectedEnd(_scanner.Position);
        }

        return new LiteralExpression(position, isText ? Value.Of(word) : Literal.Parse(word));
    }

    /// <summary>Reads a word as an argument of a menu's command takes it; that of a dynamic interface stands in angle brackets:
    /// <c>&lt;sstp-alice&gt;</c>.</summary>
    private string ReadArgumentWord() => _scanner.Current == '<'
        ? _scanner.ReadWhile(c => Scanner.IsBare(c) || c is '<' or '>')
        : _scanner.ReadBareWord();

    /// <summary>Reads a quoted string with its escapes and substitutions.</summary>
    private Expression ParseString()
    {
        SourcePosition position = _scanner.Position;
        var parts = ImmutableArray.CreateBuilder<Expression>();
        var text = new StringBuilder();
        _scanner.Advance();
        while (!_scanner.TryTake('"'))
        {
            if (_scanner.IsAtEnd)
            {
                throw _scanner.SyntaxError();
            }

            switch (_scanner.Current)
            {
                case '\\':
                    text.Append(ParseEscape());
                    break;
                case '$':
                    EndPart();
                    parts.Add(_scanner.Next == '"' ? ParseQuotedName() : ParseVariable());
                    break;
                default:
                    text.Append(_scanner.Current);
                    _scanner.Advance();
                    break;
            }
        }

        if (parts.Count == 0)
        {
            return new LiteralExpression(position, Value.Of(text.ToString()));
        }

        EndPart();
        return new InterpolatedExpression(position, parts.ToImmutable());

        void EndPart()
        {
            if (text.Length > 0)
            {
                parts.Add(new LiteralExpression(position, Value.Of(text.ToString())));
                text.Clear();
            }
        }
    }

    private string ParseEscape()
    {
        ScriptError error = _scanner.SyntaxError();
        char c = _scanner.Next;
        string? plain = c switch
        {
            '"' or '\\' or '$' or '?' => c.ToString(),
            'n' => "\n",
            'r' => "\r",
            't' => "\t",
            '_' => " ",
            'a' => "\a",
            'b' => "\b",
            'f' => "\f",
            'v' => "\v",
            _ => null,
        };
        if (plain is not null)
        {
            _scanner.Advance(2);
            return plain;
        }

        return ParseBytes() ?? throw error;
    }

    /// <summary>Reads <c>\XX</c>, upper-case hexadecimal. Several in a row are the bytes of UTF-8 text, as export writes them.</summary>
    private string? ParseBytes()
    {
        var bytes = new List<byte>();
        while (_scanner.Current == '\\' && IsUpperHex(_scanner.Next) && _scanner.Offset + 2 < _scanner.Source.Text.Length
            && IsUpperHex(_scanner.Source.Text[_scanner.Offset + 2]))
        {
            bytes.Add(byte.Parse(_scanner.Source.Text.AsSpan(_scanner.Offset + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
            _scanner.Advance(3);
        }

        return bytes.Count == 0 ? null : Encoding.UTF8.GetString([.. bytes]);

        static bool IsUpperHex(char c) => c is (>= '0' and <= '9') or (>= 'A' and <= 'F');
    }

    /// <summary>Reads <c>$name</c>, <c>$"name"</c>, and, as strings have them, <c>$[command]</c> and <c>$(expression)</c>.</summary>
    private Expression ParseVariable()
    {
        SourcePosition position = _scanner.Position;
        _scanner.Advance();
        switch (_scanner.Current)
        {
            case '[':
                return new SubstitutionExpression(position, ParseBlock('[', ']'));
            case '(':
                return ParseParenthesised();
            case '"':
                return ParseString() is LiteralExpression { Value: TextValue { Content.Length: > 0 } name }
                    ? new VariableExpression(position, name.Content)
                    : throw new ScriptError("syntax error", position);
        }

        string word = _scanner.ReadVariableName();
        return word.Length > 0 ? new VariableExpression(position, word) : throw new ScriptError("syntax error", position);
    }

    /// <summary>Reads <c>$"name"</c> within a string. A quote behind <c>$</c> that ends the string was forgotten to be escaped: <c>"^a$"</c> must
    /// be written <c>"^a\$"</c>.</summary>
    private VariableExpression ParseQuotedName()
    {
        SourcePosition position = _scanner.Position;
        ScriptError error = _scanner.SyntaxError();
        _scanner.Advance(2);
        string name = _scanner.ReadWhile(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
        return name.Length > 0 && _scanner.TryTake('"') ? new VariableExpression(position, name) : throw error;
    }

    /// <summary>Reads <c>{1;2;"key"=3}</c>; a comma or a line end between elements does as well.</summary>
    private ArrayExpression ParseArray()
    {
        EnterNesting();
        SourcePosition position = _scanner.Position;
        var elements = ImmutableArray.CreateBuilder<(Expression?, Expression)>();
        _scanner.Advance();
        _scanner.SkipLines(semicolons: false);
        while (!_scanner.TryTake('}'))
        {
            elements.Add(ParseElement());
            int line = _scanner.Position.Line;
            _scanner.SkipLines(semicolons: false);
            bool isSeparated = _scanner.TryTake(';') || _scanner.TryTake(',') || (!_scanner.IsAtEnd && _scanner.Position.Line > line);
            if (!isSeparated && (_scanner.IsAtEnd || _scanner.Current != '}'))
            {
                throw new ScriptError(_scanner.IsAtEnd ? "missing closing brace" : "expected closing brace", _scanner.Position);
            }

            _scanner.SkipLines(semicolons: false);
        }

        _nesting--;
        return new ArrayExpression(position, elements.ToImmutable());
    }

    private (Expression? Key, Expression Value) ParseElement()
    {
        int start = _scanner.Offset;
        SourcePosition position = _scanner.Position;
        string word = ReadElementWord();
        if (word.Length > 0 && _scanner.TryTake('='))
        {
            _scanner.SkipBlanks();
            return (new LiteralExpression(position, Value.Of(word)), ParseElementValue());
        }

        _scanner.Seek(start);
        Expression value = ParseElementValue();
        _scanner.SkipBlanks();
        if (!_scanner.TryTake('='))
        {
            return (null, value);
        }

        _scanner.SkipBlanks();
        return (value, ParseElementValue());
    }

    private Expression ParseElementValue()
    {
        int start = _scanner.Offset;
        SourcePosition position = _scanner.Position;
        string word = ReadElementWord();
        if (word.Length > 0)
        {
            return new LiteralExpression(position, Literal.Parse(word));
        }

        _scanner.Seek(start);
        if (_scanner.IsAtEnd)
        {
            throw new ScriptError("missing closing brace", _scanner.Position);
        }

        return _scanner.Current is '"' or '$' or '(' or '[' or '{' ? ParseValue(isText: false) : throw _scanner.SyntaxError();
    }

    /// <summary>A word of an array: it ends at a comma, which stands between elements.</summary>
    private string ReadElementWord() => _scanner.Current == '#' ? "" : _scanner.ReadWhile(c => c != ',' && Scanner.IsBare(c));
}
