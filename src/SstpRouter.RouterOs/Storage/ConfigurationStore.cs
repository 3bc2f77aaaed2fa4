using System.Runtime.ExceptionServices;
using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Schema;

namespace SstpRouter.RouterOs.Storage;

/// <summary>The configuration: what every menu holds, changed by one transaction after the other, saved before it takes effect.</summary>
/// <remarks>Readers take <see cref="Current"/> and never wait. Transactions run in one order; each sees all earlier ones. A transaction is
/// edited, checked against the schema's rules, looked at by the subscribers, journalled with one flush, published, and carried out by the
/// subscribers. Up to the journal, anything that throws leaves everything as it was.</remarks>
public sealed class ConfigurationStore : IDisposable
{
    private readonly Lock _control = new();
    private readonly List<IStoreSubscriber> _subscribers = [];
    private readonly Menu _root;
    private readonly MenuIndex _menus;
    private readonly StateDirectory? _directory;
    private volatile StoreSnapshot _current;
    private bool _isCommitting;
    private List<ItemChange>? _imported;

    private ConfigurationStore(
        Menu root, StateDirectory? directory, StoreSnapshot current, IReadOnlyList<StoreNotice> notices, bool isEmpty, TimeProvider clock)
    {
        _root = root;
        _menus = new MenuIndex(root);
        _directory = directory;
        _current = current;
        Notices = notices;
        IsEmpty = isEmpty;
        Clock = clock;
    }

    /// <summary>The configuration as it is now.</summary>
    public StoreSnapshot Current => _current;

    /// <summary>What reading the saved state had to say, for the log: lines without effect, hand edits, damage. Lines without effect are
    /// kept in the file <c>rejected.rsc</c> of the state directory and named again at each start until they are taken out of it.</summary>
    public IReadOnlyList<StoreNotice> Notices { get; }

    /// <summary>True where the state directory held no configuration when it was opened: the time to import one.</summary>
    public bool IsEmpty { get; }

    /// <summary>What references of new values are looked up in.</summary>
    public IReferenceScope References => new SnapshotReferences(_menus, _current, isReplay: false);

    /// <summary>The directory of the files that users see (<c>export file=</c>), or null for a store in memory.</summary>
    public string? FilesDirectory => _directory?.FilesPath;

    internal TimeProvider Clock { get; }

    /// <summary>Opens the store in a directory, which is made (mode 0700) where there is none, and reads what it holds.</summary>
    /// <param name="stateDirectory">The directory; one process at a time may use it.</param>
    /// <param name="root">The root of the menus.</param>
    /// <param name="clock">Tells the time in the head of an export; null: the system's clock.</param>
    /// <exception cref="IOException">The directory cannot be used, or another process uses it. Content that cannot be understood is no
    /// error: see <see cref="Notices"/>.</exception>
    public static ConfigurationStore Open(string stateDirectory, Menu root, TimeProvider? clock = null) =>
        Open(stateDirectory, root, ScriptRunning.EachStatement, clock, FileOperations.OfDisk);

    /// <summary>A store that is never saved, for looking a configuration over.</summary>
    /// <param name="root">The root of the menus.</param>
    /// <param name="clock">Tells the time in the head of an export; null: the system's clock.</param>
    public static ConfigurationStore InMemory(Menu root, TimeProvider? clock = null) =>
        new(root, null, StoreSnapshot.Initial(root), [], true, clock ?? TimeProvider.System);

    internal static ConfigurationStore Open(
        string stateDirectory, Menu root, ScriptRunner run, TimeProvider? clock, FileOperations operations)
    {
        var directory = StateDirectory.Open(stateDirectory, operations);
        try
        {
            SavedState saved = directory.Read();
            var found = new List<StoreNotice>(saved.Notices);
            StoreSnapshot current = StateLoader.Load(root, saved, run, found);
            bool isMended = found.Count > 0;
            found.AddRange(NoticesOfForm(saved));
            if (found.Count > 0)
            {
                // Nothing may follow in a file of another form; the files of that form stay as the generation before.
                directory.SetAside(found.Where(n => n.IsRejection));
                directory.Compact(ChangeText.Of(root, current), isRepair: isMended);
            }

            return new ConfigurationStore(root, directory, current, [.. saved.Waiting, .. found], saved.IsEmpty, clock ?? TimeProvider.System);
        }
        catch
        {
            directory.Dispose();
            throw;
        }
    }

