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
            foreach (string command in Commands(change))
            {
                text.Append(change.Menu.ExportPath).Append(' ').Append(command).Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>A whole configuration, menu by menu.</summary>
    public static string Of(Menu root, StoreSnapshot snapshot)
    {
        var text = new StringBuilder();
        StoreSnapshot initial = StoreSnapshot.Initial(root);
        foreach ((string space, ulong next) in snapshot.NextIds.Except(initial.NextIds))
        {
            text.Append(PrivateMark).Append("next-id ").Append(new IdValue(next).ToText()).Append(' ').Append(space).Append('\n');
        }

        foreach (Menu menu in root.SelfAndDescendants().OrderBy(m => m.ExportRank).ThenBy(m => m.Path, StringComparer.Ordinal))
        {
            ItemChange[] changes =
            [
                .. menu.FirstItems.Where(f => snapshot.Find(menu, f.Id) is null).Select(f => new ItemChange(initial.Find(menu, f.Id), null)),
                .. snapshot.Items(menu).Select(i => new ItemChange(Before(initial, i), i) { IsPlaced = IsMoved(initial, snapshot, i) }),
            ];
            string[] commands = [.. changes.SelectMany(Commands)];
            if (commands.Length > 0)
            {
                text.Append(menu.ExportPath).Append('\n');
                text.AppendJoin('\n', commands).Append('\n');
            }
        }

        return text.ToString();
    }

    private static Item? Before(StoreSnapshot initial, Item item) =>
        item.Menu.Kind == MenuKind.Settings ? initial.Settings(item.Menu) : initial.Find(item.Menu, item.Id);

    // Items that are there from the start stand at the head unless somebody moved them: then each goes to the end when its turn comes.
    private static bool IsMoved(StoreSnapshot initial, StoreSnapshot snapshot, Item item) =>
        item.Menu.Kind == MenuKind.Items && initial.Find(item.Menu, item.Id) is not null
        && !initial.Items(item.Menu).Select(i => i.Id).Where(id => snapshot.Find(item.Menu, id) is not null)
            .SequenceEqual(snapshot.Items(item.Menu).Select(i => i.Id).Take(initial.Items(item.Menu).Count(i => snapshot.Find(item.Menu, i.Id) is not null)));

    private static IEnumerable<string> Commands(ItemChange change)
    {
        (Item? before, Item? after) = (change.Before, change.After);
        if (after is null)
        {
            yield return "remove " + Id(before!);
            yield break;
        }

        string[] assignments = [.. Assignments(change)];
        string place = change is { IsPlaced: true, Next: { } next } ? " .before=" + new IdValue(next).ToText() : "";
        if (before is null)
        {
            yield return string.Join(' ', assignments.Prepend("add .id=" + Id(after) + place));
            yield break;
        }

        if (assignments.Length > 0)
        {
            yield return string.Join(' ', assignments.Prepend(change.Menu.Kind == MenuKind.Settings ? "set" : "set " + Id(after)));
        }

        if (change.IsPlaced)
        {
            yield return "move " + Id(after) + place;
        }
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
