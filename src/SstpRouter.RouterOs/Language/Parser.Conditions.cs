using SstpRouter.RouterOs.Language.Syntax;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Language;

/// <content>Conditions behind <c>where</c> and <c>find</c>: properties by name on the left, plain words on the right, and what stands
/// side by side must all hold.</content>
internal sealed partial class Parser
{
    private Expression ParseCondition(Menu menu)
    {
        Expression condition = ParseAlternatives(menu);
        return _scanner.IsAtCommandEnd ? condition : throw ExpectedEnd(_scanner.Position);
    }

    private Expression ParseAlternatives(Menu menu)
    {
        Expression left = ParseConjunction(menu);
        while (TryTakeOperator(Operator.Or))
        {
            left = Combine(left.Position, Operator.Or, left, ParseConjunction(menu));
        }

        return left;
    }

    private Expression ParseConjunction(Menu menu)
    {
        Expression left = ParseTest(menu);
        while (true)
        {
            bool isJoined = TryTakeOperator(Operator.And);
            _scanner.SkipBlanks();
            bool isOver = _scanner.IsAtCommandEnd || _scanner.Current == ')' || PeekOperator() == Operator.Or;
            if (!isJoined && isOver)
            {
                return left;
            }

            left = Combine(left.Position, Operator.And, left, ParseTest(menu));
        }
    }

    private Expression ParseTest(Menu menu)
    {
        _scanner.SkipBlanks();
        SourcePosition position = _scanner.Position;
        bool isSign = _scanner.Current == '!';
        if (isSign || Operators.IsAt(_scanner.Source.Text, _scanner.Offset, "not"))
        {
            _scanner.Advance(isSign ? 1 : 3);
            EnterNesting();
            Expression operand = ParseTest(menu);
            _nesting--;
            return Check(new UnaryExpression(position, Operator.Not, operand));
        }

        Expression left = ParseLeftSide(menu);
        while (PeekOperator() is { } sign && Operators.Precedence(sign) > Operators.Precedence(Operator.Join))
        {
            TryTakeOperator(sign);
            _scanner.SkipBlanks();
            left = Combine(position, sign, left, ParseLeftSide(menu));
        }

        if (PeekOperator() is not { } op || !Operators.IsComparison(op))
        {
            return left;
        }

        TryTakeOperator(op);
        return Combine(position, op, left, ParseRightSide(menu, op));
    }

    private Expression ParseLeftSide(Menu menu)
    {
        SourcePosition position = _scanner.Position;
        if (_scanner.Current == '(')
        {
            EnterNesting();
            _scanner.Advance();
            Expression inner = ParseAlternatives(menu);
            _scanner.SkipBlanks();
            _nesting--;
            return _scanner.TryTake(')') ? inner : throw _scanner.SyntaxError();
        }

        if (!_scanner.IsAtEnd && _scanner.Current is '"' or '$' or '[' or '{')
        {
            return ParseValue(isText: false);
        }

        string word = _scanner.ReadWhile(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
        if (word.Length == 0)
        {
            throw _scanner.SyntaxError();
        }

        return FindProperty(menu, word) is { } name
            ? new PropertyExpression(position, name, menu.Property(name))
            : Literal.TryParse(word) is { } literal ? new LiteralExpression(position, literal) : throw ExpectedEnd(position);
    }

    private Expression ParseRightSide(Menu menu, Operator op)
    {
        _scanner.SkipBlanks();
        SourcePosition position = _scanner.Position;
        if (_scanner.IsAtCommandEnd)
        {
            throw new CommandFault("expected input value", position);
        }

        if (_scanner.Current is '"' or '$' or '(' or '[' or '{')
        {
            return ParseValue(isText: false);
        }

        string word = op is Operator.Equal or Operator.NotEqual ? ReadArgumentWord() : _scanner.ReadBareWord();
        if (word.Length == 0)
        {
            throw _scanner.SyntaxError();
        }

        // "error" in topics: a list has its name on the right.
        return op == Operator.In && menu.Property(word) is { } property
            ? new PropertyExpression(position, word, property)
            : new LiteralExpression(position, Value.Of(word));
    }

    private static string? FindProperty(Menu menu, string word)
    {
        string[] known = [.. menu.Properties.Select(p => p.Name), .. menu.Flags.Select(f => f.Name), .. menu.TableColumns, .. menu.StatsColumns];
        return word is ".id" or "comment" or "dynamic" or "disabled" ? word : Grammar.FindName(word, known);
    }

    private Operator? PeekOperator()
    {
        _scanner.SkipBlanks();
        return Operators.BinaryAt(_scanner.Source.Text, _scanner.Offset)?.Operator;
    }

    private bool TryTakeOperator(Operator op)
    {
        _scanner.SkipBlanks();
        if (Operators.BinaryAt(_scanner.Source.Text, _scanner.Offset) is not var (found, length) || found != op)
        {
            return false;
        }

        _scanner.Advance(length);
        return true;
    }
}