    private static IEnumerable<StoreNotice> NoticesOfForm(SavedState saved)
    {
        if (saved.Forms.Any(f => f < StateForm.Current))
        {
            yield return new StoreNotice(StateDirectory.SnapshotName, 0, $"was saved by an earlier version (form {saved.Forms.Min()}) and is now in form {StateForm.Current}");
        }

        if (saved.Forms.Any(f => f > StateForm.Current))
        {
            yield return new StoreNotice(
                StateDirectory.SnapshotName, 0, $"was saved by a later version (form {saved.Forms.Max()}): what this one does not know has no effect");
        }
    }

    /// <summary>Has somebody see every transaction from now on.</summary>
    /// <returns>The configuration from which the first transaction will start.</returns>
    public StoreSnapshot Subscribe(IStoreSubscriber subscriber)
    {
        lock (_control)
        {
            _subscribers.Add(subscriber);
            return _current;
        }
    }

    /// <summary>Makes a transaction of the edits; see <see cref="Commit{T}(Func{StoreDraft, T}, ISession?)"/>.</summary>
    public void Commit(Action<StoreDraft> edit, ISession? by = null) => Commit(
        draft =>
        {
            edit(draft);
            return true;
        },
        by);

    /// <summary>Makes a transaction of the edits and returns what they returned, once it is saved and carried out.</summary>
    /// <param name="edit">Edits a draft of the configuration; what it throws leaves everything as it was.</param>
    /// <param name="by">Whose wish it is, for the log and the history; null for the router's own, which has neither.</param>
    /// <exception cref="ScriptError">A rule or a subscriber refuses the transaction, or it cannot be saved.</exception>
    /// <exception cref="InvalidOperationException">It was called from within another transaction.</exception>
    public T Commit<T>(Func<StoreDraft, T> edit, ISession? by = null) => Transact(edit, by, isRestoring: false);

    /// <summary>Raised for each transaction that somebody wished, once it is saved, in their order and within it. Not for those of an
    /// <see cref="Import(string, string, ISession)"/>.</summary>
    internal event Action<WishedChange>? Wished;

    /// <summary>Runs something between two transactions; transactions within it are part of it for everybody else.</summary>
    internal T Exclusively<T>(Func<T> run)
    {
        lock (_control)
        {
            return run();
        }
    }

    /// <summary>Brings all menus with a history to what they were; nobody may refuse, since they have been so before.</summary>
    /// <exception cref="ScriptError">It cannot be saved.</exception>
    internal void Restore(StoreSnapshot earlier) => Transact(
        draft =>
        {
            foreach (Menu menu in _root.SelfAndDescendants().Where(m => m.HasHistory && m.Kind != MenuKind.Container))
            {
                if (!ReferenceEquals(draft.Snapshot.List(menu), earlier.List(menu)))
                {
                    draft.Restore(menu, earlier);
                }
            }

            return true;
        },
        by: null,
        isRestoring: true);

    /// <summary>A configuration and a few private lines before it, kept beside the store until it is removed.</summary>
    internal void SaveMark(string name, string head, StoreSnapshot snapshot) =>
        _directory?.SaveMark(name, SealedText.Of(head + ChangeText.Of(_root, snapshot)));

    internal void RemoveMark(string name) => _directory?.RemoveMark(name);

    /// <summary>A mark as it was saved: its text, from which the private lines are read, and the configuration.</summary>
    /// <returns>Null where there is none, or none that is whole: then <paramref name="notices"/> says so.</returns>
    internal (string Text, StoreSnapshot Snapshot)? ReadMark(string name, List<StoreNotice> notices)
    {
        if (_directory?.ReadMark(name) is not { } file)
        {
            return null;
        }

        if (SealedText.Open(file) is { } text)
        {
            return (text, StateLoader.Load(_root, text, ScriptRunning.EachStatement, notices));
        }

        notices.Add(new StoreNotice(name, 0, "this mark is damaged: the changes since then stay"));
        return null;
    }

    /// <summary>Runs a configuration as if it were typed, line by line: bad lines are reported and the rest goes on. In a state directory all of
    /// it is saved at once at the end, and the bad lines are kept in <c>rejected.rsc</c>.</summary>
    /// <param name="fileName">The name of the file in the reports, without its directory.</param>
    /// <param name="text">The configuration.</param>
    /// <param name="session">Who runs it, and where its output goes.</param>
    /// <returns>The lines that had no effect or not all of it, in order.</returns>
    /// <exception cref="IOException">The result could not be saved.</exception>
    public LoadReport Import(string fileName, string text, ISession session) =>
        Import(fileName, text, session, ScriptRunning.EachStatement);

