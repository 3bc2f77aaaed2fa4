using System.Collections.Immutable;
using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Storage;

/// <summary>A change in the making: edits that become one transaction, or nothing.</summary>
/// <remarks>A draft belongs to the call of <see cref="ConfigurationStore.Commit(Action{StoreDraft})"/> that made it and is of no use
/// after it.</remarks>
public sealed class StoreDraft
{
    private readonly Menu _root;
    private readonly StoreSnapshot _base;
    private readonly bool _isReplay;
    private readonly List<(Menu Menu, ulong Id)> _touched = [];
    private readonly HashSet<(Menu Menu, ulong Id)> _touchedSet = [];

    internal StoreDraft(Menu root, StoreSnapshot snapshot, bool isReplay = false)
    {
        _root = root;
        _base = snapshot;
        _isReplay = isReplay;
        Snapshot = snapshot;
    }

    /// <summary>The configuration as the edits so far leave it.</summary>
    public StoreSnapshot Snapshot { get; private set; }

    /// <summary>What references of new values are looked up in.</summary>
    public IReferenceScope References => new SnapshotReferences(_root, Snapshot, _isReplay);

    /// <summary>Adds an item at the end of a menu.</summary>
    /// <param name="menu">A menu of items.</param>
    /// <param name="values">What is set, each value as the type of its property makes it.</param>
    /// <returns>The item with the id it was given.</returns>
    public Item Add(Menu menu, IEnumerable<KeyValuePair<string, Value>> values) => Add(menu, Snapshot.NextId(menu), values);

    /// <summary>Puts an item in the place of the one with its id; for a settings menu the item itself.</summary>
    /// <exception cref="ScriptError">There is no item with that id.</exception>
    public void Replace(Item item)
    {
        RequireKnown(item.Menu, item.Values.Keys);
        ImmutableArray<Item> items = Snapshot.Items(item.Menu);
        int index = IndexOf(items, item.Id);
        if (index < 0 && item.Menu.Kind != MenuKind.Settings)
        {
            throw ScriptError.NoSuchItem();
        }

        Touch(item.Menu, item.Id);
        Snapshot = Snapshot.With(item.Menu, index < 0 ? [item] : items.SetItem(index, item));
    }

    /// <summary>Removes an item.</summary>
    /// <exception cref="ScriptError">There is none with that id, or it is built in.</exception>
    public void Remove(Menu menu, ulong id)
    {
        ImmutableArray<Item> items = Snapshot.Items(menu);
        int index = IndexOf(items, id);
        if (index < 0)
        {
            throw ScriptError.NoSuchItem();
        }

        if (menu.BuiltIns.Any(b => b.Id == id))
        {
            throw ScriptError.Failure("can not remove default " + menu.ItemNoun.Split(' ')[^1]);
        }

        Touch(menu, id);
        Snapshot = Snapshot.With(menu, items.RemoveAt(index));
    }

    internal Item Add(Menu menu, ulong id, IEnumerable<KeyValuePair<string, Value>> values)
    {
        var item = new Item(menu, id, values.ToImmutableDictionary());
        RequireKnown(menu, item.Values.Keys);
        if (menu.Kind != MenuKind.Items)
        {
            throw new ArgumentException($"{menu.Path} holds no items", nameof(menu));
        }

        if (Snapshot.Find(menu, id) is not null)
        {
            throw ScriptError.Failure($"item {new IdValue(id).ToText()} already exists");
        }

        Touch(menu, id);
        Snapshot = Snapshot.With(menu, Snapshot.Items(menu).Add(item)).WithNextId(StoreSnapshot.IdSpace(menu), checked(id + 1));
        return item;
    }

    internal void KeepIdsFrom(string idSpace, ulong next) => Snapshot = Snapshot.WithNextId(idSpace, next);

    /// <summary>Follows renames, refuses what must not be, and says what changed, in the order of the edits.</summary>
    internal IReadOnlyList<ItemChange> Finish()
    {
        foreach ((Menu menu, string from, string to) in Renames())
        {
            RenameReferences(menu, from, to);
        }

        ItemChange[] changes = [.. Changes()];
        StoreRules.Check(_root, changes, Snapshot, References);
        return changes;
    }

    private List<(Menu Menu, string From, string To)> Renames() =>
        [.. Changes().Where(c => c is { Before: not null, After: not null })
            .Select(c => (c.Menu, From: NameOf(c.Before!), To: NameOf(c.After!)))
            .Where(r => r.From is not null && r.To is not null && r.From != r.To)
            .Select(r => (r.Menu, r.From!, r.To!))];

    private IEnumerable<ItemChange> Changes()
    {
        foreach ((Menu menu, ulong id) in _touched)
        {
            Item? before = menu.Kind == MenuKind.Settings ? _base.Settings(menu) : _base.Find(menu, id);
            Item? after = Snapshot.Find(menu, id);
            if ((before ?? after) is not null && !HaveSameValues(before, after))
            {
                yield return new ItemChange(before, after);
            }
        }
    }

    private void RenameReferences(Menu renamed, string from, string to)
    {
        foreach (ItemReference reference in ItemReference.To(_root, renamed, from, Snapshot))
        {
            // Read again: an item may name the renamed one in two properties.
            Item item = Snapshot.Items(reference.Item.Menu).First(i => i.Id == reference.Item.Id);
            Replace(item with { Values = item.Values.SetItem(reference.Property.Name, Value.Of(to)) });
        }
    }

    private void Touch(Menu menu, ulong id)
    {
        if (_touchedSet.Add((menu, id)))
        {
            _touched.Add((menu, id));
        }
    }

    private static void RequireKnown(Menu menu, IEnumerable<string> names)
    {
        if (names.FirstOrDefault(n => menu.Property(n) is null) is { } unknown)
        {
            throw new ArgumentException($"{menu.Path} has no property {unknown}");
        }
    }

    private static string? NameOf(Item item) => (item["name"] as TextValue)?.Content;

    private static bool HaveSameValues(Item? before, Item? after) =>
        before is not null && after is not null
        && before.Values.Count == after.Values.Count
        && before.Values.All(p => after.Values.TryGetValue(p.Key, out Value? value) && value.Equals(p.Value));

    private static int IndexOf(ImmutableArray<Item> items, ulong id)
    {
        for (int i = 0; i < items.Length; i++)
        {
            if (items[i].Id == id)
            {
                return i;
            }
        }

        return -1;
    }
}
