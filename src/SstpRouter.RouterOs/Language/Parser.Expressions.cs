using SstpRouter.RouterOs.Language.Syntax;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Language;

internal sealed partial class Parser
{
    // Evaluation recurses along the tree; a sum of more terms than this is no sensible script.
    private const int MaxHeight = 300;

    /// <summary>Reads <c>( ... )</c>, which must end on its line.</summary>
    private Expression ParseParenthesised()
    {
        EnterNesting();
        _scanner.Advance();
        Expression expression = ParseBinary(0);
        _scanner.SkipBlanks();
        if (!_scanner.TryTake(')'))
        {
            throw _scanner.SyntaxError();
        }

        _nesting--;
        return expression;
    }

    /// <summary>Reads operands joined by operators that bind at least so tightly.</summary>
    private Expression ParseBinary(int precedence)
    {
        Expression left = ParseUnary();
        while (true)
        {
            _scanner.SkipBlanks();
            if (Operators.BinaryAt(_scanner.Source.Text, _scanner.Offset) is not var (op, length)
                || Operators.Precedence(op) < precedence)
            {
                return left;
            }

            _scanner.Advance(length);
            left = Combine(left.Position, op, left, ParseBinary(Operators.Precedence(op) + 1));
        }
    }

    private Expression ParseUnary()
    {
        _scanner.SkipBlanks();
        SourcePosition position = _scanner.Position;
        Operator op;
        if (_scanner.Current == '!' || Operators.IsAt(_scanner.Source.Text, _scanner.Offset, "not"))
        {
            op = Operator.Not;
            _scanner.Advance(_scanner.Current == '!' ? 1 : 3);
        }
        else if (_scanner.Current == '>' && _scanner.Next == '[')
        {
            // (>[commands]) is not run but kept, for somebody else to call.
            _scanner.Advance();
            return new CodeExpression(position, ParseBlock('[', ']'));
        }
        else if (_scanner.Current is '-' or '~')
        {
            op = _scanner.Current == '-' ? Operator.Negate : Operator.BitNot;
            _scanner.Advance();
        }
        else
        {
            return ParseOperand();
        }

        // Only -> binds tighter than a sign before its operand.
        EnterNesting();
        Expression operand = ParseBinary(Operators.Precedence(Operator.Element));
        _nesting--;
        return Check(new UnaryExpression(position, op, operand));
    }

    private Expression ParseOperand()
    {
        SourcePosition position = _scanner.Position;
        if (!_scanner.IsAtEnd && _scanner.Current is '"' or '$' or '(' or '[' or '{')
        {
            return ParseValue(isText: false);
        }

        if (TryTakeLiteral() is { } literal)
        {
            return new LiteralExpression(position, literal);
        }

        string word = _scanner.ReadWhile(c => char.IsLetterOrDigit(c) || c is '-' or '_');
        return word.Length > 0 ? new LiteralExpression(position, Literal.Parse(word)) : throw _scanner.SyntaxError();
    }

    /// <summary>Takes the longest literal that starts here and ends as a word: <c>10.0.0.1</c> of <c>10.0.0.1-10.0.0.5</c>.</summary>
    private Value? TryTakeLiteral()
    {
        ReadOnlySpan<char> rest = _scanner.Source.Text.AsSpan(_scanner.Offset);
        int length = 0;
        while (length < rest.Length && length < Literal.MaxLength && (char.IsAsciiLetterOrDigit(rest[length]) || rest[length] is '.' or ':' or '*' or '/'))
        {
            length++;
        }

        for (; length > 0; length--)
        {
            bool endsHere = length == rest.Length || !(char.IsAsciiLetterOrDigit(rest[length]) || rest[length] == '_');
            if (endsHere && !char.IsAsciiLetter(rest[0]) | rest[..length].Contains(':')
                && Literal.TryParse(rest[..length].ToString()) is { } literal)
            {
                _scanner.Advance(length);
                return literal;
            }
        }

        return null;
    }

    private static BinaryExpression Combine(SourcePosition position, Operator op, Expression left, Expression right) =>
        Check(new BinaryExpression(position, op, left, right));

    private static T Check<T>(T expression)
        where T : Expression =>
        expression.Height <= MaxHeight ? expression : throw new ScriptError("syntax error: expression too long", expression.Position);
}
