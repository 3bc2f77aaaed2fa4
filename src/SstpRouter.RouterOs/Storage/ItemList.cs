using System.Collections.Immutable;

namespace SstpRouter.RouterOs.Storage;

/// <summary>The items of a menu in their order. Immutable; each change makes a new list that shares nearly all of the old one, at a cost that
/// hardly grows with the number of items.</summary>
internal sealed class ItemList
{
    // Room between two places for items that come in between; when it is used up, the places are given anew.
    private const ulong Stride = 1UL << 32;

    private readonly ImmutableSortedSet<Placed> _order;
    private readonly ImmutableDictionary<ulong, Placed> _byId;
    private ImmutableArray<Item> _items;

    private ItemList(ImmutableSortedSet<Placed> order, ImmutableDictionary<ulong, Placed> byId)
    {
        _order = order;
        _byId = byId;
    }

    public static ItemList Empty { get; } =
        new(ImmutableSortedSet.Create<Placed>(PlaceOrder.Instance), ImmutableDictionary<ulong, Placed>.Empty);

    public int Count => _order.Count;

    /// <summary>All of them; the array is made when it is first asked for.</summary>
    public ImmutableArray<Item> Items
    {
        get
        {
            if (_items.IsDefault)
            {
                ImmutableInterlocked.InterlockedInitialize(ref _items, [.. _order.Select(p => p.Item)]);
            }

            return _items;
        }
    }

    public static ItemList Of(IEnumerable<Item> items) => items.Aggregate(Empty, (list, item) => list.Add(item, before: null));

    /// <summary>The item with that id, or null.</summary>
    public Item? Find(ulong id) => _byId.GetValueOrDefault(id)?.Item;

    /// <summary>The place of an item that is there, from 0.</summary>
    public int IndexOf(ulong id) => _order.IndexOf(_byId[id]);

    /// <summary>The id of the item behind that one; null for the last.</summary>
    public ulong? NextOf(ulong id)
    {
        int index = _order.IndexOf(_byId[id]);
        return index + 1 < _order.Count ? _order[index + 1].Item.Id : null;
    }

    /// <summary>Adds an item that is not there, in front of another or at the end.</summary>
    public ItemList Add(Item item, ulong? before)
    {
        (ulong low, ulong high) = Gap(before);
        if (high - low < 2)
        {
            return Of(Items).Add(item, before);
        }

        var placed = new Placed(before is null ? low + Stride : low + ((high - low) / 2), item);
        return new ItemList(_order.Add(placed), _byId.Add(item.Id, placed));
    }

    /// <summary>Puts an item in the place of the one with its id.</summary>
    public ItemList Replace(Item item)
    {
        Placed old = _byId[item.Id];
        var placed = new Placed(old.Place, item);
        return new ItemList(_order.Remove(old).Add(placed), _byId.SetItem(item.Id, placed));
    }

    public ItemList Remove(ulong id) => new(_order.Remove(_byId[id]), _byId.Remove(id));

    // The places between which an item in front of another one comes.
    private (ulong Low, ulong High) Gap(ulong? before)
    {
        if (before is null)
        {
            return (_order.Count == 0 ? Stride : _order.Max!.Place, ulong.MaxValue);
        }

        Placed next = _byId[before.Value];
        int index = _order.IndexOf(next);
        return (index == 0 ? 0 : _order[index - 1].Place, next.Place);
    }

    private sealed record Placed(ulong Place, Item Item);

    private sealed class PlaceOrder : IComparer<Placed>
    {
        public static PlaceOrder Instance { get; } = new();

        public int Compare(Placed? x, Placed? y) => x!.Place.CompareTo(y!.Place);
    }
}
