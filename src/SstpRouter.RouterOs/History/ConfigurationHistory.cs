using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Logging;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.History;

/// <summary>What was done, by whom, and the ways back: undo and redo, safe mode, changes that wait to be confirmed.</summary>
public sealed class ConfigurationHistory : IDisposable
{
    private readonly ConfigurationStore _store;
    private readonly RouterLog _log;
    private readonly ChangeStack _changes = new();
    private readonly SafeMode _safeMode;
    private readonly CommitConfirm _commit;

    /// <summary>Attaches the history to <c>/undo</c>, <c>/redo</c>, <c>/system history</c>, <c>/safe-mode</c> and <c>/system commit</c>, and undoes
    /// what the last run left in safe mode or unconfirmed: before anything else looks at the configuration.</summary>
    /// <param name="root">The menus.</param>
    /// <param name="store">The configuration.</param>
    /// <param name="log">Gets a line for each change that somebody makes: <c>ppp secret &lt;alice&gt; added by admin</c>.</param>
    public ConfigurationHistory(Menu root, ConfigurationStore store, RouterLog log)
    {
        _store = store;
        _log = log;
        var points = new RestorePoints(store, _changes);
        _safeMode = new SafeMode(store, _changes, points, Warn);
        _commit = new CommitConfirm(store, points, Warn);
        store.Wished += Record;
        Attach(root, points);

        var notices = new List<StoreNotice>();
        points.Load(notices);
        notices.ForEach(n => Warn(n.ToString()));
        store.Exclusively(() =>
        {
            _safeMode.Resume();
            _commit.Resume();
            return true;
        });
    }

    /// <summary>Safe mode, for the consoles.</summary>
    public ISafeMode SafeMode => _safeMode;

    /// <summary>Stops the clock of what waits to be confirmed; the mark stays for the next start.</summary>
    public void Dispose()
    {
        _store.Wished -= Record;
        _commit.Dispose();
    }

    private void Attach(Menu root, RestorePoints points)
    {
        if (root.Find("system/history") is { } history)
        {
            history.State = new HistoryRows(history, _changes, points);
        }

        Attach(root, "undo", c => Step(c.Session, isUndo: true));
        Attach(root, "redo", c => Step(c.Session, isUndo: false));
        if (root.Find("safe-mode") is { } safeMode)
        {
            safeMode.State = new SafeModeRow(_safeMode);
            SafeModeCommands.Attach(safeMode, _safeMode);
        }

        if (root.Find("system/commit") is { } commit)
        {
            commit.State = new CommitRow(_commit);
            Attach(commit, "arm", c => _commit.Arm(c.Session, Span(c["timeout"])));
            Attach(commit, "confirm", _ => _commit.Confirm());
            Attach(commit, "revert", _ => _commit.Revert());
        }
    }

    private static void Attach(Menu menu, string command, Action<CommandInvocation> run)
    {
        if (menu.Command(command) is { } found)
        {
            found.Run = invocation =>
            {
                run(invocation);
                return Value.Nothing;
            };
        }
    }

    private static TimeSpan Span(Value? given) =>
        given is null ? TimeSpan.FromMinutes(5) : ((TimeValue)Types.Time.Parse(given, "timeout", NoReferences.Instance)).Span;

    private void Record(WishedChange change)
    {
        foreach (string line in ActionText.Lines(change.Changes))
        {
            _log.Info("system", $"{line} by {change.By.UserName}");
        }

        if (change.Changes.Any(c => c.Menu.HasHistory))
        {
            _changes.Record(_store.Clock.GetLocalNow(), change);
            _safeMode.Follow();
        }
    }

    private void Step(ISession by, bool isUndo) => _store.Exclusively(() =>
    {
        HistoryAction action = (isUndo ? _changes.NextUndo : _changes.NextRedo)
            ?? throw ScriptError.Failure(isUndo ? "nothing to undo" : "nothing to redo");
        if (!by.Policies.HasFlag(action.Policy))
        {
            throw CommandPolicy.Denied();
        }

        _store.Commit(isUndo ? action.Undo : action.Redo);
        _changes.Step(isUndo);
        _log.Info("system", $"{action.Text}: {(isUndo ? "undone" : "redone")} by {by.UserName}");
        return true;
    });

    private void Warn(string text) => _log.Warning("system", text);
}
