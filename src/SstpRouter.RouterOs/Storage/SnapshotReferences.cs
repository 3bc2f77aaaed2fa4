using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Storage;

/// <summary>Looks references up in a snapshot and in what the running system shows.</summary>
/// <param name="root">The root of the menus.</param>
/// <param name="snapshot">The configuration.</param>
/// <param name="isReplay">True while a saved state is read back: then every name may still come.</param>
/// <param name="isImport">True while a whole configuration is imported: then what no configuration holds may still come, such as certificates
/// and the interfaces of the hardware.</param>
internal sealed class SnapshotReferences(Menu root, StoreSnapshot snapshot, bool isReplay, bool isImport = false) : IReferenceScope
{
    /// <summary>True while a saved state is read back.</summary>
    public bool IsReplay => isReplay;

    public IEnumerable<string> NamesOf(string menuPath) =>
        root.Find(menuPath) is { } target ? Namesakes(root, target).SelectMany(NamesIn).Distinct() : [];

    public bool IsComplete(string menuPath) =>
        !isReplay && root.Find(menuPath) is { } target && !(isImport && target is { NeedsState: true, IsExported: false }) && !Namesakes(root, target).Any(m => m.NeedsState && m.State is null);

    /// <summary>The menus whose items a reference to <paramref name="target"/> can mean: itself, those whose names are of its group, and
    /// those below it whose names are of a group (<c>/interface</c> stands for every kind of interface).</summary>
    public static IEnumerable<Menu> Namesakes(Menu root, Menu target)
    {
        string? group = GroupOf(target);
        return root.SelfAndDescendants().Where(m =>
            m == target || (GroupOf(m) is { } other && (group is null ? target.SelfAndDescendants().Contains(m) : other == group)));
    }

    private static string? GroupOf(Menu menu) => menu.Property("name")?.UniqueIn;

    private IEnumerable<string> NamesIn(Menu menu) =>
        snapshot.Items(menu).Select(NameOf).Concat((menu.State?.DynamicRows() ?? []).Select(NameOf)).OfType<string>();

    private static string? NameOf(IPropertySource item) => (item["name"] as TextValue)?.Content;
}
