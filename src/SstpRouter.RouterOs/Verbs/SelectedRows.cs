using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Verbs;

/// <summary>The items that a command of a menu is about, for the standard commands and for those that services bring (<c>monitor</c>).</summary>
public static class SelectedRows
{
    /// <summary>Finds what the argument <c>numbers</c> (<c>number</c> where one item is meant) means: item numbers, ids, names, lists of them.</summary>
    /// <param name="store">The configuration.</param>
    /// <param name="invocation">The command.</param>
    /// <param name="argument">The argument, where it has another name.</param>
    /// <exception cref="Language.ScriptError">Nothing was given (<c>expected item id</c>), or something that is not there
    /// (<c>no such item</c>).</exception>
    public static IReadOnlyList<Row> Of(ConfigurationStore store, CommandInvocation invocation, string argument = ItemVerbs.Numbers)
    {
        var rows = new StoredRows(store, invocation.Menu, invocation.Session);
        return ItemSelection.Resolve(
            invocation[argument] ?? invocation[ItemVerbs.Number], rows, invocation.Session.Numbers.Of(invocation.Menu), invocation.Position);
    }

    /// <summary>A script that walks through ten thousand items asks for each by itself: that must not cost a look at all of them.</summary>
    private sealed class StoredRows(ConfigurationStore store, Menu menu, ISession session) : IRowLookup
    {
        public IReadOnlyList<ulong> Numbered => [.. All.Where(r => !(r.IsDynamic && menu.DynamicRowsUnnumbered)).Select(r => r.Id)];

        private IReadOnlyList<Row> All => field ??= CommandPolicy.Visible(menu, store.Rows(menu), session);

        public Row? ById(ulong id) => store.Row(menu, id) is { } row ? CommandPolicy.Visible(menu, [row], session)[0] : null;

        public Row? ByName(string name) =>
            store.Current.Named(menu, Value.Of(name)) is { } item ? ById(item.Id) : All.FirstOrDefault(r => r["name"] is TextValue text && text.Content == name);
    }
}
