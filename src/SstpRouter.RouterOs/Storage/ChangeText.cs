using System.Text;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Values;
using SstpRouter.RouterOs.Verbs;

namespace SstpRouter.RouterOs.Storage;

/// <summary>Items and changes as the lines of the state files: commands in export syntax, with ids, and with each value that is set.</summary>
/// <remarks>These lines say what a command did, not what was typed, so that reading them back gives the same items whatever defaults have
/// become since.</remarks>
internal static class ChangeText
{
    /// <summary>What starts a line that is ours alone: a comment to the language.</summary>
    public const string PrivateMark = "#. ";

    /// <summary>A transaction as commands, one line each.</summary>
    public static string Of(IReadOnlyList<ItemChange> changes)
    {
        var text = new StringBuilder();
        foreach (ItemChange change in changes)
        {
            text.Append(change.Menu.ExportPath).Append(' ').Append(Command(change)).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>A whole configuration, menu by menu.</summary>
    public static string Of(Menu root, StoreSnapshot snapshot)
    {
        var text = new StringBuilder();
        foreach ((string space, ulong next) in snapshot.NextIds)
        {
            text.Append(PrivateMark).Append("next-id ").Append(new IdValue(next).ToText()).Append(' ').Append(space).Append('\n');
        }

        StoreSnapshot initial = StoreSnapshot.Initial(root);
        foreach (Menu menu in root.SelfAndDescendants().OrderBy(m => m.ExportRank).ThenBy(m => m.Path, StringComparer.Ordinal))
        {
            ItemChange[] changes = [.. snapshot.Items(menu).Select(i => new ItemChange(Before(initial, i), i)).Where(IsChange)];
            if (changes.Length > 0)
            {
                text.Append(menu.ExportPath).Append('\n');
                text.AppendJoin('\n', changes.Select(Command)).Append('\n');
            }
        }

        return text.ToString();
    }

    private static Item? Before(StoreSnapshot initial, Item item) =>
        item.Menu.Kind == MenuKind.Settings ? initial.Settings(item.Menu) : initial.Find(item.Menu, item.Id);

    private static bool IsChange(ItemChange change) => change.Before is null || Assignments(change).Any();

    private static string Command(ItemChange change)
    {
        (Item? before, Item? after) = (change.Before, change.After);
        string words = after is null ? "remove " + Id(before!)
            : before is null ? "add .id=" + Id(after)
            : change.Menu.Kind == MenuKind.Settings ? "set"
            : "set " + Id(after);
        return after is null ? words : string.Join(' ', Assignments(change).Prepend(words));
    }

    private static IEnumerable<string> Assignments(ItemChange change)
    {
        foreach (Property property in change.Menu.Properties)
        {
            Value? value = change.After!.Values.GetValueOrDefault(property.Name);
            if (!Equals(value, change.Before?.Values.GetValueOrDefault(property.Name)))
            {
                yield return value is null ? "!" + property.Name : property.Name + "=" + Quoting.Quote(property.Type.Format(value));
            }
        }
    }

    private static string Id(Item item) => new IdValue(item.Id).ToText();
}
