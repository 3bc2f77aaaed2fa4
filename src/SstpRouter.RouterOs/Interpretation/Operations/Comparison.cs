using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Language.Syntax;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Interpretation.Operations;

/// <summary>How values compare, in expressions and in conditions over rows.</summary>
internal static class Comparison
{
    /// <summary>Compares two values.</summary>
    /// <param name="op">A comparing operator.</param>
    /// <param name="left">The left value.</param>
    /// <param name="right">The right value.</param>
    /// <param name="type">The type of the property on the left, whose printed form counts as the value too; null outside of conditions.</param>
    public static bool Compare(Operator op, Value left, Value right, PropertyType? type) => op switch
    {
        Operator.Equal => AreEqual(left, right, type),
        Operator.NotEqual => !AreEqual(left, right, type),
        Operator.Match => Pattern.Of(right.ToText()).IsMatch(TextOf(left, type)),
        Operator.In => IsIn(left, right),
        // What has no value is neither less nor greater than anything.
        _ when left is NothingValue or NilValue || right is NothingValue or NilValue => false,
        Operator.Less => Order(left, right) < 0,
        Operator.LessOrEqual => Order(left, right) <= 0,
        Operator.Greater => Order(left, right) > 0,
        _ => Order(left, right) >= 0,
    };

    /// <summary>Equal values, or text that says the same as the other value.</summary>
    public static bool AreEqual(Value left, Value right, PropertyType? type = null)
    {
        if (left.Equals(right) || (left is NothingValue or NilValue && right is NothingValue or NilValue))
        {
            return true;
        }

        return (left, right) switch
        {
            (TextValue a, TextValue b) => type is not null && type.Format(a) == b.Content,
            (_, TextValue text) => TextOf(left, type) == text.Content || left.Equals(Literal.TryParse(text.Content)),
            (TextValue text, _) => right.ToText() == text.Content || right.Equals(Literal.TryParse(text.Content)),
            _ => type is not null && left is not (NothingValue or NilValue) && type.Format(left) == right.ToText(),
        };
    }

    private static bool IsIn(Value left, Value right)
    {
        left = Typed(left);
        right = right is TextValue text && Literal.ParseAddress(text.Content) is { } network ? network : right;
        return (left, right) switch
        {
            (AddressValue address, PrefixValue prefix) => AddressNumber.Contains(prefix, address.Address),
            (PrefixValue inner, PrefixValue outer) => inner.Length >= outer.Length && AddressNumber.Contains(outer, inner.Address),
            (_, ArrayValue array) => array.Entries.Any(e => AreEqual(e.Value, left)),
            _ => AreEqual(left, right),
        };
    }

    /// <summary>Below 0 where the left value comes first, above where the right one does.</summary>
    private static int Order(Value left, Value right)
    {
        if (left is TextValue a && right is TextValue b && !(Typed(a) is NumberValue && Typed(b) is NumberValue))
        {
            return string.CompareOrdinal(a.Content, b.Content);
        }

        return (Typed(left), Typed(right)) switch
        {
            (NumberValue x, NumberValue y) => x.Number.CompareTo(y.Number),
            (TimeValue x, TimeValue y) => x.Span.CompareTo(y.Span),
            (TimeValue x, NumberValue y) => (x.Span.Ticks / (decimal)TimeSpan.TicksPerSecond).CompareTo(y.Number),
            (NumberValue x, TimeValue y) => ((decimal)x.Number).CompareTo(y.Span.Ticks / (decimal)TimeSpan.TicksPerSecond),
            (IdValue x, IdValue y) => x.Id.CompareTo(y.Id),
            (AddressValue x, AddressValue y) when x.Address.AddressFamily == y.Address.AddressFamily =>
                AddressNumber.Of(x.Address).CompareTo(AddressNumber.Of(y.Address)),
            _ => throw new ScriptError($"cannot compare {left.TypeName} with {right.TypeName}"),
        };
    }

    private static Value Typed(Value value) =>
        value is TextValue text ? Literal.TryParse(text.Content) ?? value : value;

    private static string TextOf(Value value, PropertyType? type) =>
        type is null || value is NothingValue or NilValue ? value.ToText() : type.Format(value);
}
