using System.Globalization;
using SstpRouter.RouterOs.Schema;

namespace SstpRouter.RouterOs.Storage;

/// <summary>Runs the text of a saved state and says what came out of it.</summary>
internal static class StateLoader
{
    private const string NextIdMark = ChangeText.PrivateMark + "next-id *";

    /// <summary>Makes the configuration that was saved, as far as it can be run.</summary>
    /// <param name="root">The menus.</param>
    /// <param name="saved">The text.</param>
    /// <param name="run">The language.</param>
    /// <param name="notices">Gets what could not be run or was noticed on the way.</param>
    public static StoreSnapshot Load(Menu root, SavedState saved, ScriptRunner run, List<StoreNotice> notices)
    {
        var menus = ReplayMenus.Over(root, StoreSnapshot.Initial(root));
        if (saved.Snapshot is { } snapshot)
        {
            Run(menus, StateDirectory.SnapshotName, StateForm.Modernise(snapshot, StateForm.Of(snapshot)), 0, run, notices);
            menus.Snapshot = ReadNextIds(snapshot, menus.Snapshot);
        }

        foreach ((string file, string text) in saved.Journals)
        {
            int form = StateForm.Of(text);
            foreach (JournalBlock block in Journal.Split(text))
            {
                Run(menus, file, block with { Text = StateForm.Modernise(block.Text, form) }, run, notices);
            }
        }

        return menus.Snapshot;
    }

    /// <summary>Makes the configuration of one text that was written whole.</summary>
    public static StoreSnapshot Load(Menu root, string text, ScriptRunner run, List<StoreNotice> notices) =>
        Load(root, new SavedState(text, [], [], []), run, notices);

    private static void Run(ReplayMenus menus, string file, JournalBlock block, ScriptRunner run, List<StoreNotice> notices)
    {
        if (block.IsIntact)
        {
            // The rules hold for a transaction as a whole: two items may have exchanged their names. Where they no longer hold, because they
            // are stricter than they were, as much of it counts as can.
            var found = new List<StoreNotice>();
            if (!menus.TryTogether(() => Run(menus, file, block.Text, block.Line - 1, run, found)))
            {
                found.Clear();
                Run(menus, file, block.Text, block.Line - 1, run, found);
            }

            notices.AddRange(found);
            return;
        }

        // Half a transaction is none: it was never confirmed to whoever made it.
        if (!block.IsClosed)
        {
            notices.Add(new StoreNotice(file, block.Line, "a change was being saved when the power went, it has no effect", block.Text));
            return;
        }

        StoreSnapshot before = menus.Snapshot;
        var faults = new List<StoreNotice>();
        Run(menus, file, block.Text, block.Line - 1, run, faults);
        if (faults.Count == 0)
        {
            notices.Add(new StoreNotice(file, block.Line, "was edited by hand, which is accepted"));
        }
        else
        {
            menus.Snapshot = before;
            notices.Add(new StoreNotice(file, faults[0].Line, "this change is damaged: " + faults[0].Text, block.Text));
        }
    }

    private static void Run(ReplayMenus menus, string file, string text, int lineOffset, ScriptRunner run, List<StoreNotice> notices) =>
        run(menus.Tree, new SilentSession(), text, fault => notices.Add(fault.ToNotice(file, lineOffset)));

    private static StoreSnapshot ReadNextIds(string text, StoreSnapshot snapshot)
    {
        foreach (string line in text.Split('\n').Where(l => l.StartsWith(NextIdMark, StringComparison.Ordinal)))
        {
            if (line[NextIdMark.Length..].Split(' ', 2) is [var digits, var space]
                && ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong next))
            {
                snapshot = snapshot.WithNextId(space, next);
            }
        }

        return snapshot;
    }
}
