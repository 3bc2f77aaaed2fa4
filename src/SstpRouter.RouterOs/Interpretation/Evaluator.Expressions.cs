using System.Text;
using SstpRouter.RouterOs.Interpretation.Operations;
using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Language.Syntax;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Interpretation;

internal sealed partial class Evaluator
{
    // The row that a condition looks at; null outside of conditions.
    private IPropertySource? _row;

    /// <summary>The value of an expression.</summary>
    public Value Evaluate(Expression expression)
    {
        switch (expression)
        {
            case LiteralExpression literal:
                return literal.Value;
            case CodeExpression code:
                return new CodeValue(code.Block);
            case VariableExpression variable:
                return _scope.Find(variable.Name) ?? _row?[variable.Name] ?? Value.Nothing;
            case PropertyExpression property:
                return _row?[property.Name] ?? Value.Nothing;
            case InterpolatedExpression interpolated:
                return Interpolate(interpolated);
            case SubstitutionExpression substitution:
                return Execute(substitution.Block);
            case ArrayExpression array:
                return Arrays.Of(array.Elements.Select(e => new ArrayEntry(e.Key is null ? null : Evaluate(e.Key).ToText(), Evaluate(e.Value))));
            case UnaryExpression unary:
                return unary.Operator == Operator.Not
                    ? Value.Of(!IsTrue(unary.Operand))
                    : Arithmetic.Compute(unary.Operator, Evaluate(unary.Operand));
            default:
                return Evaluate((BinaryExpression)expression);
        }
    }

    /// <summary>Tests a row of a menu against a condition.</summary>
    private bool IsTrueFor(Expression condition, IPropertySource row)
    {
        IPropertySource? outer = _row;
        _row = row;
        try
        {
            return IsTrue(condition);
        }
        finally
        {
            _row = outer;
        }
    }

    private Value Evaluate(BinaryExpression binary)
    {
        switch (binary.Operator)
        {
            case Operator.And:
                return Value.Of(IsTrue(binary.Left) && IsTrue(binary.Right));
            case Operator.Or:
                return Value.Of(IsTrue(binary.Left) || IsTrue(binary.Right));
        }

        Value left = Evaluate(binary.Left);
        Value right = Evaluate(binary.Right);
        if (!Operators.IsComparison(binary.Operator))
        {
            return Arithmetic.Compute(binary.Operator, left, right);
        }

        return Value.Of(binary.Left is PropertyExpression { Property: { } property }
            ? Comparison.Compare(binary.Operator, left, right, property.Type)
            : Comparison.Compare(binary.Operator, left, right, type: null));
    }

    /// <summary>The truth of a part of a condition. Where a row is looked at, a property alone asks whether it is set.</summary>
    private bool IsTrue(Expression expression) => Evaluate(expression) switch
    {
        BooleanValue truth => truth.IsTrue,
        NothingValue or NilValue => false,
        TextValue text when _row is not null => text.Content.Length > 0,
        ArrayValue array when _row is not null => array.Entries.Length > 0,
        _ when _row is not null => true,
        _ => throw new ScriptError("conditional not boolean", expression.Position),
    };

    private Value Interpolate(InterpolatedExpression expression)
    {
        var text = new StringBuilder();
        foreach (Expression part in expression.Parts)
        {
            text.Append(Evaluate(part).ToText());
            Limits.CheckText(text.Length);
        }

        return Value.Of(text.ToString());
    }
}
