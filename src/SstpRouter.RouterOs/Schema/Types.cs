using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Schema;

/// <summary>The property types that menus are declared with.</summary>
/// <remarks>Each says which <see cref="Value"/> an item then holds, so that who reads an item knows what to expect.</remarks>
public static class Types
{
    /// <summary>Free text, quoted by <c>print detail</c>; a <see cref="TextValue"/>.</summary>
    public static PropertyType Text { get; } = new TextType("text", isQuoted: true, mayBeEmpty: true);

    /// <summary>A script, which <c>print detail</c> shows line by line; a <see cref="TextValue"/>.</summary>
    public static PropertyType Script { get; } = new ScriptType();

    /// <summary>A name: free text that is not empty, quoted by <c>print detail</c>; a <see cref="TextValue"/>.</summary>
    public static PropertyType Name { get; } = new TextType("name", isQuoted: true, mayBeEmpty: false);

    /// <summary>Text that <c>print detail</c> does not quote; a <see cref="TextValue"/>.</summary>
    public static PropertyType Word { get; } = new TextType("text", isQuoted: false, mayBeEmpty: true);

    /// <summary>A SHA-256 fingerprint: 64 hexadecimal digits in either case, with or without colons; a <see cref="TextValue"/> in lower case
    /// without them.</summary>
    public static PropertyType Fingerprint { get; } = new FingerprintType();

    /// <summary><c>yes</c> or <c>no</c>, read also from <c>true</c> and <c>false</c>; a <see cref="BooleanValue"/>.</summary>
    public static PropertyType YesNo { get; } = new YesNoType();

    /// <summary>A port, 1..65535; a <see cref="NumberValue"/>.</summary>
    public static PropertyType Port { get; } = new NumberType(1, 65535);

    /// <summary>A span of time: <c>60</c> (seconds), <c>1m</c>, <c>1w2d03:04:05</c>; a <see cref="TimeValue"/>, printed in its short form.</summary>
    public static PropertyType Time { get; } = new TimeType();

    /// <summary>A day, <c>2024-10-25</c>; a <see cref="TextValue"/>.</summary>
    public static PropertyType Date { get; } = new DateType();

    /// <summary>The day of a value of type <see cref="Date"/>.</summary>
    public static DateOnly DayOf(Value value) => DateType.DayOf(value);

    /// <summary>A time of day, <c>23:59:00</c>; a <see cref="TimeValue"/> below one day.</summary>
    public static PropertyType TimeOfDay { get; } = new TimeOfDayType();

    /// <summary>Seconds, 1..4294967295, read also as a span of time (<c>1m</c>); a <see cref="NumberValue"/>, printed as a plain number.</summary>
    public static PropertyType Seconds { get; } = new SecondsType(1, uint.MaxValue);

    /// <summary>An IPv4 or IPv6 address; an <see cref="AddressValue"/>.</summary>
    public static PropertyType Address { get; } = new AddressType(takesIp6: true);

    /// <summary>An IPv4 address; an <see cref="AddressValue"/>.</summary>
    public static PropertyType Ip4 { get; } = new AddressType(takesIp6: false);

    /// <summary>A list of addresses (DNS servers); an <see cref="ArrayValue"/> of <see cref="AddressValue"/>, empty for <c>""</c>.</summary>
    public static PropertyType AddressList { get; } = new SequenceType(Address, "list of IP addresses");

    /// <summary>An IPv4 address (<see cref="AddressValue"/>) or the name of an item of <c>/ip/pool</c> (<see cref="TextValue"/>).</summary>
    public static PropertyType AddressOrPool { get; } = new AddressOrPoolType();

    /// <summary>An address (<see cref="AddressValue"/>) or a DNS name (<see cref="TextValue"/>).</summary>
    public static PropertyType HostOrAddress { get; } = new HostOrAddressType();

    /// <summary>A network, <c>10.0.0.0/24</c>: host bits are cleared, a missing length means the whole address; a <see cref="PrefixValue"/>.</summary>
    public static PropertyType Prefix { get; } = new PrefixType(keepsHostBits: false);

    /// <summary>Networks, <c>10.0.0.0/24,2001:db8::/32</c>; an <see cref="ArrayValue"/> of <see cref="PrefixValue"/>.</summary>
    public static PropertyType Networks { get; } = new SequenceType(Prefix, "list of networks with their lengths");

    /// <summary>An address with the length of its network, <c>10.0.0.1/24</c>; a <see cref="PrefixValue"/> with its host bits.</summary>
    public static PropertyType AddressWithLength { get; } = new PrefixType(keepsHostBits: true);

    /// <summary>Ranges of a pool, <c>10.0.0.2-10.0.0.9,10.1.0.0/24</c>; an <see cref="ArrayValue"/> of <see cref="TextValue"/>
    /// that <see cref="AddressRange.ListFrom"/> reads.</summary>
    public static PropertyType Ranges { get; } = new RangesType();

    /// <summary>A whole number within a range, read also as <c>0x1F</c>; a <see cref="NumberValue"/>.</summary>
    /// <param name="min">The least value.</param>
    /// <param name="max">The greatest value.</param>
    public static PropertyType Number(long min, long max) => new NumberType(min, max);

    /// <summary>One of some words, which may be shortened to an unambiguous prefix; a <see cref="TextValue"/> with the full word.</summary>
    /// <param name="words">The words, in the order of help.</param>
    public static PropertyType OneOf(params string[] words) => new OneOfType(words);

    /// <summary>Some of the given words, joined by commas; an <see cref="ArrayValue"/> of <see cref="TextValue"/>, each once, in the declared order.</summary>
    /// <param name="words">The words, in the order in which they are printed.</param>
    public static PropertyType ListOf(params string[] words) => new ListOfType(words);

    /// <summary>A type with one more word: <c>disabled</c>, <c>none</c>; that word is a <see cref="TextValue"/>.</summary>
    /// <param name="type">What else it may be.</param>
    /// <param name="word">The word.</param>
    public static PropertyType Or(PropertyType type, string word) => new OrType(type, word);

    /// <summary>The name of an item of another menu; a <see cref="TextValue"/> that follows when the item is renamed.</summary>
    /// <param name="menuPath">The menu in v7 form: <c>/ppp/profile</c>.</param>
    /// <param name="none">The word for no item; null where there must be one.</param>
    public static PropertyType Reference(string menuPath, string? none = null) => new ReferenceType(menuPath, none);

    internal static ScriptError Invalid(string propertyName) => new("invalid value for argument " + propertyName);

    /// <summary>What was given as the text of one word: a truth value as <c>yes</c>, an array as a comma list.</summary>
    internal static string TextOf(Value input) => input switch
    {
        BooleanValue { IsTrue: true } => "yes",
        BooleanValue => "no",
        ArrayValue array => string.Join(',', array.Entries.Select(e => TextOf(e.Value))),
        _ => input.ToText(),
    };

    /// <summary>The parts of a comma list; none for empty text.</summary>
    internal static string[] PartsOf(Value input)
    {
        string text = TextOf(input);
        return text.Length == 0 ? [] : text.Split(',', StringSplitOptions.TrimEntries);
    }
}
