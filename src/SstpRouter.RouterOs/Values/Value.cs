using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text;

namespace SstpRouter.RouterOs.Values;

/// <summary>A value of the RouterOS language: what a literal means, what a property holds, what a command returns.</summary>
/// <remarks>Values are immutable and compare by content. A property that is not set is absent, not <see cref="NilValue"/>.</remarks>
public abstract record Value
{
    /// <summary>The value of a command that returns none; an undefined variable. Prints as empty text.</summary>
    public static readonly Value Nothing = new NothingValue();

    /// <summary>The value of a search without result. Prints as empty text.</summary>
    public static readonly Value Nil = new NilValue();

    /// <summary>The name that <c>:typeof</c> gives: <c>num</c>, <c>str</c>, <c>ip-prefix</c> and so on.</summary>
    public abstract string TypeName { get; }

    /// <summary>The text that <c>:put</c> prints and that a quoted string takes in for this value.</summary>
    public abstract string ToText();

    /// <summary>How much memory it holds, roughly and in characters: what scripts are limited by.</summary>
    public virtual long Size => 16;

    /// <inheritdoc/>
    public sealed override string ToString() => ToText();

    /// <summary>Text as a value.</summary>
    public static Value Of(string text) => new TextValue(text);

    /// <summary>A whole number as a value.</summary>
    public static Value Of(long number) => new NumberValue(number);

    /// <summary>A truth value.</summary>
    public static Value Of(bool value) => new BooleanValue(value);
}

/// <summary>No value at all; see <see cref="Value.Nothing"/>.</summary>
public sealed record NothingValue : Value
{
    /// <inheritdoc/>
    public override string TypeName => "nothing";

    /// <inheritdoc/>
    public override string ToText() => "";
}

/// <summary>The empty result; see <see cref="Value.Nil"/>.</summary>
public sealed record NilValue : Value
{
    /// <inheritdoc/>
    public override string TypeName => "nil";

    /// <inheritdoc/>
    public override string ToText() => "";
}

/// <summary>A signed 64-bit whole number.</summary>
/// <param name="Number">The number.</param>
public sealed record NumberValue(long Number) : Value
{
    /// <inheritdoc/>
    public override string TypeName => "num";

    /// <inheritdoc/>
    public override string ToText() => Number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A truth value. <c>:put</c> says <c>true</c> or <c>false</c>; a property prints it as <c>yes</c> or <c>no</c>.</summary>
/// <param name="IsTrue">The truth value.</param>
public sealed record BooleanValue(bool IsTrue) : Value
{
    /// <inheritdoc/>
    public override string TypeName => "bool";

    /// <inheritdoc/>
    public override string ToText() => IsTrue ? "true" : "false";
}

/// <summary>Text.</summary>
/// <param name="Content">The text; any Unicode, never null.</param>
public sealed record TextValue(string Content) : Value
{
    /// <inheritdoc/>
    public override string TypeName => "str";

    /// <inheritdoc/>
    public override long Size => 16 + Content.Length;

    /// <inheritdoc/>
    public override string ToText() => Content;
}

/// <summary>An IPv4 or IPv6 address.</summary>
/// <param name="Address">The address.</param>
public sealed record AddressValue(IPAddress Address) : Value
{
    /// <inheritdoc/>
    public override string TypeName => Address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? "ip6" : "ip";

    /// <inheritdoc/>
    public override string ToText() => Address.ToString();
}

/// <summary>An IPv4 or IPv6 prefix. The host bits are kept as they were written, because <c>10.0.0.1/24</c> is also an address with its length.</summary>
/// <param name="Address">The address, host bits included.</param>
/// <param name="Length">The prefix length in bits: 0..32 or 0..128.</param>
public sealed record PrefixValue(IPAddress Address, int Length) : Value
{
    /// <inheritdoc/>
    public override string TypeName => Address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? "ip6-prefix" : "ip-prefix";

    /// <inheritdoc/>
    public override string ToText() => string.Create(CultureInfo.InvariantCulture, $"{Address}/{Length}");
}

/// <summary>The internal id of an item.</summary>
/// <param name="Id">The id; printed as <c>*</c> and upper-case hexadecimal.</param>
public sealed record IdValue(ulong Id) : Value
{
    /// <inheritdoc/>
    public override string TypeName => "id";

    /// <inheritdoc/>
    public override string ToText() => string.Create(CultureInfo.InvariantCulture, $"*{Id:X}");
}

/// <summary>A span of time.</summary>
/// <param name="Span">The span; whole nanoseconds below the tick are not kept.</param>
public sealed record TimeValue(TimeSpan Span) : Value
{
    /// <inheritdoc/>
    public override string TypeName => "time";

