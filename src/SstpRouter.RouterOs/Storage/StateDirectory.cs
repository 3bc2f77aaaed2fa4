using System.Globalization;
using System.Text;

namespace SstpRouter.RouterOs.Storage;

/// <summary>The files of a store: a snapshot, the journal of what came after it, their checksum, and what could not be read.</summary>
/// <remarks>Each snapshot starts a generation with its own journal, so that no crash can bring one together with another's journal. The
/// generation before stays (at first: the empty one), in case the snapshot is damaged: its journal and the next lead from it to the
/// present.</remarks>
internal sealed class StateDirectory : IDisposable
{
    internal const string SnapshotName = "config.rsc";
    internal const string PreviousName = "config-previous.rsc";
    internal const string DamagedName = "config-damaged.rsc";
    internal const string ChecksumName = "config.sum";
    internal const string RejectedName = "rejected.rsc";
    private const string LockName = "lock";
    private const string GenerationMark = ChangeText.PrivateMark + "generation ";
    private const string EndMark = ChangeText.PrivateMark + "end";
    private const long CompactAfter = 256 * 1024;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly string _path;
    private readonly FileStream _lock;
    private readonly FileOperations _operations;
    private Journal? _journal;
    private int _generation;
    private long _compactAt = CompactAfter;

    private StateDirectory(string path, FileStream @lock, FileOperations operations)
    {
        _path = path;
        _lock = @lock;
        _operations = operations;
    }

    /// <summary>True once the journal has grown so long that a new snapshot is due.</summary>
    public bool WantsCompaction => _journal?.Length > _compactAt;

    /// <summary>Where <c>export file=</c> writes to.</summary>
    public string FilesPath => Path.Combine(_path, "files");

    /// <summary>Opens the directory for this process alone, and makes it with mode 0700 where there is none.</summary>
    /// <exception cref="IOException">It cannot be used, or another process uses it.</exception>
    public static StateDirectory Open(string path, FileOperations operations)
    {
        string full = Path.GetFullPath(path);
        MakeDirectory(full);
        try
        {
            FileStream @lock = operations.Open(Path.Combine(full, LockName), FileMode.OpenOrCreate, FileShare.None);
            return new StateDirectory(full, @lock, operations);
        }
        catch (IOException error) when (error is not (FileNotFoundException or DirectoryNotFoundException))
        {
            throw new IOException($"{full} is used by another router: stop that one or use another directory", error);
        }
    }

    /// <summary>Reads what is there. Nothing is changed, except that a damaged snapshot moves aside.</summary>
    public SavedState Read()
    {
        var notices = new List<StoreNotice>();
        string? snapshot = ReadText(SnapshotName);
        if (snapshot is null ? IsMissing() : IsDamaged(snapshot))
        {
            notices.Add(new StoreNotice(SnapshotName, 0, snapshot is null
                ? "is missing, the last whole state is used instead"
                : $"is damaged and was kept as {DamagedName}, the last whole state is used instead"));
            if (snapshot is not null)
            {
                _operations.Rename(At(SnapshotName), At(DamagedName));
            }

            snapshot = ReadText(PreviousName);
        }
        else if (snapshot is not null && !IsIntact(snapshot))
        {
            notices.Add(new StoreNotice(SnapshotName, 0, "was edited by hand, which is accepted"));
        }

        return new SavedState(snapshot, FindJournals(snapshot, notices), notices, ReadRejected());
    }

    /// <summary>The text of a mark (<see cref="SaveMark"/>), or null where there is none.</summary>
    public string? ReadMark(string name) => ReadText(MarkName(name));

    /// <summary>Keeps a text beside the configuration, and waits until it is on the disk.</summary>
    /// <exception cref="IOException">It could not be saved; the mark is as it was.</exception>
    public void SaveMark(string name, string text) => Replace(MarkName(name), text);

    /// <summary>Removes a mark for good.</summary>
    public void RemoveMark(string name) => StateFile.Remove(_operations, At(MarkName(name)));

    /// <summary>Appends a transaction and waits until it is on the disk.</summary>
    /// <exception cref="IOException">It could not be saved; nothing has changed.</exception>
    public void Append(string commands)
    {
        if (_journal is null)
        {
            string path = At(JournalName(_generation));
            if (ReadText(JournalName(_generation)) is null or "")
            {
                Replace(JournalName(_generation), Journal.Head);
            }

            _journal = new Journal(_operations, path);
        }

        _journal.Append(commands);
    }

