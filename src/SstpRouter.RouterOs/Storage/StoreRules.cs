using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Storage;

/// <summary>What holds for every transaction, whoever makes it.</summary>
internal static class StoreRules
{
    /// <summary>Refuses a transaction by throwing.</summary>
    public static void Check(MenuIndex menus, IReadOnlyList<ItemChange> changes, StoreSnapshot after, IReferenceScope references)
    {
        foreach (ItemChange change in changes)
        {
            if (change.After is { } item)
            {
                CheckBuiltInName(change);
                CheckSupported(change, item);
                CheckUnique(menus, change, item, after);
                CheckUniqueTogether(item, after);
                item.Menu.Check?.Invoke(item, references);
            }
            else
            {
                CheckUnused(menus, change.Before!, after);
            }
        }
    }

    // Defaults name built-in items (profile=default), so these names have to stay.
    private static void CheckBuiltInName(ItemChange change)
    {
        if (change is { Before: { } before, After: { } after } && before.Menu.BuiltIns.Any(b => b.Id == before.Id)
            && !Equals(before["name"], after["name"]))
        {
            throw ScriptError.Failure("can not rename default " + before.Menu.ItemNoun.Split(' ')[^1]);
        }
    }

    private static void CheckSupported(ItemChange change, Item item)
    {
        foreach (Property property in item.Menu.Properties)
        {
            if (IsNew(change, property) && property.Refusal(item[property.Name]) is { } refusal)
            {
                throw ScriptError.Failure(refusal);
            }
        }
    }

    private static void CheckUnique(MenuIndex menus, ItemChange change, Item item, StoreSnapshot after)
    {
        foreach (Property property in item.Menu.UniqueProperties)
        {
            if (property.UniqueIn is { } group && IsNew(change, property) && item[property.Name] is { } value
                && (IsTaken(menus, group, value, item, after) || (property.Name == "name" && IsTakenAbove(value, item, after))))
            {
                throw ScriptError.Failure(property.DuplicateText);
            }
        }
    }

    private static void CheckUniqueTogether(Item item, StoreSnapshot after)
    {
        if (UniqueValues.Together(item) is { } together && after.IsTaken(item.Menu.Path, together, item))
        {
            throw ScriptError.Failure(item.Menu.UniqueTogether!.Value.DuplicateText);
        }
    }

    private static bool IsTaken(MenuIndex menus, string group, Value value, Item item, StoreSnapshot after) =>
        after.IsTaken(group, value, item)
        || menus.Holders(group).Any(h => h.Menu.State?.Shows(h.Property.Name, value) == true);

    private static bool Carries(Menu menu, string propertyName, Value value, Item item, StoreSnapshot after) =>
        after.Items(menu).Any(i => !(menu == item.Menu && i.Id == item.Id) && value.Equals(i[propertyName]))
        || menu.State?.Shows(propertyName, value) == true;

    // A list above (/interface) shows what no menu of items holds: the names that the hardware has.
    private static bool IsTakenAbove(Value name, Item item, StoreSnapshot after)
    {
        for (Menu? above = item.Menu.Parent; above is { Kind: MenuKind.Items }; above = above.Parent)
        {
            if (Carries(above, "name", name, item, after))
            {
                return true;
            }
        }

        return false;
    }

    // A name that nothing carries any more could not be read back, so the item stays as long as it is used.
    private static void CheckUnused(MenuIndex menus, Item removed, StoreSnapshot after)
    {
        if (removed["name"] is TextValue name
            && ItemReference.To(menus, removed.Menu, name.Content, after) is [ItemReference first, ..])
        {
            string user = (first.Item["name"] as TextValue)?.Content is { } userName ? $" <{userName}>" : "";
            throw ScriptError.Failure(
                $"{removed.Menu.ItemNoun} <{name.Content}> is used by {first.Item.Menu.ExportPath}{user} {first.Property.Name}, change that first");
        }
    }

    private static bool IsNew(ItemChange change, Property property) =>
        change.Before is null || !Equals(change.Before[property.Name], change.After![property.Name]);
}
