using System.Collections.Immutable;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Storage;

/// <summary>Which items have which value in the properties that must be unique, so that an item is found by its name, and that a new one need
/// not be compared with all others. Immutable.</summary>
internal sealed class UniqueValues
{
    private readonly ImmutableDictionary<(string Group, Value Value), ImmutableArray<(Menu Menu, ulong Id)>> _holders;

    private UniqueValues(ImmutableDictionary<(string Group, Value Value), ImmutableArray<(Menu Menu, ulong Id)>> holders) => _holders = holders;

    public static UniqueValues None { get; } =
        new(ImmutableDictionary<(string Group, Value Value), ImmutableArray<(Menu Menu, ulong Id)>>.Empty);

    /// <summary>True where another item than that one has the value in a property of the group.</summary>
    public bool IsTaken(string group, Value value, Item by) => HoldersOf(group, value).Any(h => h != (by.Menu, by.Id));

    /// <summary>The items that have the value in a property of the group: more than one only while a change is made.</summary>
    public ImmutableArray<(Menu Menu, ulong Id)> HoldersOf(string group, Value value) => _holders.GetValueOrDefault((group, value), []);

    /// <summary>The same with an item as it is now; what has not changed with it costs nothing.</summary>
    /// <param name="before">The item as it was; null: it was not there.</param>
    /// <param name="after">The item as it is now; null: it is gone.</param>
    public UniqueValues With(Item? before, Item? after)
    {
        (string Group, Value Value)[] gone = before is null ? [] : [.. KeysOf(before)];
        (string Group, Value Value)[] come = after is null ? [] : [.. KeysOf(after)];
        ImmutableDictionary<(string Group, Value Value), ImmutableArray<(Menu Menu, ulong Id)>> holders = _holders;
        foreach ((string Group, Value Value) key in gone.AsSpan())
        {
            if (!come.Contains(key))
            {
                ImmutableArray<(Menu Menu, ulong Id)> left = holders[key].Remove((before!.Menu, before.Id));
                holders = left.IsEmpty ? holders.Remove(key) : holders.SetItem(key, left);
            }
        }

        foreach ((string Group, Value Value) key in come.AsSpan())
        {
            if (!gone.Contains(key))
            {
                holders = holders.SetItem(key, holders.GetValueOrDefault(key, []).Add((after!.Menu, after.Id)));
            }
        }

        return holders == _holders ? this : new UniqueValues(holders);
    }

    private static IEnumerable<(string Group, Value Value)> KeysOf(Item item)
    {
        foreach (Property property in item.Menu.UniqueProperties)
        {
            if (item[property.Name] is { } value)
            {
                yield return (property.UniqueIn!, value);
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
