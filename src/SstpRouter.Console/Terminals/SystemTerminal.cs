using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using SstpRouter.Console.Editing;

namespace SstpRouter.Console.Terminals;

/// <summary>The process's own terminal.</summary>
public sealed class SystemTerminal : ITerminal, IDisposable
{
    // Bytes of one key follow each other at once, at 115200 baud too; who presses Escape alone does not notice.
    private const int EscapePatience = 50;

    private static readonly TimeSpan ReportPatience = TimeSpan.FromSeconds(1);

    // What says nothing of itself is a VT100, as RouterOS takes every terminal to be: init starts a serial console without a word about it.
    private readonly bool _isDumb = Environment.GetEnvironmentVariable("TERM") == "dumb";
    private readonly Stream _screen = StandardStreams.Output();
    private readonly byte[]? _settings;
    private readonly KeyQueue _keys = new();
    private readonly Lock _gate = new();
    private readonly ManualResetEventSlim _reported = new();
    private readonly List<IDisposable> _signals = [];
    private Func<Key, bool>? _take;
    private Action<int, int>? _resized;
    private (int Width, int Height)? _report;
    private bool _isDisposed;

    /// <summary>Takes the terminal over: from now on every key comes as it is, Ctrl-C as well.</summary>
    /// <param name="options">What is known about it; null for nothing.</param>
    public SystemTerminal(TerminalOptions? options = null)
    {
        Options = options ?? new TerminalOptions();
        HasKeys = Tty.IsKeyboard && Tty.IsScreen;
        if (!HasKeys)
        {
            return;
        }

        _settings = Tty.MakeRaw();
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => OnResized()));
        foreach (PosixSignal signal in (PosixSignal[])[PosixSignal.SIGHUP, PosixSignal.SIGTERM])
        {
            _signals.Add(PosixSignalRegistration.Create(signal, _ => Tty.Restore(_settings)));
        }

        new Thread(ReadKeys) { IsBackground = true, Name = "keyboard" }.Start();
    }

    /// <summary>What the login name says about it.</summary>
    public TerminalOptions Options { get; set; }

    /// <inheritdoc/>
    public bool HasKeys { get; }

    /// <inheritdoc/>
    public bool CanEdit => HasKeys && !_isDumb && !Options.IsDumb;

    /// <inheritdoc/>
    public int Width => Options.Width ?? (Tty.Size ?? _report)?.Width ?? 80;

    /// <inheritdoc/>
    public int Height => Options.Height ?? (Tty.Size ?? _report)?.Height ?? 24;

    /// <summary>True on a terminal unless the login name or the user asks for none (no-color.org).</summary>
    public bool HasColours => CanEdit && !Options.IsPlain && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    /// <inheritdoc/>
    public bool HasKey => _keys.HasKey;

    /// <inheritdoc/>
    public void Write(string text)
    {
        if (text.Length == 0)
        {
            return;
        }

        // A raw terminal takes a line end literally.
        byte[] bytes = Encoding.UTF8.GetBytes(
            HasKeys ? text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal) : text);
        try
        {
            _screen.Write(bytes);
            _screen.Flush();
        }
        catch (IOException)
        {
            // Nobody looks any more: the end comes by the keyboard.
            _keys.Close();
        }
    }

    /// <inheritdoc/>
    public Key? ReadKey() => _keys.Take();

    /// <inheritdoc/>
    public void Post(Key key) => _keys.Add(key);

    /// <inheritdoc/>
    public IDisposable WatchKeys(Func<Key, bool> take)
    {
        if (!HasKeys)
        {
            return PosixSignalRegistration.Create(PosixSignal.SIGINT, signal =>
            {
                signal.Cancel = true;
                take(new Key(KeyKind.Interrupt));
            });
        }

        lock (_gate)
        {
            _take = take;
            // An interrupt that was pressed as the command began is meant for it.
            while (_keys.Remove(KeyKind.Interrupt))
            {
                take(new Key(KeyKind.Interrupt));
            }
        }

        return new End(() =>
        {
            lock (_gate)
            {
                _take = null;
            }
        });
    }

    /// <inheritdoc/>
    public IDisposable WatchSize(Action<int, int> resized)
    {
        _resized = resized;
        return new End(() => _resized = null);
    }

    /// <summary>Gives the terminal back as it was.</summary>
    public void Dispose()
    {
        if (_settings is not null && !_isDisposed)
        {
            _isDisposed = true;
            Tty.Restore(_settings);
            _signals.ForEach(s => s.Dispose());
        }
    }

    private void OnResized()
    {
        _resized?.Invoke(Width, Height);
        _keys.Add(new Key(KeyKind.Resized));
    }

    /// <summary>Finds the size out where the kernel does not know it: a serial line has none, but whoever is at its other end moves the cursor as far
    /// as it goes and says where it is. Waits a second at most; 80 columns and 24 lines where nobody answers.</summary>
    public void FindSize()
    {
        if (CanEdit && !Options.IsSilent && Tty.Size is null && (Options.Width is null || Options.Height is null))
        {
            Write("\e7\e[999;999H\e[6n\e8");
            _reported.Wait(ReportPatience);
        }
    }

    private void ReadKeys()
    {
        var decoder = new KeyDecoder();
        byte[] buffer = new byte[1024];
        while (true)
        {
            int count = Tty.Read(buffer, decoder.IsPending ? EscapePatience : -1);
            if (count < 0)
            {
                Deliver([new Key(KeyKind.Gone)]);
                _keys.Close();
                return;
            }

            Deliver(count == 0 ? decoder.Flush() : decoder.Take(buffer.AsSpan(0, count)));
        }
    }

    private void Deliver(IReadOnlyList<Key> keys)
    {
        lock (_gate)
        {
            _keys.Add([.. keys.Where(k => !TakeReport(k) && _take?.Invoke(k) != true)]);
        }
    }

    private bool TakeReport(Key key)
    {
        if (key.Kind != KeyKind.CursorReport)
        {
            return false;
        }

        int[] parts = [.. key.Text.Split(';').Select(p => int.Parse(p, CultureInfo.InvariantCulture))];
        if (!_reported.IsSet && parts[0] > 1 && parts[1] > 1)
        {
            _report = (parts[1], parts[0]);
            _reported.Set();
            OnResized();
        }

        return true;
    }

    private sealed class End(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
