using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using SstpRouter.Ppp;

namespace SstpRouter.Tunnels.Recording;

/// <summary>A directory of recordings, a file for each tunnel: what reached its protocol engines, for a test to replay. Secrets are
/// masked before anything is written.</summary>
/// <remarks>Workers only hand text over; a thread of its own writes it at once, so that a crash leaves what came before it.</remarks>
public sealed class RecordingDirectory : IDisposable
{
    /// <summary>How many files are kept: those of the newest tunnels.</summary>
    public const int MaximumFiles = 200;

    private const string Extension = ".rec";
    private const string AnyName = "????????T??????.???Z-*-*" + Extension;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int AtOnce = 256;

    /// <summary>Characters that wait to be written, at most; beyond, the disk does not keep up and recordings are cut.</summary>
    private const int MaximumWaiting = 8_000_000;

    private readonly Action<string> _trouble;
    private readonly BlockingCollection<Entry> _entries = [];
    private readonly Thread _thread;
    private int _waiting;
    private int _number;
    private bool _failing;

    /// <summary>Opens the directory, and makes it with mode 0700 where there is none.</summary>
    /// <param name="path">The directory.</param>
    /// <param name="trouble">Told, from a thread of its own, when a file cannot be written; once until one can again.</param>
    /// <exception cref="IOException">Nothing can be written there.</exception>
    public RecordingDirectory(string path, Action<string> trouble)
    {
        Path = System.IO.Path.GetFullPath(path);
        _trouble = trouble;
        RequireWritable();
        _thread = new Thread(Write) { Name = "recordings", IsBackground = true };
        _thread.Start();
    }

    /// <summary>The directory, in full.</summary>
    public string Path { get; }

    /// <summary>Writes what still waits.</summary>
    public void Dispose()
    {
        // The collection holds nothing that would have to be given back.
        _entries.CompleteAdding();
        _thread.Join();
    }

    /// <summary>Begins the recording of a tunnel whose TLS connection stands.</summary>
    /// <param name="about">The tunnel and its peer, on one line.</param>
    /// <param name="options">Its PPP options.</param>
    /// <param name="now">The time.</param>
    internal TunnelRecording Begin(string about, PppSessionOptions options, long now)
    {
        DateTimeOffset date = DateTimeOffset.UtcNow;
        string role = options.Role == PppRole.Client ? "client" : "server";
        int number = Interlocked.Increment(ref _number);
        string name = string.Create(CultureInfo.InvariantCulture, $"{date:yyyyMMdd'T'HHmmss.fff'Z'}-{role}-{number:d6}{Extension}");
        var file = new RecordingFile(System.IO.Path.Combine(Path, name));
        return new TunnelRecording(
            string.Create(CultureInfo.InvariantCulture, $"{about}, {date:yyyy-MM-dd HH:mm:ss}Z"),
            options,
            (text, last) => Hand(new Entry(file, text, last)),
            now);
    }

    private bool Hand(Entry entry)
    {
        if (_entries.IsAddingCompleted || (!entry.Last && Volatile.Read(ref _waiting) > MaximumWaiting))
        {
            return false;
        }

        Interlocked.Add(ref _waiting, entry.Text.Length);
        _entries.Add(entry);
        return true;
    }

    private void Write()
    {
        var texts = new Dictionary<RecordingFile, StringBuilder>();
        foreach (Entry first in _entries.GetConsumingEnumerable())
        {
            texts.Clear();
            Entry entry = first;
            int count = 0;
            do
            {
                if (!texts.TryGetValue(entry.File, out StringBuilder? text))
                {
                    texts.Add(entry.File, text = new StringBuilder());
                }

                text.Append(entry.Text);
                Interlocked.Add(ref _waiting, -entry.Text.Length);
            }
            while (++count < AtOnce && _entries.TryTake(out entry));

            foreach ((RecordingFile file, StringBuilder text) in texts)
            {
                Append(file, text.ToString());
            }
        }
    }

    private void Append(RecordingFile file, string text)
    {
        if (file.IsGone || text.Length == 0)
        {
            return;
        }

        try
        {
            bool isNew = !file.IsMade;
            file.Append(text);
            _failing = false;
            if (isNew)
            {
                Prune();
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            if (!_failing)
            {
                _failing = true;
                _trouble($"a recording cannot be written: {exception.Message}");
            }
        }
    }

    // The names begin with the date: the oldest come first.
    private void Prune()
    {
        string[] names = Directory.GetFiles(Path, AnyName);
        Array.Sort(names, StringComparer.Ordinal);
        foreach (string name in names.AsSpan(0, Math.Max(names.Length - MaximumFiles, 0)))
        {
            File.Delete(name);
        }
    }

    private void RequireWritable()
    {
        string probe = System.IO.Path.Combine(Path, $".probe-{Environment.ProcessId}");
        try
        {
            Directory.CreateDirectory(Path, OwnerOnly | UnixFileMode.UserExecute);
            File.WriteAllText(probe, "");
            File.Delete(probe);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"cannot record into {Path}: {exception.Message}", exception);
        }
    }

    private readonly record struct Entry(RecordingFile File, string Text, bool Last);

    /// <summary>A file that is opened only while it is written, however many tunnels are recorded.</summary>
    private sealed class RecordingFile(string path)
    {
        public bool IsMade { get; private set; }

        /// <summary>True once somebody has removed it, or it has made room for newer ones: it is not made again without its beginning.</summary>
        public bool IsGone { get; private set; }

        public void Append(string text)
        {
            var options = new FileStreamOptions
            {
                Mode = IsMade ? FileMode.Open : FileMode.CreateNew,
                Access = FileAccess.Write,
                BufferSize = 0,
            };
            if (!IsMade)
            {
                options.UnixCreateMode = OwnerOnly;
            }

            try
            {
                using var stream = new FileStream(path, options);
                IsMade = true;
                stream.Seek(0, SeekOrigin.End);
                stream.Write(Encoding.UTF8.GetBytes(text));
            }
            catch (FileNotFoundException)
            {
                IsGone = true;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // What is missing in the middle would make a replay differ: it ends here instead.
                IsGone = true;
                throw;
            }
        }
    }
}