    /// <summary>The long form: <c>1w2d03:04:05</c>, with a fraction only if there is one.</summary>
    public override string ToText()
    {
        TimeSpan span = Span.Duration();
        var text = new StringBuilder(Span < TimeSpan.Zero ? "-" : "");
        int weeks = span.Days / 7;
        int days = span.Days % 7;
        if (weeks > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"{weeks}w");
        }

        if (days > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"{days}d");
        }

        text.Append(CultureInfo.InvariantCulture, $"{span.Hours:00}:{span.Minutes:00}:{span.Seconds:00}");
        long fraction = span.Ticks % TimeSpan.TicksPerSecond;
        if (fraction > 0)
        {
            text.Append('.').Append(fraction.ToString("0000000", CultureInfo.InvariantCulture).TrimEnd('0'));
        }

        return text.ToString();
    }

    /// <summary>The short form of properties: <c>1w2d3h4m5s</c>, zero parts left out, <c>0s</c> for nothing.</summary>
    public string ToShortText()
    {
        TimeSpan span = Span.Duration();
        var text = new StringBuilder();
        Append(span.Days / 7, "w");
        Append(span.Days % 7, "d");
        Append(span.Hours, "h");
        Append(span.Minutes, "m");
        Append(span.Seconds, "s");
        Append(span.Milliseconds, "ms");
        return text.Length == 0 ? "0s" : (Span < TimeSpan.Zero ? "-" : "") + text;

        void Append(int amount, string unit)
        {
            if (amount > 0)
            {
                text.Append(amount.ToString(CultureInfo.InvariantCulture)).Append(unit);
            }
        }
    }
}

/// <summary>An ordered array whose elements may carry a key.</summary>
/// <remarks>One that holds more than <see cref="MaxSize"/>, or is nested deeper than <see cref="MaxDepth"/>, cannot be made: an element may be
/// the same array many times over, which costs nothing to build and more than any memory to print.</remarks>
public sealed record ArrayValue : Value
{
    /// <summary>The greatest <see cref="Value.Size"/> of an array, its elements and theirs included.</summary>
    public const long MaxSize = 8 * 1024 * 1024;

    /// <summary>How deep arrays may be nested.</summary>
    public const int MaxDepth = 64;

    private readonly int _depth = 1;

    /// <summary>Makes an array.</summary>
    /// <param name="entries">The elements; those without a key come first, keyed ones follow in key order.</param>
    /// <exception cref="Language.ScriptError">It would hold too much or be nested too deeply.</exception>
    public ArrayValue(ImmutableArray<ArrayEntry> entries)
    {
        Entries = entries;
        long size = 16;
        foreach (ArrayEntry entry in entries)
        {
            size += entry.Value.Size + (entry.Key?.Length ?? 0);
            _depth = entry.Value is ArrayValue inner ? Math.Max(_depth, inner._depth + 1) : _depth;
            if (size > MaxSize || _depth > MaxDepth)
            {
                throw new Language.ScriptError(_depth > MaxDepth ? "array is nested too deeply" : "array has too many elements");
            }
        }

        Size = size;
    }

    /// <summary>The elements; those without a key come first, keyed ones follow in key order.</summary>
    public ImmutableArray<ArrayEntry> Entries { get; }

    /// <inheritdoc/>
    public override long Size { get; }

    /// <summary>The array without elements.</summary>
    public static readonly ArrayValue Empty = new([]);

    /// <summary>An array of values without keys.</summary>
    public static ArrayValue Of(IEnumerable<Value> values) => new([.. values.Select(v => new ArrayEntry(null, v))]);

    /// <inheritdoc/>
    public override string TypeName => "array";

    /// <summary>The elements joined by <c>;</c>, keyed ones as <c>key=value</c>.</summary>
    public override string ToText() =>
        string.Join(';', Entries.Select(e => e.Key is null ? e.Value.ToText() : e.Key + "=" + e.Value.ToText()));

    /// <inheritdoc/>
    public bool Equals(ArrayValue? other) => other is not null && Entries.SequenceEqual(other.Entries);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (ArrayEntry entry in Entries)
        {
            hash.Add(entry);
        }

        return hash.ToHashCode();
    }
}

/// <summary>One element of an <see cref="ArrayValue"/>.</summary>
/// <param name="Key">The key, or null.</param>
/// <param name="Value">The value.</param>
public readonly record struct ArrayEntry(string? Key, Value Value);
