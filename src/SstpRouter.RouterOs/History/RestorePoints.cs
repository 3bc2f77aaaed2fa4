using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;

namespace SstpRouter.RouterOs.History;

/// <summary>The one mechanism under safe mode and <c>/system commit</c>: marks, on the disk before they count, and the way back to them.</summary>
/// <remarks>Whoever changes something holds the store's lock.</remarks>
internal sealed class RestorePoints(ConfigurationStore store, ChangeStack changes)
{
    public const string SafeMode = "safe-mode";
    public const string Commit = "commit";

    private readonly Dictionary<string, RestorePoint> _points = [];
    private volatile IReadOnlyList<RestorePoint> _shown = [];

    /// <summary>Raised for a point that goes because of another one, within the store's lock.</summary>
    public event Action<RestorePoint>? Dropped;

    /// <summary>All that are set; may be read at any time.</summary>
    public IReadOnlyList<RestorePoint> All => _shown;

    public RestorePoint? this[string kind] => _shown.FirstOrDefault(p => p.Kind == kind);

    /// <summary>Reads the points of the last run.</summary>
    public void Load(List<StoreNotice> notices)
    {
        foreach (string kind in (ReadOnlySpan<string>)[SafeMode, Commit])
        {
            if (store.ReadMark(kind, notices) is (string text, StoreSnapshot snapshot))
            {
                Keep(RestorePoint.Read(kind, text, snapshot));
            }
        }
    }

    /// <summary>Sets a point at the present configuration, in the place of the one of that kind.</summary>
    /// <exception cref="ScriptError">It could not be saved.</exception>
    public RestorePoint Set(string kind, ISession by, TimeSpan timeout) => Set(new RestorePoint(
        kind,
        _points.Values.Select(p => p.Order).DefaultIfEmpty(0).Max() + 1,
        by.Id,
        by.UserName,
        store.Clock.GetUtcNow(),
        timeout,
        store.Current,
        changes.NextNumber));

    /// <summary>Sets a point.</summary>
    /// <exception cref="ScriptError">It could not be saved.</exception>
    public RestorePoint Set(RestorePoint point)
    {
        Saving(() => store.SaveMark(point.Kind, point.Head(), point.Snapshot));
        Keep(point);
        return point;
    }

    /// <summary>Takes a point away; the changes since stay.</summary>
    /// <exception cref="ScriptError">It could not be saved.</exception>
    public void Remove(RestorePoint point)
    {
        Saving(() => store.RemoveMark(point.Kind));
        _points.Remove(point.Kind);
        _shown = [.. _points.Values];
    }

    /// <summary>Brings back the configuration of a point, and takes it and all later ones away.</summary>
    /// <exception cref="ScriptError">It could not be saved: then nothing has changed.</exception>
    public void Restore(RestorePoint point)
    {
        // The configuration first: where the power goes before the marks are gone, coming back once more changes nothing.
        store.Restore(point.Snapshot);
        changes.UndoneFrom(point.FirstAction);
        Remove(point);
        foreach (RestorePoint later in _shown.Where(p => p.Order > point.Order))
        {
            Remove(later);
            Dropped?.Invoke(later);
        }
    }

    private void Keep(RestorePoint point)
    {
        _points[point.Kind] = point;
        _shown = [.. _points.Values];
    }

    private static void Saving(Action save)
    {
        try
        {
            save();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw ScriptError.Failure("the mark could not be saved: " + error.Message);
        }
    }
}
