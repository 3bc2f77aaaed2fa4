using System.Globalization;
using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Schema;

/// <summary>A whole number within a range.</summary>
internal class NumberType(long min, long max) : PropertyType
{
    public override string Syntax => string.Create(CultureInfo.InvariantCulture, $"{min}..{max}");

    public override bool IsNumeric => true;

    public override Value Parse(Value input, string propertyName, IReferenceScope scope)
    {
        long number = input is NumberValue typed ? typed.Number : Read(Types.TextOf(input), propertyName);
        return number >= min && number <= max ? Value.Of(number) : throw OutOfRange(propertyName);
    }

    protected long Read(string text, string propertyName)
    {
        ReadOnlySpan<char> digits = text;
        bool isNegative = digits.StartsWith('-');
        digits = isNegative ? digits[1..] : digits;
        bool isHex = digits.StartsWith("0x");
        digits = isHex ? digits[2..] : digits;
        int length = 0;
        while (length < digits.Length && (isHex ? char.IsAsciiHexDigit(digits[length]) : char.IsAsciiDigit(digits[length])))
        {
            length++;
        }

        if (length == 0)
        {
            throw Types.Invalid(propertyName);
        }

        if (length < digits.Length)
        {
            throw new ScriptError($"value of {propertyName} contains invalid trailing characters");
        }

        NumberStyles style = isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
        return long.TryParse(digits, style, CultureInfo.InvariantCulture, out long number) && number >= 0
            ? (isNegative ? -number : number)
            : throw OutOfRange(propertyName);
    }

    private ScriptError OutOfRange(string propertyName) =>
        new(string.Create(CultureInfo.InvariantCulture, $"value of {propertyName} out of range ({min}..{max})"));
}

/// <summary>Seconds, kept as a number.</summary>
internal sealed class SecondsType(long min, long max) : NumberType(min, max)
{
    public override Value Parse(Value input, string propertyName, IReferenceScope scope)
    {
        TimeSpan? span = input is TimeValue time ? time.Span
            : input is TextValue text && !long.TryParse(text.Content, CultureInfo.InvariantCulture, out _)
                && TimeType.TryRead(text.Content, out TimeSpan read) ? read : null;
        return base.Parse(span is null ? input : Value.Of((long)span.Value.TotalSeconds), propertyName, scope);
    }
}

/// <summary>A span of time.</summary>
internal sealed class TimeType : PropertyType
{
    public override string Syntax => "time";

    public override Value Parse(Value input, string propertyName, IReferenceScope scope) => input switch
    {
        TimeValue time => new TimeValue(new TimeSpan(time.Span.Ticks - (time.Span.Ticks % TimeSpan.TicksPerMillisecond))),
        _ when TryRead(Types.TextOf(input), out TimeSpan span) => new TimeValue(span),
        _ => throw Types.Invalid(propertyName),
    };

    public override string Format(Value value) => value is TimeValue time ? time.ToShortText() : value.ToText();

    /// <summary>Reads <c>60</c>, <c>1w2d3h4m5s6ms</c>, <c>03:04:05</c>, <c>1d03:04:05.5</c>; never negative.</summary>
    internal static bool TryRead(string text, out TimeSpan span)
    {
        span = default;
        ReadOnlySpan<char> rest = text;
        decimal seconds = 0;
        int lastUnit = -1;
        while (rest.Length > 0)
        {
            int length = rest.IndexOfAnyExcept("0123456789.");
            length = length < 0 ? rest.Length : length;
            if (!decimal.TryParse(rest[..length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal amount))
            {
                return false;
            }

            if (length < rest.Length && rest[length] == ':')
            {
                return TryReadClock(rest, out decimal clock) && TryMake(seconds + clock, out span);
            }

            ReadOnlySpan<char> unit = rest[length..];
            int unitLength = unit.IndexOfAny("0123456789");
            unit = unitLength < 0 ? unit : unit[..unitLength];
            (int order, decimal factor) = UnitOf(unit);
            if (order <= lastUnit || amount > 1_000_000_000_000m)
            {
                return false;
            }

            lastUnit = order;
            seconds += amount * factor;
            rest = rest[(length + unit.Length)..];
        }

        return lastUnit >= 0 && TryMake(seconds, out span);
    }

    /// <summary>The place of a unit among the others, largest first, and its seconds; -1 for what is none.</summary>
    private static (int Order, decimal Factor) UnitOf(ReadOnlySpan<char> unit) => unit switch
    {
        "w" => (0, 604800m),
        "d" => (1, 86400m),
        "h" => (2, 3600m),
        "m" => (3, 60m),
        "s" or "" => (4, 1m),
        "ms" => (5, 0.001m),
        "us" => (6, 0.000001m),
        _ => (-1, 0m),
    };

    private static bool TryReadClock(ReadOnlySpan<char> text, out decimal seconds)
    {
        seconds = 0;
        Span<Range> parts = stackalloc Range[4];
        int count = text.Split(parts, ':');
        if (count is < 2 or > 3)
        {
            return false;
        }

        for (int i = 0; i < count; i++)
        {
            NumberStyles style = i == 2 ? NumberStyles.AllowDecimalPoint : NumberStyles.None;
            if (!decimal.TryParse(text[parts[i]], style, CultureInfo.InvariantCulture, out decimal part)
                || part >= (i == 0 ? 1_000_000m : 60m))
            {
                return false;
            }

            seconds += part * (i == 0 ? 3600 : i == 1 ? 60 : 1);
        }

        return true;
    }

    private static bool TryMake(decimal seconds, out TimeSpan span)
    {
        // Whole milliseconds: what the printed form can say is all that is kept.
        bool fits = seconds <= (decimal)TimeSpan.MaxValue.TotalSeconds - 1;
        span = fits ? new TimeSpan((long)(seconds * 1000) * TimeSpan.TicksPerMillisecond) : default;
        return fits;
    }
}
