using System.Collections.Immutable;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Storage;

/// <summary>The whole configuration at one moment. Immutable, so that readers never wait and never see half a change.</summary>
public sealed class StoreSnapshot
{
    // Ids from here on are built-in items' or the running system's: the ids of new items do not follow them.
    private const ulong FirstSpecialId = 0xF0000000;

    private readonly ImmutableDictionary<Menu, ItemList> _items;
    private readonly ImmutableSortedDictionary<string, ulong> _nextIds;
    private readonly UniqueValues _uniques;
    private readonly ImmutableDictionary<Property, long> _freeNumbers;

    private StoreSnapshot(
        ImmutableDictionary<Menu, ItemList> items,
        ImmutableSortedDictionary<string, ulong> nextIds,
        UniqueValues uniques,
        ImmutableDictionary<Property, long> freeNumbers)
    {
        _items = items;
        _nextIds = nextIds;
        _uniques = uniques;
        _freeNumbers = freeNumbers;
    }

    /// <summary>The items of a menu in their order; for a settings menu its one item.</summary>
    public ImmutableArray<Item> Items(Menu menu) => List(menu).Items;

    /// <summary>The one item of a settings menu; defaults where nothing was ever set.</summary>
    public Item Settings(Menu menu) => Find(menu, 0) ?? new Item(menu, 0, ImmutableDictionary<string, Value>.Empty);

    /// <summary>The item with that id, or null.</summary>
    public Item? Find(Menu menu, ulong id) => List(menu).Find(id);

    /// <summary>The configuration of a router that was never configured: the built-in items and those that each router starts with.</summary>
    internal static StoreSnapshot Initial(Menu root)
    {
        var empty = new StoreSnapshot(
            ImmutableDictionary<Menu, ItemList>.Empty,
            ImmutableSortedDictionary.Create<string, ulong>(StringComparer.Ordinal),
            UniqueValues.None,
            ImmutableDictionary<Property, long>.Empty);
        return root.SelfAndDescendants()
            .SelectMany(menu => menu.BuiltIns.Concat(menu.FirstItems).Select(b => new Item(menu, b.Id, b.Values.ToImmutableDictionary())))
            .Aggregate(empty, (snapshot, item) =>
                snapshot.Add(item, before: null).WithNextId(IdSpace(item.Menu), item.Id < FirstSpecialId ? item.Id + 1 : 1));
    }

    /// <summary>The lowest id never given in each space, by the name of the space.</summary>
    internal IEnumerable<KeyValuePair<string, ulong>> NextIds => _nextIds;

    /// <summary>The space in which ids of a menu are unique: menus whose names share a group share their ids too, so that an interface has
    /// the same id in <c>/interface</c> and in the menu of its kind.</summary>
    internal static string IdSpace(Menu menu) => menu.Property("name")?.UniqueIn ?? menu.Path;

    internal ulong NextId(Menu menu) => _nextIds.GetValueOrDefault(IdSpace(menu), 1UL);

    internal ItemList List(Menu menu) => _items.GetValueOrDefault(menu, ItemList.Empty);

    /// <summary>True where another item than that one has the value in a property of the group.</summary>
    internal bool IsTaken(string group, Value value, Item by) => _uniques.IsTaken(group, value, by);

    /// <summary>The stored item of a menu with that name; null where there is none.</summary>
    internal Item? Named(Menu menu, Value name)
    {
        if (MenuIndex.GroupOf(menu) is not { } group)
        {
            return Items(menu).FirstOrDefault(i => name.Equals(i["name"]));
        }

        foreach ((Menu holder, ulong id) in _uniques.HoldersOf(group, name))
        {
            if (holder == menu)
            {
                return Find(menu, id);
            }
        }

        return null;
    }

    /// <summary>The lowest number that a made-up name may have: all below it are taken.</summary>
    /// <param name="property">A property with a <see cref="Property.NamePattern"/>.</param>
    internal long FreeNumber(Property property) => _freeNumbers.GetValueOrDefault(property, 1);

    /// <summary>The same where all numbers below one were found taken.</summary>
    internal StoreSnapshot WithFreeNumber(Property property, long number) =>
        FreeNumber(property) == number ? this : new(_items, _nextIds, _uniques, _freeNumbers.SetItem(property, number));

    /// <summary>The same with one more item, in front of another or at the end.</summary>
    internal StoreSnapshot Add(Item item, ulong? before) =>
        new(_items.SetItem(item.Menu, List(item.Menu).Add(item, before)), _nextIds, _uniques.With(null, item), _freeNumbers);

    /// <summary>The same with an item in the place of the one with its id.</summary>
    internal StoreSnapshot Replace(Item item)
    {
        Item before = Find(item.Menu, item.Id)!;
        return new(_items.SetItem(item.Menu, List(item.Menu).Replace(item)), _nextIds, _uniques.With(before, item), FreeNumbersWithout(before, item));
    }

    /// <summary>The same without an item.</summary>
    internal StoreSnapshot Remove(Item item)
    {
        Item before = Find(item.Menu, item.Id)!;
        return new(_items.SetItem(item.Menu, List(item.Menu).Remove(item.Id)), _nextIds, _uniques.With(before, null), FreeNumbersWithout(before, null));
    }

    /// <summary>The same with no id below <paramref name="next"/> given again in that space.</summary>
    internal StoreSnapshot WithNextId(string idSpace, ulong next) =>
        _nextIds.GetValueOrDefault(idSpace, 1UL) >= next ? this : new(_items, _nextIds.SetItem(idSpace, next), _uniques, _freeNumbers);

    // A number that an item had in its name is free again. Names of one group may be in another menu with another pattern, so each is asked.
    private ImmutableDictionary<Property, long> FreeNumbersWithout(Item before, Item? after)
    {
        ImmutableDictionary<Property, long> numbers = _freeNumbers;
        foreach ((Property property, long free) in _freeNumbers)
        {
            if (before[property.Name] is TextValue name && property.NumberOf(name.Content) is { } number && number < free && !name.Equals(after?[property.Name]))
            {
                numbers = numbers.SetItem(property, number);
            }
        }

        return numbers;
    }
}
