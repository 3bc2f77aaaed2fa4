using System.Globalization;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Schema;

/// <summary>One property of a menu: a row of the manual's table.</summary>
public sealed class Property
{
    /// <summary>Declares a property.</summary>
    /// <param name="name">The name as typed: lower case, words joined by hyphens.</param>
    /// <param name="type">What it may hold.</param>
    /// <param name="description">One sentence for help and reference.</param>
    public Property(string name, PropertyType type, string description)
    {
        Name = name;
        Type = type;
        Description = description;
    }

    /// <summary>The name as typed.</summary>
    public string Name { get; }

    /// <summary>What it may hold.</summary>
    public PropertyType Type { get; }

    /// <summary>One sentence for help and reference.</summary>
    public string Description { get; }

    /// <summary>The value of an item that does not set it; null where there is none (then nothing is printed).</summary>
    public Value? Default { get; init; }

    /// <summary>The value that <c>add</c> stores when the property is not given and that differs from <see cref="Default"/> in meaning, such as
    /// <c>disabled=yes</c> of the PPP clients; null: the same as <see cref="Default"/>.</summary>
    public Value? AddDefault { get; init; }

    /// <summary>True where <c>add</c> fails without it: <c>missing value(s) of argument(s) NAME</c>.</summary>
    public bool IsRequired { get; init; }

    /// <summary>True for state that only the system sets (<c>running</c>, <c>uptime</c>).</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>True for passwords and keys: left out of <c>export</c> unless asked for, never logged, never kept in a command history.</summary>
    public bool IsSensitive { get; init; }

    /// <summary>True where <c>unset</c> and <c>!name</c> take the value away.</summary>
    public bool IsUnsettable { get; init; }

    /// <summary>True where writing the default value by hand means something else than not writing it, so that <c>export</c> keeps it.</summary>
    public bool ExplicitMatters { get; init; }

    /// <summary>True where only the default can be used today; anything else is refused: <c>failure: NAME is not supported yet</c>.</summary>
    public bool OnlyDefaultSupported { get; init; }

    /// <summary>Words that it may not hold yet; refused as with <see cref="OnlyDefaultSupported"/>.</summary>
    public IReadOnlyList<string> NotSupported { get; init; } = [];

    /// <summary>What <c>add</c> gives it where the user does not: made from who adds and when; null: see <see cref="AddDefault"/>.</summary>
    public Func<ISession, DateTimeOffset, Value>? MadeByAdd { get; init; }

    /// <summary>True for what says who has added an item, which a copy of it says anew.</summary>
    public bool IsOfAdder { get; init; }

    /// <summary>The refusal of a value that cannot be used today; null where it can.</summary>
    public string? Refusal(Value? value) =>
        (OnlyDefaultSupported && !Equals(value, Default)) || (value is TextValue text && NotSupported.Contains(text.Content))
            ? $"{Name} is not supported yet"
            : null;

    /// <summary>True for what <c>print</c> never shows in the detail layout because it has a place of its own (<c>disabled</c>, <c>comment</c>).</summary>
    public bool IsHiddenInDetail { get; init; }

    /// <summary>True where the detail layout begins a new line with it.</summary>
    public bool StartsLine { get; init; }

    /// <summary>True for what the store keeps for itself, under a name that starts with a dot (the hash of a password): no command shows or sets it.</summary>
    public bool IsPrivate => Name[0] == '.';

    /// <summary>Decides from the item's other values whether <c>print</c> shows it; null: always.</summary>
    public Func<IPropertySource, bool>? ShownWhen { get; init; }

    /// <summary>The group in which the value must be unique (<c>interface</c> for the names of all interfaces); null: it need not be.</summary>
    public string? UniqueIn { get; init; }

    /// <summary>The refusal of a second item with the same value, without <c>failure: </c>.</summary>
    public string DuplicateText { get; init; } = "item with such name already exists";

    /// <summary>The pattern of a name that <c>add</c> makes up, with <c>#</c> for the lowest free number from 1 (<c>sstp-out#</c>); null: none.</summary>
    public string? NamePattern { get; init; }

    /// <summary>The name that <c>add</c> makes up with a number.</summary>
    internal string NameWith(long number) => NamePattern!.Replace("#", number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    /// <summary>The number in a name that <c>add</c> could have made up; null in any other.</summary>
    internal long? NumberOf(string name)
    {
        int mark = NamePattern!.IndexOf('#', StringComparison.Ordinal);
        int behind = NamePattern.Length - mark - 1;
        return name.Length > mark + behind
            && long.TryParse(name.AsSpan(mark, name.Length - mark - behind), NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            && NameWith(number) == name
            ? number
            : null;
    }
}

/// <summary>Anything that has property values: a stored item, a dynamic row, a draft.</summary>
public interface IPropertySource
{
    /// <summary>The value of a property, its default where the item sets none, or null where there is neither.</summary>
    Value? this[string propertyName] { get; }
}
