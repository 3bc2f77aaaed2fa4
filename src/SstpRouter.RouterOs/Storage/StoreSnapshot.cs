using System.Collections.Immutable;
using SstpRouter.RouterOs.Schema;

namespace SstpRouter.RouterOs.Storage;

/// <summary>The whole configuration at one moment. Immutable, so that readers never wait and never see half a change.</summary>
public sealed class StoreSnapshot
{
    private readonly ImmutableDictionary<Menu, ImmutableArray<Item>> _items;

    internal StoreSnapshot(ImmutableDictionary<Menu, ImmutableArray<Item>> items)
    {
        _items = items;
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

    internal StoreSnapshot With(Menu menu, ImmutableArray<Item> items) => new(_items.SetItem(menu, items));
}
