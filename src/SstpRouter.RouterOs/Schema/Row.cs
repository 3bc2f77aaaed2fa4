using System.Collections.Immutable;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Schema;

/// <summary>One line of a menu as <c>print</c>, <c>find</c> and <c>get</c> see it: a stored item with its state, or a dynamic item of the running system.</summary>
public sealed class Row : IPropertySource
{
    private readonly Menu _menu;
    private readonly Dictionary<string, Value> _state = [];
    private readonly ImmutableDictionary<string, Value> _settings;

    /// <summary>Makes a row.</summary>
    /// <param name="menu">The menu it belongs to, which gives defaults.</param>
    /// <param name="id">Its id.</param>
    /// <param name="settings">What is set.</param>
    /// <param name="isDynamic">True where the system made it.</param>
    public Row(Menu menu, ulong id, ImmutableDictionary<string, Value> settings, bool isDynamic)
    {
        _menu = menu;
        _settings = menu.Properties.Any(p => p.IsPrivate) ? settings.RemoveRange(menu.Properties.Where(p => p.IsPrivate).Select(p => p.Name)) : settings;
        Id = id;
        IsDynamic = isDynamic;
        SetWhereKnown('X', this["disabled"] is BooleanValue { IsTrue: true });
        SetWhereKnown('D', isDynamic);
        SetWhereKnown('*', !isDynamic && menu.BuiltIns.Any(b => b.Id == id));
    }

    /// <summary>The id: stable across restarts for a stored item, for its lifetime for a dynamic one.</summary>
    public ulong Id { get; }

    /// <summary>True where the system made it; it is never exported and <c>set</c> refuses it.</summary>
    public bool IsDynamic { get; }

    /// <summary>The letters of the flags that are on. <c>X</c> (disabled), <c>D</c> (dynamic) and <c>*</c> (built in) are set from the
    /// start where the menu has them; the others are for the running system to set.</summary>
    public HashSet<char> Flags { get; } = [];

    /// <summary>Why the item could not be applied, shown beside the item; null where it could.</summary>
    public string? Fault { get; set; }

    /// <summary>The comment, or null.</summary>
    public string? Comment => this["comment"] is TextValue { Content.Length: > 0 } text ? text.Content : null;

    /// <summary>The value of a property: state first, then what is set, then the default. A flag's name is a truth value
    /// (<c>running</c>, <c>dynamic</c>), so that conditions can ask for it.</summary>
    public Value? this[string propertyName] =>
        propertyName == ".id" ? new IdValue(Id)
        : _state.TryGetValue(propertyName, out Value? state) ? state
        : _settings.TryGetValue(propertyName, out Value? value) ? value
        : _menu.Property(propertyName)?.Default ?? FlagNamed(propertyName);

    /// <summary>Shows a state value (<c>uptime</c>, <c>client-address</c>) in this row.</summary>
    public Row Show(string propertyName, Value value)
    {
        _state[propertyName] = value;
        return this;
    }

    private void SetWhereKnown(char letter, bool isOn)
    {
        if (isOn && _menu.Flags.Any(f => f.Letter == letter))
        {
            Flags.Add(letter);
        }
    }

    private Value? FlagNamed(string name)
    {
        foreach (MenuFlag flag in _menu.Flags)
        {
            if (flag.Name == name)
            {
                return Value.Of(Flags.Contains(flag.Letter));
            }
        }

        return null;
    }
}

/// <summary>What the running system shows in a menu. Calls come from session threads and must be quick and safe beside the system's own.</summary>
public interface IMenuState
{
    /// <summary>Adds flags and state to the row of a stored item.</summary>
    void Describe(Row row);

    /// <summary>The dynamic items, in the order they are shown behind the stored ones.</summary>
    IEnumerable<Row> DynamicRows();

    /// <summary>True where a dynamic item has that value, which no stored item may have then. Whoever has many of them finds it without a look
    /// at all.</summary>
    bool Shows(string propertyName, Value value) => DynamicRows().Any(r => value.Equals(r[propertyName]));

    /// <summary>Removes a dynamic item at the user's wish (<c>/ppp active remove</c>); false where the menu does not allow it.</summary>
    bool TryRemove(ulong id);
}