    internal LoadReport Import(string fileName, string text, ISession session, ScriptRunner run)
    {
        lock (_control)
        {
            var rejected = new List<StoreNotice>();
            var imported = new List<ItemChange>();
            _imported = imported;
            int commands = 0;
            try
            {
                commands = run(_root, session, text, fault => rejected.Add(fault.ToNotice(fileName)));
            }
            finally
            {
                // One transaction: a power cut before this line finds the state as it was, and the import is done again.
                _imported = null;
                _directory?.SetAside(rejected);
                _directory?.Append(ChangeText.Of(imported));
                _directory?.Compact(ChangeText.Of(_root, _current));
            }

            return new LoadReport(fileName, commands, rejected);
        }
    }

    /// <summary>The rows of a menu: the stored items with their state, then what the running system adds. A settings menu has one row.</summary>
    public IReadOnlyList<Row> Rows(Menu menu)
    {
        var rows = new List<Row>();
        if (menu.Kind == MenuKind.Settings)
        {
            rows.Add(new Row(menu, 0, _current.Settings(menu).Values, isDynamic: false));
        }
        else
        {
            rows.AddRange(_current.Items(menu).Select(i => new Row(menu, i.Id, i.Values, isDynamic: false)));
        }

        if (menu.State is { } state)
        {
            rows.ForEach(state.Describe);
            rows.AddRange(state.DynamicRows());
        }

        return rows;
    }

    /// <summary>The row of <see cref="Rows"/> with an id; null where there is none.</summary>
    public Row? Row(Menu menu, ulong id)
    {
        if (menu.Kind == MenuKind.Settings || _current.Find(menu, id) is not { } item)
        {
            return Rows(menu).FirstOrDefault(r => r.Id == id);
        }

        var row = new Row(menu, item.Id, item.Values, isDynamic: false);
        menu.State?.Describe(row);
        return row;
    }

    /// <summary>Closes the files; nothing is lost, since each transaction is already saved.</summary>
    public void Dispose() => _directory?.Dispose();

    private T Transact<T>(Func<StoreDraft, T> edit, ISession? by, bool isRestoring)
    {
        lock (_control)
        {
            if (_isCommitting)
            {
                throw new InvalidOperationException("a transaction within a transaction");
            }

            _isCommitting = true;
            try
            {
                var draft = new StoreDraft(_menus, _current, isImport: _imported is not null);
                T result = edit(draft);
                IReadOnlyList<ItemChange> changes = isRestoring ? draft.FinishTrusted() : draft.Finish();
                if (changes.Count > 0)
                {
                    RequirePolicies(changes, by);
                    Conclude(changes, draft.Snapshot, by, isRestoring);
                }

                return result;
            }
            finally
            {
                _isCommitting = false;
            }
        }
    }

    private static void RequirePolicies(IReadOnlyList<ItemChange> changes, ISession? by)
    {
        if (by is null)
        {
            return;
        }

        foreach (ItemChange change in changes)
        {
            if (change.Menu.NeededFor is { } neededFor
                && ((change.Before is { } before && !by.Policies.HasFlag(neededFor(before))) || (change.After is { } after && !by.Policies.HasFlag(neededFor(after)))))
            {
                throw CommandPolicy.Denied();
            }
        }
    }

    private void Conclude(IReadOnlyList<ItemChange> changes, StoreSnapshot after, ISession? by, bool isRestoring)
    {
        foreach (IStoreSubscriber subscriber in isRestoring ? [] : _subscribers)
        {
            subscriber.Prepare(changes, after);
        }

        Save(changes);
        StoreSnapshot before = _current;
        _current = after;
        if (by is not null && _imported is null)
        {
            Wished?.Invoke(new WishedChange(changes, before, after, by));
        }

        var failures = new List<Exception>();
        foreach (IStoreSubscriber subscriber in _subscribers)
        {
            try
            {
                subscriber.Apply(changes, after);
            }
            catch (Exception failure)
            {
                failures.Add(failure); // the others must still hear of a change that is already saved
            }
        }

        if (failures is [Exception first, ..])
        {
            ExceptionDispatchInfo.Throw(first);
        }
    }

    private void Save(IReadOnlyList<ItemChange> changes)
    {
        if (_imported is not null)
        {
            _imported.AddRange(changes);
            return;
        }

        if (_directory is null)
        {
            return;
        }

        try
        {
            // The journal is compacted before it is written to, so that a failure here is one of this command and loses nothing.
            if (_directory.WantsCompaction)
            {
                _directory.Compact(ChangeText.Of(_root, _current));
            }

            _directory.Append(ChangeText.Of(changes));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw ScriptError.Failure("the change could not be saved: " + error.Message);
        }
    }
}
