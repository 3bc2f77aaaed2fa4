using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;

namespace SstpRouter.RouterOs.Verbs;

/// <summary>The items that a command of a menu is about, for the standard commands and for those that services bring (<c>monitor</c>).</summary>
public static class SelectedRows
{
    /// <summary>Finds what the argument <c>numbers</c> (<c>number</c> where one item is meant) means: item numbers, ids, names, lists of them.</summary>
    /// <exception cref="Language.ScriptError">Nothing was given (<c>expected item id</c>), or something that is not there
    /// (<c>no such item</c>).</exception>
    public static IReadOnlyList<Row> Of(ConfigurationStore store, CommandInvocation invocation)
    {
        Menu menu = invocation.Menu;
        IReadOnlyList<Row> rows = store.Rows(menu);
        IReadOnlyList<ulong> numbered = invocation.Session.Numbers.Of(menu)
            ?? [.. rows.Where(r => !(r.IsDynamic && menu.DynamicRowsUnnumbered)).Select(r => r.Id)];
        return ItemSelection.Resolve(invocation[ItemVerbs.Numbers] ?? invocation[ItemVerbs.Number], rows, numbered, invocation.Position);
    }
}
