namespace SstpRouter.RouterOs.History;

/// <summary>The last actions: those that can be undone, and behind them those that were undone and can be done again.</summary>
/// <remarks>Whoever changes it holds the store's lock; <see cref="Shown"/> may be read at any time.</remarks>
internal sealed class ChangeStack
{
    // Each keeps an item as it was and as it is: an action may touch ten thousand.
    internal const int MostChanges = 5_000;

    private readonly List<HistoryAction> _actions = [];
    private int _done;
    private ulong _recorded;
    private volatile IReadOnlyList<(HistoryAction Action, bool IsDone)> _shown = [];

    /// <summary>All of them, the newest first, with whether they are in effect.</summary>
    public IReadOnlyList<(HistoryAction Action, bool IsDone)> Shown => _shown;

    /// <summary>The number of the next action.</summary>
    public ulong NextNumber => _recorded + 1;

    public HistoryAction? NextUndo => _done > 0 ? _actions[_done - 1] : null;

    public HistoryAction? NextRedo => _done < _actions.Count ? _actions[_done] : null;

    /// <summary>Keeps one more; what was undone cannot be done again from then on. The oldest are forgotten: beyond a hundred, or where they touched
    /// more items than <see cref="MostChanges"/> altogether; the newest is always kept.</summary>
    public void Record(DateTimeOffset time, Storage.WishedChange change)
    {
        _actions.RemoveRange(_done, _actions.Count - _done);
        _actions.Add(new HistoryAction(++_recorded, time, change));
        int changes = _actions.Sum(a => a.Change.Changes.Count);
        while (_actions.Count > ISafeMode.MostActions || (changes > MostChanges && _actions.Count > 1))
        {
            changes -= _actions[0].Change.Changes.Count;
            _actions.RemoveAt(0);
        }

        _done = _actions.Count;
        Show();
    }

    /// <summary>Counts one action as undone, or as done again.</summary>
    public void Step(bool isUndo)
    {
        _done += isUndo ? -1 : 1;
        Show();
    }

    /// <summary>Counts all from that number on as undone.</summary>
    public void UndoneFrom(ulong number)
    {
        _done = Math.Min(_done, _actions.Count(a => a.Number < number));
        Show();
    }

    private void Show() => _shown = [.. _actions.Select((a, i) => (a, i < _done)).Reverse()];
}
