using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Storage;

/// <summary>A stored item that names another one.</summary>
/// <param name="Item">The item that names.</param>
/// <param name="Property">The property in which it does.</param>
internal sealed record ItemReference(Item Item, Property Property)
{
    /// <summary>The references by value to an item of <paramref name="menu"/> called <paramref name="name"/>; defaults do not count.</summary>
    public static List<ItemReference> To(MenuIndex menus, Menu menu, string name, StoreSnapshot snapshot)
    {
        var found = new List<ItemReference>();
        foreach (Menu referring in menus.Root.SelfAndDescendants())
        {
            foreach (Property property in referring.Properties)
            {
                if (property.Type.ReferencedMenu is { } path && menus.Namesakes(path).Contains(menu))
                {
                    found.AddRange(snapshot.Items(referring)
                        .Where(i => i.Values.TryGetValue(property.Name, out Value? value) && property.Type.RefersTo(value, name))
                        .Select(i => new ItemReference(i, property)));
                }
            }
        }

        return found;
    }
}
