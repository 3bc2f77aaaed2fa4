using System.Collections.Immutable;
using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Storage;

/// <summary>A change in the making: edits that become one transaction, or nothing.</summary>
/// <remarks>A draft belongs to the call of <see cref="ConfigurationStore.Commit(Action{StoreDraft}, ISession?)"/> that made it and is of no use
/// after it.</remarks>
public sealed class StoreDraft
{
    private readonly MenuIndex _menus;
    private readonly StoreSnapshot _base;
    private readonly bool _isReplay;
    private readonly bool _isImport;
    private readonly List<(Menu Menu, ulong Id)> _touched = [];
    private readonly HashSet<(Menu Menu, ulong Id)> _touchedSet = [];
    private readonly HashSet<(Menu Menu, ulong Id)> _placed = [];

    internal StoreDraft(MenuIndex menus, StoreSnapshot snapshot, bool isReplay = false, bool isImport = false)
    {
        _menus = menus;
        _base = snapshot;
        _isReplay = isReplay;
        _isImport = isImport;
        Snapshot = snapshot;
    }

    /// <summary>The configuration as the edits so far leave it.</summary>
    public StoreSnapshot Snapshot { get; private set; }

    /// <summary>What references of new values are looked up in.</summary>
    public IReferenceScope References => new SnapshotReferences(_menus, Snapshot, _isReplay, _isImport);

    /// <summary>Adds an item to a menu.</summary>
    /// <param name="menu">A menu of items.</param>
    /// <param name="values">What is set, each value as the type of its property makes it.</param>
    /// <param name="before">The id of the item that it comes in front of; null: it comes at the end.</param>
    /// <returns>The item with the id it was given.</returns>
    /// <exception cref="ScriptError">There is no item with the id <paramref name="before"/>.</exception>
    public Item Add(Menu menu, IEnumerable<KeyValuePair<string, Value>> values, ulong? before = null) =>
        Add(menu, Snapshot.NextId(menu), values, before);

    /// <summary>Puts an item in the place of the one with its id; for a settings menu the item itself.</summary>
    /// <exception cref="ScriptError">There is no item with that id.</exception>
    public void Replace(Item item)
    {
        RequireKnown(item.Menu, item.Values.Keys);
        bool isThere = Snapshot.Find(item.Menu, item.Id) is not null;
        if (!isThere && item.Menu.Kind != MenuKind.Settings)
        {
            throw ScriptError.NoSuchItem();
        }

        Touch(item.Menu, item.Id);
        Snapshot = isThere ? Snapshot.Replace(item) : Snapshot.Add(item, before: null);
    }

    /// <summary>Moves an item in front of another or, with null, to the end.</summary>
    /// <exception cref="ScriptError">There is no item with one of the ids.</exception>
    public void Move(Menu menu, ulong id, ulong? before)
    {
        Item item = Snapshot.Find(menu, id) ?? throw ScriptError.NoSuchItem();
        RequirePlace(menu, before);
        if (before != id && Snapshot.List(menu).NextOf(id) != before)
        {
            Touch(menu, id);
            _placed.Add((menu, id));
            Snapshot = Snapshot.Remove(item).Add(item, before);
        }
    }

    /// <summary>Removes an item.</summary>
    /// <exception cref="ScriptError">There is none with that id, or it is built in.</exception>
    public void Remove(Menu menu, ulong id)
    {
        Item item = Snapshot.Find(menu, id) ?? throw ScriptError.NoSuchItem();
        if (menu.BuiltIns.Any(b => b.Id == id))
        {
            throw ScriptError.Failure("can not remove default " + menu.ItemNoun.Split(' ')[^1]);
        }

        Touch(menu, id);
        _placed.Remove((menu, id));
        Snapshot = Snapshot.Remove(item);
    }

