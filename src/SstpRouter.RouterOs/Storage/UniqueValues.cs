using System.Collections.Immutable;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Storage;

/// <summary>Which items have which value in the properties that must be unique, so that a new item need not be compared with all others.
/// Immutable.</summary>
internal sealed class UniqueValues
{
    private readonly ImmutableDictionary<(string Group, Value Value), ImmutableList<(Menu Menu, ulong Id)>> _holders;

    private UniqueValues(ImmutableDictionary<(string Group, Value Value), ImmutableList<(Menu Menu, ulong Id)>> holders) => _holders = holders;

    public static UniqueValues None { get; } =
        new(ImmutableDictionary<(string Group, Value Value), ImmutableList<(Menu Menu, ulong Id)>>.Empty);

    public bool IsTaken(string group, Value value, Item by) =>
        _holders.TryGetValue((group, value), out ImmutableList<(Menu Menu, ulong Id)>? holders)
        && holders.Exists(h => h != (by.Menu, by.Id));

    public UniqueValues With(Item item) => Change(item, static (holders, item) => holders.Add((item.Menu, item.Id)));

    public UniqueValues Without(Item item) => Change(item, static (holders, item) => holders.Remove((item.Menu, item.Id)));

    private UniqueValues Change(Item item, Func<ImmutableList<(Menu Menu, ulong Id)>, Item, ImmutableList<(Menu Menu, ulong Id)>> change)
    {
        ImmutableDictionary<(string Group, Value Value), ImmutableList<(Menu Menu, ulong Id)>> holders = _holders;
        foreach ((string Group, Value Value) key in KeysOf(item))
        {
            ImmutableList<(Menu Menu, ulong Id)> changed = change(holders.GetValueOrDefault(key, []), item);
            holders = changed.IsEmpty ? holders.Remove(key) : holders.SetItem(key, changed);
        }

        return new UniqueValues(holders);
    }

    private static IEnumerable<(string Group, Value Value)> KeysOf(Item item)
    {
        foreach (Property property in item.Menu.Properties)
        {
            if (property.UniqueIn is { } group && item[property.Name] is { } value)
            {
                yield return (group, value);
            }
        }

        if (Together(item) is { } together)
        {
            yield return (item.Menu.Path, together);
        }
    }

    /// <summary>The values that must be unique together, as one value in the group that is called like the menu's path; null where there are none.</summary>
    public static Value? Together(Item item) => item.Menu.UniqueTogether is var (properties, _)
        ? ArrayValue.Of(properties.Select(p => item[p] ?? Value.Nothing))
        : null;
}
