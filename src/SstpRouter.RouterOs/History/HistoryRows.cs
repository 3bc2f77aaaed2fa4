using System.Collections.Immutable;
using System.Globalization;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.History;

/// <summary>Shows the actions in <c>/system history</c>.</summary>
internal sealed class HistoryRows(Menu menu, ChangeStack changes, RestorePoints points) : IMenuState
{
    public void Describe(Row row)
    {
        // No action is a stored item.
    }

    public IEnumerable<Row> DynamicRows()
    {
        IReadOnlyList<RestorePoint> set = points.All;
        foreach ((HistoryAction action, bool isDone) in changes.Shown)
        {
            Row row = new Row(menu, action.Number, ImmutableDictionary<string, Value>.Empty, isDynamic: true)
                .Show("redo", Value.Of(ActionText.Commands(action.Change.Changes, isUndo: false)))
                .Show("undo", Value.Of(ActionText.Commands(action.Change.Changes, isUndo: true)))
                .Show("action", Value.Of(action.Text))
                .Show("by", Value.Of(action.Change.By.UserName))
                .Show("policy", Value.Of(string.Join(',', PolicyNames.Of(action.Policy))))
                .Show("time", Value.Of(action.Time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)));
            row.Flags.Add(!isDone ? 'R' : set.Any(p => action.Number >= p.FirstAction) ? 'F' : 'U');
            yield return row;
        }
    }

    public bool TryRemove(ulong id) => false;
}

/// <summary>Shows who holds safe mode in <c>/safe-mode</c>.</summary>
internal sealed class SafeModeRow(SafeMode safeMode) : IMenuState
{
    public void Describe(Row row)
    {
        SafeModeHolder? holder = safeMode.Holder;
        row.Show("taken", Value.Of(holder is not null));
        if (holder is not null)
        {
            row.Show("by", Value.Of(holder.UserName))
                .Show("since", Value.Of(holder.Since.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)))
                .Show("actions", Value.Of(safeMode.Actions));
        }
    }

    public IEnumerable<Row> DynamicRows() => [];

    public bool TryRemove(ulong id) => false;
}

/// <summary>Shows what waits to be confirmed in <c>/system commit</c>.</summary>
internal sealed class CommitRow(CommitConfirm commit) : IMenuState
{
    public void Describe(Row row)
    {
        RestorePoint? armed = commit.Armed;
        row.Show("armed", Value.Of(armed is not null));
        if (armed is not null)
        {
            row.Show("by", Value.Of(armed.UserName))
                .Show("timeout", new TimeValue(armed.Timeout))
                .Show("remaining", new TimeValue(TimeSpan.FromSeconds(Math.Ceiling(commit.Remaining.TotalSeconds))));
        }
    }

    public IEnumerable<Row> DynamicRows() => [];

    public bool TryRemove(ulong id) => false;
}
