using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;

namespace SstpRouter.RouterOs.History;

/// <summary>One thing that somebody did, as <c>/system history</c> shows it.</summary>
/// <param name="Number">Its number since the start, from 1.</param>
/// <param name="Time">When.</param>
/// <param name="Change">What changed, and who wished it.</param>
internal sealed record HistoryAction(ulong Number, DateTimeOffset Time, WishedChange Change)
{
    /// <summary>What it was, in words: <c>ppp secret &lt;alice&gt; added</c>.</summary>
    public string Text { get; } = ActionText.Of(Change.Changes);

    /// <summary>What one needs to do it.</summary>
    public Policies Policy => Change.Changes[0].Menu.ChangePolicies;

    /// <summary>Puts everything that it touched back as it was before.</summary>
    public void Undo(StoreDraft draft) => Bring(draft, Change.After, Change.Before);

    /// <summary>Does it again.</summary>
    public void Redo(StoreDraft draft) => Bring(draft, Change.Before, Change.After);

    // Only what differs: a property that somebody else has changed since stays as that one left it.
    private void Bring(StoreDraft draft, StoreSnapshot from, StoreSnapshot to)
    {
        ItemChange[] touched = [.. Change.Changes.Where(c => c.Menu.HasHistory)];
        foreach (ItemChange change in touched)
        {
            (Menu menu, ulong id) = (change.Menu, (change.After ?? change.Before)!.Id);
            if (menu.Kind == MenuKind.Settings)
            {
                draft.Replace(Merged(draft.Snapshot.Settings(menu), from.Settings(menu), to.Settings(menu)));
            }
            else if (to.Find(menu, id) is not { } wanted)
            {
                draft.Remove(menu, id);
            }
            else if (from.Find(menu, id) is { } left)
            {
                draft.Replace(Merged(draft.Snapshot.Find(menu, id) ?? throw Language.ScriptError.NoSuchItem(), left, wanted));
            }
        }

        // The last first, so that each finds the one that it stood in front of.
        IEnumerable<(Menu Menu, ulong Id, bool IsNew)> placed = touched.Where(c => c.Menu.Kind == MenuKind.Items)
            .Select(c => (c.Menu, (c.After ?? c.Before)!.Id, IsNew: from.Find(c.Menu, (c.After ?? c.Before)!.Id) is null, c.IsPlaced))
            .Where(p => to.Find(p.Menu, p.Id) is not null && (p.IsNew || p.IsPlaced))
            .OrderByDescending(p => to.List(p.Menu).IndexOf(p.Id))
            .Select(p => (p.Menu, p.Id, p.IsNew));
        foreach ((Menu menu, ulong id, bool isNew) in placed)
        {
            ulong? next = to.List(menu).NextOf(id);
            while (next is { } gone && draft.Snapshot.Find(menu, gone) is null)
            {
                next = to.List(menu).NextOf(gone);
            }

            if (isNew)
            {
                draft.Add(menu, id, to.Find(menu, id)!.Values, next);
            }
            else
            {
                draft.Move(menu, id, next);
            }
        }
    }

    private static Item Merged(Item now, Item from, Item to)
    {
        var values = now.Values.ToBuilder();
        foreach (string name in from.Values.Keys.Union(to.Values.Keys).Where(n => !Equals(from.Values.GetValueOrDefault(n), to.Values.GetValueOrDefault(n))))
        {
            if (to.Values.TryGetValue(name, out Values.Value? value))
            {
                values[name] = value;
            }
            else
            {
                values.Remove(name);
            }
        }

        return now with { Values = values.ToImmutable() };
    }
}
