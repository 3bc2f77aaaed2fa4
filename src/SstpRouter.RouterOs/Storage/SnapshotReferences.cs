using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Storage;

/// <summary>Looks references up in a snapshot and in what the running system shows.</summary>
/// <param name="menus">The menus.</param>
/// <param name="snapshot">The configuration.</param>
/// <param name="isReplay">True while a saved state is read back: then every name may still come.</param>
/// <param name="isImport">True while a whole configuration is imported: then what no configuration holds may still come, such as certificates
/// and the interfaces of the hardware.</param>
internal sealed class SnapshotReferences(MenuIndex menus, StoreSnapshot snapshot, bool isReplay, bool isImport = false) : IReferenceScope
{
    /// <summary>True while a saved state is read back.</summary>
    public bool IsReplay => isReplay;

    public IEnumerable<string> NamesOf(string menuPath) => menus.Namesakes(menuPath).SelectMany(NamesIn).Distinct();

    public bool Has(string menuPath, string name)
    {
        Value value = Value.Of(name);
        foreach (Menu menu in menus.Namesakes(menuPath))
        {
            if (snapshot.Named(menu, value) is not null || menu.State?.Shows("name", value) == true)
            {
                return true;
            }
        }

        return false;
    }

    public bool IsComplete(string menuPath) =>
        !isReplay
        && menus.Namesakes(menuPath) is { Count: > 0 } namesakes
        && !(isImport && menus.Root.Find(menuPath) is { NeedsState: true, IsExported: false })
        && !namesakes.Any(m => m.NeedsState && m.State is null);

    private IEnumerable<string> NamesIn(Menu menu) =>
        snapshot.Items(menu).Select(NameOf).Concat((menu.State?.DynamicRows() ?? []).Select(NameOf)).OfType<string>();

    private static string? NameOf(IPropertySource item) => (item["name"] as TextValue)?.Content;
}
