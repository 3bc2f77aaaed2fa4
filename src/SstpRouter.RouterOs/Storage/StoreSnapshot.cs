using System.Collections.Immutable;
using SstpRouter.RouterOs.Schema;

namespace SstpRouter.RouterOs.Storage;

/// <summary>The whole configuration at one moment. Immutable, so that readers never wait and never see half a change.</summary>
public sealed class StoreSnapshot
{
    private readonly ImmutableDictionary<Menu, ImmutableArray<Item>> _items;
    private readonly ImmutableSortedDictionary<string, ulong> _nextIds;

    private StoreSnapshot(ImmutableDictionary<Menu, ImmutableArray<Item>> items, ImmutableSortedDictionary<string, ulong> nextIds)
    {
        _items = items;
        _nextIds = nextIds;
    }

    /// <summary>The items of a menu in their order; for a settings menu its one item.</summary>
    public ImmutableArray<Item> Items(Menu menu) => _items.TryGetValue(menu, out ImmutableArray<Item> items) ? items : [];

    /// <summary>The one item of a settings menu; defaults where nothing was ever set.</summary>
    public Item Settings(Menu menu) =>
        Items(menu) is [Item item, ..] ? item : new Item(menu, 0, ImmutableDictionary<string, Values.Value>.Empty);

    /// <summary>The item with that id, or null.</summary>
    public Item? Find(Menu menu, ulong id)
    {
        foreach (Item item in Items(menu))
        {
            if (item.Id == id)
            {
                return item;
            }
        }

        return null;
    }

    /// <summary>The configuration of a router that was never configured: the built-in items and nothing else.</summary>
    internal static StoreSnapshot Initial(Menu root)
    {
        var items = ImmutableDictionary.CreateBuilder<Menu, ImmutableArray<Item>>();
        foreach (Menu menu in root.SelfAndDescendants().Where(m => m.BuiltIns.Count > 0))
        {
            items[menu] = [.. menu.BuiltIns.Select(b => new Item(menu, b.Id, b.Values.ToImmutableDictionary()))];
        }

        return new StoreSnapshot(items.ToImmutable(), ImmutableSortedDictionary.Create<string, ulong>(StringComparer.Ordinal));
    }

    /// <summary>The lowest id never given in each space, by the name of the space.</summary>
    internal IEnumerable<KeyValuePair<string, ulong>> NextIds => _nextIds;

    /// <summary>The space in which ids of a menu are unique: menus whose names share a group share their ids too, so that an interface has
    /// the same id in <c>/interface</c> and in the menu of its kind.</summary>
    internal static string IdSpace(Menu menu) => menu.Property("name")?.UniqueIn ?? menu.Path;

    internal ulong NextId(Menu menu) => _nextIds.GetValueOrDefault(IdSpace(menu), 1UL);

    internal StoreSnapshot With(Menu menu, ImmutableArray<Item> items) => new(_items.SetItem(menu, items), _nextIds);

    /// <summary>The same with no id below <paramref name="next"/> given again in that space.</summary>
    internal StoreSnapshot WithNextId(string idSpace, ulong next) =>
        _nextIds.GetValueOrDefault(idSpace, 1UL) >= next ? this : new(_items, _nextIds.SetItem(idSpace, next));
}
