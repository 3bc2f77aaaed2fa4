using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.History;

/// <summary><c>/system commit</c>: a restore point that waits for a word for some time, whatever becomes of sessions and of the router.</summary>
internal sealed class CommitConfirm : IDisposable
{
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Most = TimeSpan.FromDays(7);

    private readonly ConfigurationStore _store;
    private readonly RestorePoints _points;
    private readonly Action<string> _warn;
    private readonly ITimer _timer;
    private long _start;
    private TimeSpan _wait;

    public CommitConfirm(ConfigurationStore store, RestorePoints points, Action<string> warn)
    {
        _store = store;
        _points = points;
        _warn = warn;
        _timer = store.Clock.CreateTimer(_ => Expire(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The point, or null where none is armed.</summary>
    public RestorePoint? Armed => _points[RestorePoints.Commit];

    /// <summary>How long it still waits.</summary>
    public TimeSpan Remaining => Armed is not null && _wait - _store.Clock.GetElapsedTime(_start) is { Ticks: > 0 } left ? left : TimeSpan.Zero;

    /// <summary>Sets the point or, where one is set, gives it more time.</summary>
    public void Arm(ISession by, TimeSpan timeout) => _store.Exclusively(() =>
    {
        if (timeout < Least || timeout > Most)
        {
            throw new ScriptError($"value of timeout out of range ({new TimeValue(Least).ToShortText()}..{new TimeValue(Most).ToShortText()})");
        }

        _ = Armed is { } armed
            ? _points.Set(armed with { UserName = by.UserName, SessionId = by.Id, Since = _store.Clock.GetUtcNow(), Timeout = timeout })
            : _points.Set(RestorePoints.Commit, by, timeout);
        Await(timeout);
        return true;
    });

    /// <summary>Keeps the changes.</summary>
    public void Confirm() => _store.Exclusively(() =>
    {
        _points.Remove(Required());
        return true;
    });

    /// <summary>Undoes the changes now.</summary>
    public void Revert() => _store.Exclusively(() =>
    {
        _points.Restore(Required());
        return true;
    });

    /// <summary>Goes on waiting for what the last run armed, or undoes it where the time is over.</summary>
    public void Resume()
    {
        if (Armed is not { } armed)
        {
            return;
        }

        _warn($"the changes since {armed.Since.ToLocalTime():yyyy-MM-dd HH:mm:ss} wait to be confirmed by /system commit confirm");
        Await(armed.Remaining(_store.Clock.GetUtcNow()));
        if (Remaining == TimeSpan.Zero)
        {
            Expire();
        }
    }

    public void Dispose() => _timer.Dispose();

    private RestorePoint Required() => Armed ?? throw ScriptError.Failure("nothing waits to be confirmed");

    // A clock that is set meanwhile makes the wait neither longer nor shorter; only over a restart is it all there is.
    private void Await(TimeSpan time)
    {
        (_start, _wait) = (_store.Clock.GetTimestamp(), time);
        _timer.Change(time, Timeout.InfiniteTimeSpan);
    }

    private void Expire() => _store.Exclusively(() =>
    {
        if (Armed is not { } armed)
        {
            return false;
        }

        // Somebody may have given it more time while this call waited for its turn.
        if (Remaining is { Ticks: > 0 } left)
        {
            _timer.Change(left, Timeout.InfiniteTimeSpan);
            return false;
        }

        try
        {
            _points.Restore(armed);
            _warn($"the changes of user {armed.UserName} were not confirmed within {new TimeValue(armed.Timeout).ToShortText()}: they are undone");
        }
        catch (ScriptError error)
        {
            _warn($"the changes that were not confirmed could not be undone: {error.Message}");
            Await(TimeSpan.FromMinutes(1));
        }

        return true;
    });
}