    /// <summary>Starts a new generation with the given configuration.</summary>
    /// <param name="configuration">The configuration as text.</param>
    /// <param name="isRepair">True where the files before do not lead to it, because something in them was mended or left out: then they
    /// are no way back, and the generation is its own.</param>
    /// <exception cref="IOException">It could not be saved; the old generation goes on.</exception>
    public void Compact(string configuration, bool isRepair = false)
    {
        int next = Generations().Append(_generation).Max() + 1;
        string text = string.Create(CultureInfo.InvariantCulture, $"{GenerationMark}{next}\n{StateForm.Line}\n{configuration}{EndMark}\n");
        try
        {
            _compactAt = (_journal?.Length ?? 0) + CompactAfter; // a full disk must not make each later commit try again
            Replace(JournalName(next), Journal.Head);
            string? previous = ReadText(SnapshotName);

            // Both sums stand there until the next compaction: the power may go before the new snapshot has its name.
            IEnumerable<string> sums = previous is not null && IsIntact(previous) ? [ChecksumLine(previous), ChecksumLine(text)] : [ChecksumLine(text)];
            Replace(ChecksumName, string.Join('\n', sums) + "\n");
            if (!isRepair && previous is not null)
            {
                Replace(PreviousName, previous);
            }

            Replace(SnapshotName, text);
            if (isRepair)
            {
                Replace(PreviousName, text);
            }
        }
        finally
        {
            if (GenerationOf(ReadText(SnapshotName)) == next)
            {
                _journal?.Dispose();
                _journal = null;
                _generation = next;
                _compactAt = CompactAfter;
            }
        }

        int oldest = GenerationOf(ReadText(PreviousName)) ?? 0;
        foreach (int generation in Generations().Where(g => g < oldest))
        {
            _operations.Delete(At(JournalName(generation)));
        }
    }

    /// <summary>Keeps lines that could not be run, with the reason, for the user to mend.</summary>
    public void SetAside(IEnumerable<StoreNotice> rejections)
    {
        var text = new StringBuilder();
        foreach (StoreNotice notice in rejections)
        {
            text.Append(ChangeText.PrivateMark).Append(notice).Append('\n').Append(notice.Source!.TrimEnd('\n')).Append('\n');
        }

        if (text.Length > 0)
        {
            StateFile.Append(_operations, At(RejectedName), Encoding.UTF8.GetBytes(text.ToString()));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _journal?.Dispose();
        _lock.Dispose();
    }

    private List<(string File, string Text)> FindJournals(string? snapshot, List<StoreNotice> notices)
    {
        int? generation = snapshot is null ? 0 : GenerationOf(snapshot);
        var journals = new List<(string File, string Text)>();
        foreach (int present in Generations().Order())
        {
            string name = JournalName(present);
            if (generation is null)
            {
                _operations.Rename(At(name), At(name + ".aside"));
                notices.Add(new StoreNotice(name, 0, $"belongs to another configuration than {SnapshotName} and was kept as {name}.aside"));
            }
            else if (present >= generation)
            {
                journals.Add((name, ReadText(name)!));
                _generation = present;
            }
        }

        _generation = Math.Max(_generation, generation ?? 0);
        return journals;
    }

    private List<StoreNotice> ReadRejected()
    {
        var waiting = new List<StoreNotice>();
        string[] lines = (ReadText(RejectedName) ?? "").Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].StartsWith(ChangeText.PrivateMark, StringComparison.Ordinal))
            {
                waiting.Add(new StoreNotice(RejectedName, i + 1, "still waits to be mended: " + lines[i][ChangeText.PrivateMark.Length..]));
            }
        }

        return waiting;
    }

    // The first snapshot may not have come to be yet: then the journals lead from the empty state to the present.
    private bool IsMissing() => File.Exists(At(PreviousName)) || (Generations().Any() && !Generations().Contains(0));

    // A hand edit leaves text; a torn or worn-out medium leaves control characters, broken UTF-8 or a missing end.
    private bool IsDamaged(string snapshot) =>
        !IsIntact(snapshot)
        && (snapshot.Any(c => c is '\uFFFD' || (char.IsControl(c) && c is not ('\n' or '\r' or '\t')))
            || (GenerationOf(snapshot) is not null && !snapshot.Contains(EndMark, StringComparison.Ordinal)));

    private bool IsIntact(string snapshot) => Checksums().Contains(ChecksumLine(snapshot));

    private static string ChecksumLine(string snapshot) =>
        string.Create(CultureInfo.InvariantCulture, $"{GenerationOf(snapshot)} {Journal.Checksum(snapshot)}");

    private string[] Checksums() => (ReadText(ChecksumName) ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static int? GenerationOf(string? snapshot)
    {
        int start = snapshot?.IndexOf(GenerationMark, StringComparison.Ordinal) ?? -1;
        return start >= 0
            && int.TryParse(snapshot.AsSpan(start + GenerationMark.Length).Slice(0, LengthOfLine(snapshot!, start + GenerationMark.Length)),
                NumberStyles.None, CultureInfo.InvariantCulture, out int generation)
            ? generation
            : null;
    }

    private static int LengthOfLine(string text, int start) => (text.IndexOf('\n', start) is >= 0 and int end ? end : text.Length) - start;

    private IEnumerable<int> Generations() =>
        Directory.EnumerateFiles(_path, "journal-*.rsc")
            .Select(f => Path.GetFileNameWithoutExtension(f)["journal-".Length..])
            .Where(n => int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .Select(n => int.Parse(n, CultureInfo.InvariantCulture))
            .ToArray();

    private static string JournalName(int generation) => string.Create(CultureInfo.InvariantCulture, $"journal-{generation}.rsc");

    private static string MarkName(string name) => $"restore-{name}.rsc";

    private string? ReadText(string name) => File.Exists(At(name)) ? Encoding.UTF8.GetString(File.ReadAllBytes(At(name))) : null;

    private void Replace(string name, string text) => StateFile.Replace(_operations, At(name), Encoding.UTF8.GetBytes(text));

    private string At(string name) => Path.Combine(_path, name);

    private static void MakeDirectory(string path)
    {
        if (OperatingSystem.IsWindows() || Directory.Exists(path))
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, OwnerOnly);
        }
    }
}
