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
    private readonly StateDirectory? _directory;
    private volatile StoreSnapshot _current;
    private bool _isCommitting;
    private List<ItemChange>? _imported;

    private ConfigurationStore(
        Menu root, StateDirectory? directory, StoreSnapshot current, IReadOnlyList<StoreNotice> notices, bool isEmpty, TimeProvider clock)
    {
        _root = root;
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
    public IReferenceScope References => new SnapshotReferences(_root, _current, isReplay: false);

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
        Open(stateDirectory, root, ScriptRunning.EachStatement, clock);

    /// <summary>A store that is never saved, for looking a configuration over.</summary>
    /// <param name="root">The root of the menus.</param>
    /// <param name="clock">Tells the time in the head of an export; null: the system's clock.</param>
    public static ConfigurationStore InMemory(Menu root, TimeProvider? clock = null) =>
        new(root, null, StoreSnapshot.Initial(root), [], true, clock ?? TimeProvider.System);

    internal static ConfigurationStore Open(string stateDirectory, Menu root, ScriptRunner run, TimeProvider? clock)
    {
        var directory = StateDirectory.Open(stateDirectory);
        try
        {
            SavedState saved = directory.Read();
            var found = new List<StoreNotice>(saved.Notices);
            StoreSnapshot current = StateLoader.Load(root, saved, run, found);
            if (found.Count > 0)
            {
                directory.SetAside(found.Where(n => n.IsRejection));
                directory.Compact(ChangeText.Of(root, current), isRepair: true);
            }

            return new ConfigurationStore(root, directory, current, [.. saved.Waiting, .. found], saved.IsEmpty, clock ?? TimeProvider.System);
        }
        catch
        {
            directory.Dispose();
            throw;
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

    /// <summary>Makes a transaction of the edits; see <see cref="Commit{T}(Func{StoreDraft, T})"/>.</summary>
    public void Commit(Action<StoreDraft> edit) => Commit(draft =>
    {
        edit(draft);
        return true;
    });

    /// <summary>Makes a transaction of the edits and returns what they returned, once it is saved and carried out.</summary>
    /// <param name="edit">Edits a draft of the configuration; what it throws leaves everything as it was.</param>
    /// <exception cref="ScriptError">A rule or a subscriber refuses the transaction, or it cannot be saved.</exception>
    /// <exception cref="InvalidOperationException">It was called from within another transaction.</exception>
    public T Commit<T>(Func<StoreDraft, T> edit)
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
                var draft = new StoreDraft(_root, _current);
                T result = edit(draft);
                IReadOnlyList<ItemChange> changes = draft.Finish();
                if (changes.Count > 0)
                {
                    Conclude(changes, draft.Snapshot);
                }

                return result;
            }
            finally
            {
                _isCommitting = false;
            }
        }
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

    /// <summary>Closes the files; nothing is lost, since each transaction is already saved.</summary>
    public void Dispose() => _directory?.Dispose();

    private void Conclude(IReadOnlyList<ItemChange> changes, StoreSnapshot after)
    {
        foreach (IStoreSubscriber subscriber in _subscribers)
        {
            subscriber.Prepare(changes, after);
        }

        Save(changes);
        _current = after;
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
