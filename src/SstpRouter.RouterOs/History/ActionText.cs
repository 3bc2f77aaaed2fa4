using System.Text;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;
using SstpRouter.RouterOs.Values;
using SstpRouter.RouterOs.Verbs;

namespace SstpRouter.RouterOs.History;

/// <summary>Changes in words, for the log and the history.</summary>
internal static class ActionText
{
    private const string Hidden = "*****";

    /// <summary>What was done: <c>ppp secret &lt;alice&gt; added</c>. Where several items changed, each text once; what only follows (references to an
    /// item that was renamed) is not named.</summary>
    public static string Of(IReadOnlyList<ItemChange> changes) => string.Join(", ", Lines(changes).Distinct());

    /// <summary>One text an item.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<ItemChange> changes) => changes.Where(c => c.Menu == changes[0].Menu).Select(Of);

    /// <summary>The commands that make a change, without passwords and keys.</summary>
    /// <param name="changes">The change.</param>
    /// <param name="isUndo">True for the commands that take it back.</param>
    public static string Commands(IReadOnlyList<ItemChange> changes, bool isUndo) =>
        string.Join("; ", (isUndo ? changes.Reverse() : changes).Select(c => Command(c, isUndo ? c.After : c.Before, isUndo ? c.Before : c.After)));

    private static string Of(ItemChange change)
    {
        Item item = change.After ?? change.Before!;
        string verb = change.Before is null ? "added" : change.After is null ? "removed"
            : change.IsPlaced && change.Before.Values.Equals(change.After.Values) ? "moved" : "changed";
        return Name(change.Menu.HistoryName ?? change.Menu.ItemNoun, change.Before ?? item) + " " + verb;
    }

    private static string Name(string pattern, Item item)
    {
        int start = pattern.IndexOf('{', StringComparison.Ordinal);
        int end = pattern.IndexOf('}', StringComparison.Ordinal);
        return start < 0 ? pattern : pattern[..start] + item[pattern[(start + 1)..end]]?.ToText() + pattern[(end + 1)..];
    }

    private static string Command(ItemChange change, Item? from, Item? to)
    {
        var text = new StringBuilder(change.Menu.Path);
        if (to is null)
        {
            return text.Append("/remove ").Append(new IdValue(from!.Id).ToText()).ToString();
        }

        text.Append(from is null ? "/add" : change.Menu.Kind == MenuKind.Settings ? "/set" : "/set " + new IdValue(to.Id).ToText());
        foreach (Property property in change.Menu.Properties.Where(p => !p.IsReadOnly).OrderBy(p => p.Name, StringComparer.Ordinal))
        {
            Value? value = to.Values.GetValueOrDefault(property.Name);
            if (!Equals(value, from?.Values.GetValueOrDefault(property.Name)))
            {
                text.Append(' ').Append(Assignment(property, value));
            }
        }

        return text.ToString();
    }

    private static string Assignment(Property property, Value? value)
    {
        Value? shown = value ?? property.Default;
        return shown is null ? "!" + property.Name
            : property.Name + "=" + (property.IsSensitive ? Hidden : Quoting.Quote(property.Type.Format(shown)));
    }
}
