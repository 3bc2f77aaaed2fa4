using System.Net.Sockets;
using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Language.Syntax;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Interpretation.Operations;

/// <summary>What operators make of values. Numbers wrap around at 64 bits; text that is a number counts as one.</summary>
internal static class Arithmetic
{
    public static Value Compute(Operator op, Value operand)
    {
        switch (op, Typed(operand))
        {
            case (Operator.Negate, NumberValue number):
                return Value.Of(unchecked(-number.Number));
            case (Operator.Negate, TimeValue { Span: var span }) when span != TimeSpan.MinValue:
                return new TimeValue(-span);
            case (Operator.BitNot, NumberValue number):
                return Value.Of(~number.Number);
            case (Operator.BitNot, AddressValue address):
                return AddressNumber.ToAddress(~AddressNumber.Of(address.Address), address.Address.AddressFamily);
            default:
                throw new ScriptError($"cannot {(op == Operator.Negate ? "negate" : "invert")} {operand.TypeName}");
        }
    }

    public static Value Compute(Operator op, Value left, Value right)
    {
        switch (op)
        {
            case Operator.Concatenate:
                string text = left.ToText() + right.ToText();
                Limits.CheckText(text.Length);
                return Value.Of(text);
            case Operator.Join:
                return Arrays.Of(Arrays.Elements(left).Concat(Arrays.Elements(right)));
            case Operator.Element:
                return Arrays.Element(left, right);
        }

        Value? result = (Typed(left), Typed(right)) switch
        {
            (NumberValue a, NumberValue b) => Numbers(op, a.Number, b.Number),
            // A counter that nobody has set yet counts from 0.
            (NothingValue, NumberValue b) when op is Operator.Add or Operator.Subtract => Numbers(op, 0, b.Number),
            (NumberValue a, NothingValue) when op is Operator.Add or Operator.Subtract => a,
            (TimeValue a, TimeValue b) => Times(op, a.Span, b.Span),
            (TimeValue a, NumberValue b) => Times(op, a.Span, b.Number),
            (NumberValue a, TimeValue b) when op is Operator.Multiply => Times(op, b.Span, a.Number),
            (AddressValue a, NumberValue b) => Shift(op, a, b.Number),
            (NumberValue a, AddressValue b) when op is Operator.Add => Shift(op, b, a.Number),
            (AddressValue a, AddressValue b) when a.Address.AddressFamily == b.Address.AddressFamily => Addresses(op, a, b),
            _ => null,
        };
        return result ?? throw new ScriptError($"cannot {Verb(op)} {left.TypeName} and {right.TypeName}");
    }

    /// <summary>Text that is a number, a time or an address as that.</summary>
    private static Value Typed(Value value) =>
        value is TextValue text ? Literal.TryParse(text.Content) ?? value : value;

    private static NumberValue? Numbers(Operator op, long a, long b) => op switch
    {
        Operator.Add => new(unchecked(a + b)),
        Operator.Subtract => new(unchecked(a - b)),
        Operator.Multiply => new(unchecked(a * b)),
        Operator.Divide or Operator.Remainder when b == 0 => throw new ScriptError("division by zero"),
        // The one quotient that does not fit into 64 bits; the processor would trap.
        Operator.Divide => new(b == -1 ? unchecked(-a) : a / b),
        Operator.Remainder => new(b == -1 ? 0 : a % b),
        Operator.BitAnd => new(a & b),
        Operator.BitOr => new(a | b),
        Operator.BitXor => new(a ^ b),
        Operator.ShiftLeft => new(b is >= 0 and < 64 ? a << (int)b : 0),
        Operator.ShiftRight => new(b is >= 0 and < 64 ? a >> (int)b : a < 0 ? -1 : 0),
        _ => null,
    };

    private static Value? Times(Operator op, TimeSpan a, TimeSpan b) => op switch
    {
        Operator.Add => Time((decimal)a.Ticks + b.Ticks),
        Operator.Subtract => Time((decimal)a.Ticks - b.Ticks),
        Operator.Divide => b == TimeSpan.Zero ? throw new ScriptError("division by zero") : Value.Of(a.Ticks / b.Ticks),
        _ => null,
    };

    private static Value? Times(Operator op, TimeSpan a, long b) => op switch
    {
        Operator.Add => Time(a.Ticks + ((decimal)b * TimeSpan.TicksPerSecond)),
        Operator.Subtract => Time(a.Ticks - ((decimal)b * TimeSpan.TicksPerSecond)),
        Operator.Multiply => Time((double)a.Ticks * b is > -9e18 and < 9e18 ? (decimal)a.Ticks * b : decimal.MaxValue),
        Operator.Divide => b == 0 ? throw new ScriptError("division by zero") : Time((decimal)a.Ticks / b),
        _ => null,
    };

    private static TimeValue Time(decimal ticks) =>
        ticks is > long.MinValue and < long.MaxValue
            ? new TimeValue(new TimeSpan((long)ticks))
            : throw new ScriptError("value of time out of range");

    private static AddressValue? Shift(Operator op, AddressValue address, long by)
    {
        UInt128 number = AddressNumber.Of(address.Address);
        AddressFamily family = address.Address.AddressFamily;
        return op switch
        {
            Operator.Add => AddressNumber.ToAddress(unchecked(number + (UInt128)(Int128)by), family),
            Operator.Subtract => AddressNumber.ToAddress(unchecked(number - (UInt128)(Int128)by), family),
            // (255.255.255.255 << 8) is the mask of a /24.
            Operator.ShiftLeft => AddressNumber.ToAddress(by is >= 0 and < 128 ? number << (int)by : 0, family),
            Operator.ShiftRight => AddressNumber.ToAddress(by is >= 0 and < 128 ? number >> (int)by : 0, family),
            _ => null,
        };
    }

    private static Value? Addresses(Operator op, AddressValue a, AddressValue b)
    {
        (UInt128 x, UInt128 y) = (AddressNumber.Of(a.Address), AddressNumber.Of(b.Address));
        AddressFamily family = a.Address.AddressFamily;
        return op switch
        {
            Operator.Subtract => Value.Of(unchecked((long)(x - y))),
            Operator.BitAnd => AddressNumber.ToAddress(x & y, family),
            Operator.BitOr => AddressNumber.ToAddress(x | y, family),
            Operator.BitXor => AddressNumber.ToAddress(x ^ y, family),
            _ => null,
        };
    }

    private static string Verb(Operator op) => op switch
    {
        Operator.Add => "add",
        Operator.Subtract => "subtract",
        Operator.Multiply => "multiply",
        Operator.Divide or Operator.Remainder => "divide",
        _ => "compute",
    };
}