    /// <summary>Brings a menu to what it was in another snapshot: values, items and their order. Ids that were given since stay given.</summary>
    internal void Restore(Menu menu, StoreSnapshot earlier)
    {
        ImmutableArray<Item> wanted = menu.Kind == MenuKind.Settings ? [earlier.Settings(menu)] : earlier.Items(menu);
        foreach (Item item in Snapshot.Items(menu).Where(i => menu.Kind == MenuKind.Items && earlier.Find(menu, i.Id) is null))
        {
            Remove(menu, item.Id);
        }

        ulong? next = null;
        for (int i = wanted.Length - 1; i >= 0; i--)
        {
            Item item = wanted[i];
            if (menu.Kind == MenuKind.Settings || Snapshot.Find(menu, item.Id) is not null)
            {
                Replace(item);
            }
            else
            {
                Add(menu, item.Id, item.Values, next);
            }

            if (menu.Kind == MenuKind.Items)
            {
                Move(menu, item.Id, next);
                next = item.Id;
            }
        }
    }

    internal Item Add(Menu menu, ulong id, IEnumerable<KeyValuePair<string, Value>> values, ulong? before = null)
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

        RequirePlace(menu, before);
        Touch(menu, id);
        if (before is not null)
        {
            _placed.Add((menu, id));
        }

        Snapshot = Snapshot.Add(item, before).WithNextId(StoreSnapshot.IdSpace(menu), checked(id + 1));
        return item;
    }

    /// <summary>The name that <c>add</c> makes up: the pattern with the lowest number that nothing is called by.</summary>
    internal Value FreeName(Menu menu, Property property)
    {
        long number = Snapshot.FreeNumber(property);
        IReferenceScope references = References;
        while (references.Has(menu.Path, property.NameWith(number)))
        {
            number++;
        }

        Snapshot = Snapshot.WithFreeNumber(property, number);
        return Value.Of(property.NameWith(number));
    }

    internal void KeepIdsFrom(string idSpace, ulong next) => Snapshot = Snapshot.WithNextId(idSpace, next);

    /// <summary>Follows renames, refuses what must not be, and says what changed: items that were put somewhere come last, the last of a menu
    /// first, so that each finds the one that it comes in front of.</summary>
    internal IReadOnlyList<ItemChange> Finish()
    {
        foreach ((Menu menu, string from, string to) in Renames())
        {
            RenameReferences(menu, from, to);
        }

        return FinishAsWritten();
    }

    /// <summary>The same where the edits say themselves what becomes of the references to an item that is renamed.</summary>
    internal IReadOnlyList<ItemChange> FinishAsWritten()
    {
        IReadOnlyList<ItemChange> changes = FinishTrusted();
        StoreRules.Check(_menus, changes, Snapshot, References);
        return changes;
    }

    /// <summary>The same without a look at the rules: the configuration has been as it is now before.</summary>
    internal IReadOnlyList<ItemChange> FinishTrusted()
    {
        ItemChange[] changes = [.. Changes()];
        if (_placed.Count == 0)
        {
            return changes;
        }

        IEnumerable<ItemChange> placed = _placed.Select(p => p.Menu).Distinct()
            .SelectMany(menu => Snapshot.Items(menu).Reverse())
            .Where(i => _placed.Contains((i.Menu, i.Id)))
            .Select(i => new ItemChange(_base.Find(i.Menu, i.Id), i) { IsPlaced = true, Next = Snapshot.List(i.Menu).NextOf(i.Id) });
        return [.. changes.Where(c => c.After is not { } item || !_placed.Contains((item.Menu, item.Id))), .. placed];
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
        foreach (ItemReference reference in ItemReference.To(_menus, renamed, from, Snapshot))
        {
            // Read again: an item may name the renamed one in two properties.
            Item item = Snapshot.Find(reference.Item.Menu, reference.Item.Id)!;
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

    private void RequirePlace(Menu menu, ulong? before)
    {
        if (before is { } id && Snapshot.Find(menu, id) is null)
        {
            throw ScriptError.NoSuchItem();
        }
    }
}
