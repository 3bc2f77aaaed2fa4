using System.Collections.Concurrent;
using SstpRouter.RouterOs.Schema;

namespace SstpRouter.RouterOs.Storage;

/// <summary>What every change asks of the menu tree, found once: which menus share their names, and which hold the values of a group. The tree
/// must be whole. Safe to use from many threads.</summary>
/// <param name="root">The root of the menus.</param>
internal sealed class MenuIndex(Menu root)
{
    private readonly ConcurrentDictionary<string, Menu[]> _namesakes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (Menu Menu, Property Property)[]> _holders = new(StringComparer.Ordinal);

    public Menu Root => root;

    /// <summary>The menus whose items a reference to a menu can mean: itself, those whose names are of its group, and those below it whose
    /// names are of a group (<c>/interface</c> stands for every kind of interface). None where there is no such menu.</summary>
    /// <param name="menuPath">For example <c>/ppp/profile</c>.</param>
    public IReadOnlyList<Menu> Namesakes(string menuPath) =>
        _namesakes.GetOrAdd(menuPath, static (path, root) => root.Find(path) is { } target ? NamesakesOf(root, target) : [], root);

    /// <summary>The menus with a property whose values must be unique in a group, and that property.</summary>
    public IReadOnlyList<(Menu Menu, Property Property)> Holders(string group) => _holders.GetOrAdd(
        group,
        static (group, root) => [.. root.SelfAndDescendants().SelectMany(m => m.Properties.Where(p => p.UniqueIn == group).Select(p => (m, p)))],
        root);

    /// <summary>The group in which a menu's names are unique; null where they need not be.</summary>
    public static string? GroupOf(Menu menu) => menu.Property("name")?.UniqueIn;

    private static Menu[] NamesakesOf(Menu root, Menu target)
    {
        string? group = GroupOf(target);
        return [.. root.SelfAndDescendants().Where(m =>
            m == target || (GroupOf(m) is { } other && (group is null ? target.SelfAndDescendants().Contains(m) : other == group)))];
    }
}
