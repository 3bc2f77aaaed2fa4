using SstpRouter.RouterOs.Language.Syntax;

namespace SstpRouter.RouterOs.Assistance;

/// <content>Values.</content>
internal sealed partial class LineReading
{
    /// <summary>Reads a value as it stands among arguments.</summary>
    /// <param name="placeAt">Makes the place where the line ends inside the value, of the value's start; null where nothing is known of it.</param>
    private void ReadValue(Func<int, Place>? placeAt)
    {
        int start = _scanner.Offset;
        switch (_scanner.IsAtEnd ? '\0' : _scanner.Current)
        {
            case '"':
                ReadString(placeAt);
                return;
            case '$':
                ReadVariable();
                return;
            case '(':
                ReadExpression(')');
                return;
            case '[':
                ReadCode();
                return;
            case '{':
                ReadBraces();
                return;
            default:
                break;
        }

        _scanner.ReadBareWord();
        if (_scanner.IsAtEnd)
        {
            Place = placeAt?.Invoke(start) ?? new NoPlace(start);
        }
    }

    private void ReadString(Func<int, Place>? placeAt)
    {
        int start = _scanner.Offset;
        Take(WordKind.Text);
        while (!_scanner.IsAtEnd)
        {
            int at = _scanner.Offset;
            switch (_scanner.Current)
            {
                case '"':
                    Take(WordKind.Text);
                    Place = new NoPlace(_kinds.Length);
                    return;
                case '\\':
                    _scanner.Advance(2);
                    Paint(at, _scanner.Offset, WordKind.Text);
                    break;
                case '$' when _scanner.Next is not ('"' or ' '):
                    ReadVariable();
                    break;
                default:
                    Take(WordKind.Text);
                    break;
            }
        }

        if (Place is not (VariablePlace or CommandPlace))
        {
            Place = placeAt?.Invoke(start) ?? new NoPlace(start);
        }
    }

    /// <summary>Reads <c>$name</c>, <c>$"name"</c>, and, as strings have them, <c>$[command]</c> and <c>$(expression)</c>.</summary>
    private void ReadVariable()
    {
        int start = _scanner.Offset;
        Take(WordKind.Variable);
        switch (_scanner.Current)
        {
            case '[':
                ReadCode();
                return;
            case '(':
                ReadExpression(')');
                return;
            case '"':
                ReadString(null);
                return;
            default:
                _scanner.ReadVariableName();
                Paint(start, _scanner.Offset, WordKind.Variable);
                if (_scanner.IsAtEnd)
                {
                    Place = new VariablePlace(start + 1);
                }

                return;
        }
    }

    /// <summary>Reads <c>{ ... }</c>: commands where a command starts it, an array otherwise.</summary>
    private void ReadBraces()
    {
        int start = _scanner.Offset;
        _scanner.Advance();
        _scanner.SkipLines(semicolons: true);
        bool isCode = _scanner.Current is ':' or '/' or '#';
        _scanner.Seek(start);
        if (isCode)
        {
            ReadCode();
        }
        else
        {
            ReadExpression('}');
        }
    }

    /// <summary>Reads operands and operators up to a closing bracket.</summary>
    private void ReadExpression(char close)
    {
        if (_nesting == MaxNesting)
        {
            _scanner.Seek(_kinds.Length);
            return;
        }

        _nesting++;
        Take(WordKind.Sign);
        while (!_scanner.IsAtEnd && _scanner.Current != close)
        {
            int start = _scanner.Offset;
            switch (_scanner.Current)
            {
                case '"' or '$' or '(' or '[' or '{':
                    ReadValue(null);
                    break;
                case ']' or '}' or ')':
                    _nesting--;
                    return;
                default:
                    if (_scanner.ReadWhile(char.IsLetterOrDigit).Length == 0)
                    {
                        bool isSign = Operators.BinaryAt(_scanner.Source.Text, start) is not null || _scanner.Current is '!' or ';' or '=';
                        Take(isSign ? WordKind.Sign : WordKind.Plain);
                    }

                    break;
            }
        }

        if (_scanner.IsAtEnd)
        {
            Place = Place is VariablePlace or CommandPlace ? Place : new NoPlace(_kinds.Length);
        }

        TakeClosing();
        _nesting--;
    }

    private void TakeClosing()
    {
        if (!_scanner.IsAtEnd && _scanner.Current is ')' or '}')
        {
            Take(WordKind.Sign);
        }
    }
}
