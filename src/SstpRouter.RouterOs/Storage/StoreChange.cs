using System.Collections.Immutable;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Storage;

/// <summary>One stored item: an id and what is set. Immutable; a property that stands at its default need not be there.</summary>
/// <param name="Menu">The menu it belongs to.</param>
/// <param name="Id">The id; 0 for the one item of a settings menu.</param>
/// <param name="Values">What is set, by property name.</param>
public sealed record Item(Menu Menu, ulong Id, ImmutableDictionary<string, Value> Values) : IPropertySource
{
    /// <summary>The value of a property, its default where the item sets none, or null where there is neither.</summary>
    public Value? this[string propertyName] =>
        propertyName == ".id" ? new IdValue(Id)
        : Values.TryGetValue(propertyName, out Value? value) ? value : Menu.Property(propertyName)?.Default;

    /// <summary>True where the user set the property, be it to its default.</summary>
    public bool IsSet(string propertyName) => Values.ContainsKey(propertyName);
}

/// <summary>One item of a change: added (no before), changed, or removed (no after).</summary>
/// <param name="Before">The item as it was, or null.</param>
/// <param name="After">The item as it is now, or null.</param>
public sealed record ItemChange(Item? Before, Item? After)
{
    /// <summary>The menu of the item.</summary>
    public Menu Menu => (After ?? Before)!.Menu;

    /// <summary>True where the item was put at a place of its menu: added in front of another, or moved.</summary>
    public bool IsPlaced { get; init; }

    /// <summary>The id of the item that it was put in front of; null: at the end.</summary>
    public ulong? Next { get; init; }
}

/// <summary>A transaction that somebody wished.</summary>
/// <param name="Changes">Its changes.</param>
/// <param name="Before">The configuration before it.</param>
/// <param name="After">The configuration after it.</param>
/// <param name="By">Who wished it.</param>
internal sealed record WishedChange(IReadOnlyList<ItemChange> Changes, StoreSnapshot Before, StoreSnapshot After, ISession By);

/// <summary>Somebody who brings the system to what the store says.</summary>
public interface IStoreSubscriber
{
    /// <summary>Looks at a change before it is journalled; throws <see cref="Language.ScriptError"/> to refuse it whole.</summary>
    void Prepare(IReadOnlyList<ItemChange> changes, StoreSnapshot after);

    /// <summary>Carries a change out, after it is durable. Must not throw; what fails is reported beside the item.</summary>
    void Apply(IReadOnlyList<ItemChange> changes, StoreSnapshot after);
}
