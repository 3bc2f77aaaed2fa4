using System.Globalization;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Schema;

/// <summary>A day, <c>2024-10-25</c>; that of v6, <c>oct/25/2024</c>, is read as well. A <see cref="TextValue"/> in the first form.</summary>
internal sealed class DateType : PropertyType
{
    private static readonly string[] Forms = ["yyyy-MM-dd", "MMM/dd/yyyy"];

    public override string Syntax => "YYYY-MM-DD";

    /// <summary>The day of a value of this type.</summary>
    public static DateOnly DayOf(Value value) => DateOnly.ParseExact(value.ToText(), Forms[0], CultureInfo.InvariantCulture);

    public override Value Parse(Value input, string propertyName, IReferenceScope scope) =>
        DateOnly.TryParseExact(Types.TextOf(input), Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day)
            ? Of(day)
            : throw Types.Invalid(propertyName);

    /// <summary>A day as a value of this type.</summary>
    public static Value Of(DateOnly day) => Value.Of(day.ToString(Forms[0], CultureInfo.InvariantCulture));
}

/// <summary>A time of day, <c>23:59:00</c>; a <see cref="TimeValue"/> below one day.</summary>
internal sealed class TimeOfDayType : PropertyType
{
    public override string Syntax => "HH:MM:SS";

    public override Value Parse(Value input, string propertyName, IReferenceScope scope) =>
        (input as TimeValue ?? Language.Literal.ParseTime(Types.TextOf(input))) is TimeValue { Span: var span }
            && span >= TimeSpan.Zero && span < TimeSpan.FromDays(1)
            ? new TimeValue(new TimeSpan(span.Hours, span.Minutes, span.Seconds))
            : throw Types.Invalid(propertyName);
}
