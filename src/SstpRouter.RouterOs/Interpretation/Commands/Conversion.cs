using System.Net.Sockets;
using SstpRouter.RouterOs.Interpretation.Operations;
using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Interpretation.Commands;

/// <summary>The commands that turn a value into one of another type; nil where it cannot be one.</summary>
internal static class Conversion
{
    public static IReadOnlyList<Command> Commands { get; } =
    [
        Of("tostr", value => Value.Of(value.ToText())),
        Of("tonum", ToNumber),
        Of("tobool", ToBoolean),
        Of("toid", value => value is IdValue ? value : Literal.ParseId(value.ToText())),
        Of("toip", value => ToAddress(value, AddressFamily.InterNetwork)),
        Of("toip6", value => ToAddress(value, AddressFamily.InterNetworkV6)),
        Of("totime", ToTime),
        Of("tonsec", ToNanoseconds),
        Of("toarray", ToArray),
    ];

    /// <summary>A span of time; a number counts seconds.</summary>
    public static Value? ToTime(Value value) => value switch
    {
        TimeValue => value,
        NumberValue { Number: > -922_337_203_685 and < 922_337_203_685 } number => new TimeValue(TimeSpan.FromTicks(number.Number * TimeSpan.TicksPerSecond)),
        TextValue text when Literal.ParseNumber(text.Content) is { } number => ToTime(number),
        TextValue text => Literal.ParseTime(text.Content),
        _ => null,
    };

    private static Value? ToNumber(Value value) => value switch
    {
        NumberValue => value,
        BooleanValue truth => Value.Of(truth.IsTrue ? 1 : 0),
        TimeValue time => Value.Of(time.Span.Ticks / TimeSpan.TicksPerSecond),
        AddressValue { Address.AddressFamily: AddressFamily.InterNetwork } address => Value.Of((long)AddressNumber.Of(address.Address)),
        TextValue text => Literal.ParseNumber(text.Content.Trim()),
        _ => null,
    };

    private static Value? ToBoolean(Value value) => value switch
    {
        BooleanValue => value,
        NumberValue number => Value.Of(number.Number != 0),
        TextValue text => Literal.TryParse(text.Content) as BooleanValue,
        _ => null,
    };

    private static Value? ToAddress(Value value, AddressFamily family)
    {
        Value? address = value switch
        {
            AddressValue => value,
            PrefixValue prefix => new AddressValue(prefix.Address),
            NumberValue { Number: >= 0 and <= uint.MaxValue } number when family == AddressFamily.InterNetwork =>
                AddressNumber.ToAddress((UInt128)number.Number, family),
            TextValue text => Literal.ParseAddress(text.Content),
            _ => null,
        };
        return address is AddressValue found && found.Address.AddressFamily == family ? found : null;
    }

    private static Value? ToNanoseconds(Value value) =>
        ToTime(value) is TimeValue { Span.Ticks: > long.MinValue / 100 and < long.MaxValue / 100 } time ? Value.Of(time.Span.Ticks * 100) : null;

    private static ArrayValue ToArray(Value value)
    {
        if (value is not TextValue text)
        {
            return new ArrayValue(Arrays.Elements(value));
        }

        string[] parts = text.Content.Length == 0 ? [] : text.Content.Split(',', StringSplitOptions.TrimEntries);
        Limits.CheckElements(parts.Length);
        return ArrayValue.Of(parts.Select(Value.Of));
    }

    private static Command Of(string name, Func<Value, Value?> convert) =>
        Command.Of(name, ["value"], call => convert(call["value"]) ?? Value.Nil);
}
