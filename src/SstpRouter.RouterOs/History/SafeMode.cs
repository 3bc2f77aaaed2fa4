using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;

namespace SstpRouter.RouterOs.History;

/// <summary>A restore point that belongs to a session.</summary>
internal sealed class SafeMode : ISafeMode
{
    private readonly ConfigurationStore _store;
    private readonly ChangeStack _changes;
    private readonly RestorePoints _points;
    private readonly Action<string> _warn;

    public SafeMode(ConfigurationStore store, ChangeStack changes, RestorePoints points, Action<string> warn)
    {
        _store = store;
        _changes = changes;
        _points = points;
        _warn = warn;
        points.Dropped += point => Lose(point, SafeModeLoss.Unrolled);
    }

    public event Action<SafeModeHolder, SafeModeLoss>? Lost;

    public SafeModeHolder? Holder => Point is { } point ? HolderOf(point) : null;

    /// <summary>How many actions it would undo.</summary>
    public int Actions => Point is { } point ? _changes.Shown.Count(a => a.IsDone && a.Action.Number >= point.FirstAction) : 0;

    private RestorePoint? Point => _points[RestorePoints.SafeMode];

    public SafeModeOutcome Take(ISession by) => _store.Exclusively(() =>
    {
        if (Point is { } point)
        {
            return point.SessionId == by.Id ? SafeModeOutcome.AlreadyTaken : SafeModeOutcome.TakenByAnother;
        }

        _points.Set(RestorePoints.SafeMode, by, TimeSpan.Zero);
        return SafeModeOutcome.Done;
    });

    public SafeModeOutcome Release(ISession by) => End(by, _points.Remove, SafeModeLoss.Released);

    public SafeModeOutcome Unroll(ISession by) => End(by, _points.Restore, SafeModeLoss.Unrolled);

    public void SessionEnded(ISession session) => _store.Exclusively(() =>
    {
        if (Point is { } point && point.SessionId == session.Id)
        {
            Abandon(point, $"safe mode of user {point.UserName} ended with its session: its changes are undone");
        }

        return true;
    });

    /// <summary>Undoes what the last run left behind: its sessions are all over.</summary>
    public void Resume()
    {
        if (Point is { } point)
        {
            Abandon(point, $"safe mode of user {point.UserName} was not released before the router stopped: its changes are undone");
        }
    }

    /// <summary>Looks after a change; within its transaction.</summary>
    public void Follow()
    {
        if (Point is not { } point || _changes.NextNumber - point.FirstAction <= ISafeMode.MostActions)
        {
            return;
        }

        try
        {
            _points.Remove(point);
            _warn($"safe mode of user {point.UserName} ended: there are more than {ISafeMode.MostActions} actions, which stay");
            Lose(point, SafeModeLoss.TooManyActions);
        }
        catch (ScriptError error)
        {
            // The change itself is saved: what goes wrong here is none of its business, and the next one tries again.
            _warn(error.Message);
        }
    }

    private SafeModeOutcome End(ISession by, Action<RestorePoint> end, SafeModeLoss loss) => _store.Exclusively(() =>
    {
        if (Point is not { } point)
        {
            return SafeModeOutcome.NotTaken;
        }

        end(point);
        if (point.SessionId != by.Id)
        {
            Lose(point, loss);
        }

        return SafeModeOutcome.Done;
    });

    private void Abandon(RestorePoint point, string text)
    {
        try
        {
            _points.Restore(point);
            _warn(text);
        }
        catch (ScriptError error)
        {
            // The mark stays: the next start tries again, and so may anybody by unroll.
            _warn($"safe mode of user {point.UserName} could not be undone: {error.Message}");
        }
    }

    private void Lose(RestorePoint point, SafeModeLoss loss)
    {
        if (point.Kind == RestorePoints.SafeMode)
        {
            Lost?.Invoke(HolderOf(point), loss);
        }
    }

    private static SafeModeHolder HolderOf(RestorePoint point) => new(point.SessionId, point.UserName, point.Since);
}
