using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace SstpRouter.Console.Tests.Transcripts;

/// <summary>A program on a real pseudo-terminal (pty(7)), of which it is the controlling one, and the screen that a person would see.</summary>
internal sealed partial class PseudoTerminal : IDisposable
{
    private const int ReadWriteNoControl = 0x102;    // O_RDWR | O_NOCTTY
    private const int CloseOnExec = 0x80000;            // O_CLOEXEC: a terminal that another program holds does not hang up
    private const nuint SetWindowSize = 0x5414;      // TIOCSWINSZ

    private const short Readable = 1;                // POLLIN

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private readonly SafeFileHandle _master;
    private readonly FileStream _stream;
    private readonly Process _process;
    private readonly object _gate = new();
    private readonly Vt100 _screen;
    private readonly ManualResetEventSlim _mayRead = new(true);
    private readonly Thread _reader;
    private long _received;
    private volatile bool _isHungUp;
    private volatile bool _isDumb;
    private volatile int _bytesPerSecond = int.MaxValue;
    private bool _isDisposed;

    /// <summary>Starts a program.</summary>
    /// <param name="width">Columns that the kernel knows; 0 as on a serial line.</param>
    /// <param name="height">Lines that the kernel knows; 0 as on a serial line.</param>
    /// <param name="environment">Variables beside TERM.</param>
    /// <param name="answersReports">True where the terminal says where its cursor is when asked.</param>
    /// <param name="command">The program and its arguments.</param>
    public PseudoTerminal(int width, int height, (string Name, string Value)[] environment, bool answersReports, params string[] command)
    {
        _screen = new Vt100(width == 0 ? 80 : width, height == 0 ? 24 : height);
        int master = OpenMaster(ReadWriteNoControl | CloseOnExec);
        Assert.True(master >= 0 && Grant(master) == 0 && Unlock(master) == 0, "there are no pseudo-terminals here");
        _master = new SafeFileHandle(master, ownsHandle: true);
        Resize(width, height);
        byte[] name = new byte[64];
        Assert.Equal(0, NameOf(master, name, (nuint)name.Length));
        string slave = Encoding.ASCII.GetString(name, 0, Array.IndexOf(name, (byte)0));
        var start = new ProcessStartInfo("/bin/sh");
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("exec setsid -c \"$@\" <" + slave + " >" + slave + " 2>&1");
        start.ArgumentList.Add("sh");
        Array.ForEach(command, start.ArgumentList.Add);
        start.Environment["TERM"] = "vt100";
        Array.ForEach(environment, v => start.Environment[v.Name] = v.Value);
        _stream = new FileStream(_master, FileAccess.ReadWrite, bufferSize: 0);
        _process = Process.Start(start)!;
        _reader = new Thread(() => Read(answersReports)) { IsBackground = true };
        _reader.Start();
    }

    /// <summary>How many bytes the program has written.</summary>
    public long Received => Interlocked.Read(ref _received);

    /// <summary>The program's process id.</summary>
    public int Id => _process.Id;

    public int? ExitCode => _process.HasExited ? _process.ExitCode : null;

    /// <summary>Presses keys; <c>\e</c> begins those that a VT100 sends as sequences.</summary>
    public void Type(string keys) => _stream.Write(Encoding.UTF8.GetBytes(keys));

    public void Resize(int width, int height)
    {
        Span<ushort> size = [(ushort)height, (ushort)width, 0, 0];
        Assert.Equal(0, Control(_master.DangerousGetHandle().ToInt32(), SetWindowSize, size));
    }

    /// <summary>Stops and resumes looking: the program's output piles up meanwhile.</summary>
    public void Look(bool isLooking)
    {
        if (isLooking)
        {
            _mayRead.Set();
        }
        else
        {
            _mayRead.Reset();
        }
    }

    /// <summary>Waits until the screen shows what it shall: its rows without blanks at their ends, <c>_</c> on the cursor where it is wanted.</summary>
    public void Expect(string rows)
    {
        string wanted = rows.ReplaceLineEndings("\n").TrimEnd('\n');
        bool showsCursor = wanted.Contains('\u2588');
        if (!Await(screen => screen.Text(showsCursor) == wanted))
        {
            Fail(wanted, Text(showsCursor));
        }
    }

    /// <summary>Waits until the last rows of the screen are these.</summary>
    public void ExpectEnd(string rows)
    {
        string wanted = rows.ReplaceLineEndings("\n").TrimEnd('\n');
        bool showsCursor = wanted.Contains('\u2588');
        if (!Await(screen => ("\n" + screen.Text(showsCursor)).EndsWith("\n" + wanted, StringComparison.Ordinal)))
        {
            Fail(wanted, Text(showsCursor));
        }
    }

    /// <summary>Waits until the screen ends so, with or without something before it in the same row.</summary>
    public void ExpectTail(string text)
    {
        bool showsCursor = text.Contains('\u2588');
        if (!Await(screen => screen.Text(showsCursor).EndsWith(text, StringComparison.Ordinal)))
        {
            Fail(text, Text(showsCursor));
        }
    }

    /// <summary>Waits for a row, the first of its kind, that another has followed.</summary>
    public string WaitForRow(Predicate<string> isWanted)
    {
        string? Found(Vt100 screen) => screen.Text(showsCursor: false).Split('\n')[..^1].FirstOrDefault(r => r.Length > 0 && isWanted(r));
        Assert.True(Await(screen => Found(screen) is not null), "there is no such row: " + Text(false));
        lock (_gate)
        {
            return Found(_screen)!;
        }
    }

    /// <summary>Waits for the end of the program.</summary>
    public int WaitForExit()
    {
        Assert.True(_process.WaitForExit(Patience), "the program goes on: " + Text(false));
        return _process.ExitCode;
    }

    /// <summary>The colour (30 to 37, 0 for none) of the first place where a text stands.</summary>
    public int ColourOf(string text)
    {
        lock (_gate)
        {
            return _screen.ColourOf(text);
        }
    }

    /// <summary>The cells of the longest row that holds a text; 0 where none does.</summary>
    public int LongestRow(string text) =>
        Text(false).Split('\n').Where(r => r.Contains(text, StringComparison.Ordinal)).Select(r => r.Length).DefaultIfEmpty(0).Max();

    /// <summary>From now on the terminal is a dumb one, on which a sequence is rubbish.</summary>
    public void ForbidSequences() => _isDumb = true;

    /// <summary>From now on the line carries so much and no more; 10 bits a character.</summary>
    public void Slow(int bitsPerSecond) => _bytesPerSecond = bitsPerSecond / 10;

    /// <summary>Waits until the program has written so many bytes more.</summary>
    public void ExpectMore(int bytes)
    {
        long wanted = Received + bytes;
        Assert.True(Await(_ => Received >= wanted), "the program writes nothing more: " + Text(false));
    }

    /// <summary>The line goes dead.</summary>
    public void HangUp()
    {
        _isHungUp = true;
        _mayRead.Set();
        _reader.Join(); // a read that waits would keep the line open
        _stream.Dispose();
    }

    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        HangUp();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(5)))
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private static void Fail(string wanted, string shown) => Assert.Fail($"wanted:\n{wanted}\n\nshown:\n{shown}");

    private string Text(bool showsCursor)
    {
        lock (_gate)
        {
            return _screen.Text(showsCursor);
        }
    }

    private bool Await(Func<Vt100, bool> holds)
    {
        long end = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        lock (_gate)
        {
            while (!holds(_screen))
            {
                if (Environment.TickCount64 > end || _process.HasExited)
                {
                    Monitor.Wait(_gate, 200); // its last words
                    return holds(_screen);
                }

                Monitor.Wait(_gate, 1000);
            }

            return true;
        }
    }

    // A sequence that no VT100 knows is shown as what it is, and fails the test that sees it.
    private void Show(string text)
    {
        if (_isDumb && text.Contains('\e'))
        {
            _screen.Write("!a sequence: " + text.Replace('\e', '^') + "!");
            return;
        }

        try
        {
            _screen.Write(text);
        }
        catch (InvalidOperationException e)
        {
            _screen.Write("!" + e.Message + "!");
        }
    }

    private void Read(bool answersReports)
    {
        byte[] buffer = new byte[4096];
        Decoder decoder = Encoding.UTF8.GetDecoder();
        char[] characters = new char[buffer.Length + 1];
        while (!_isHungUp)
        {
            int count;
            try
            {
                _mayRead.Wait();
                var entry = new PollEntry { Descriptor = _master.DangerousGetHandle().ToInt32(), Events = Readable };
                if (Poll(ref entry, 1, 50) <= 0)
                {
                    continue;
                }

                count = _stream.Read(buffer, 0, 1024);
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
                return; // the program has closed its terminal, or the line is dead
            }

            if (count == 0)
            {
                return;
            }

            Interlocked.Add(ref _received, count);
            if (_bytesPerSecond != int.MaxValue)
            {
                Thread.Sleep(TimeSpan.FromSeconds((double)count / _bytesPerSecond)); // the line's own time, not a wait for something
            }

            string text = new(characters, 0, decoder.GetChars(buffer, 0, count, characters, 0));
            lock (_gate)
            {
                Show(text);
                Monitor.PulseAll(_gate);
                if (answersReports && _screen.TakeReports() is { Length: > 0 } report)
                {
                    Type(report);
                }
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "posix_openpt")]
    private static partial int OpenMaster(int flags);

    [LibraryImport("libc", EntryPoint = "grantpt")]
    private static partial int Grant(int descriptor);

    [LibraryImport("libc", EntryPoint = "unlockpt")]
    private static partial int Unlock(int descriptor);

    [LibraryImport("libc", EntryPoint = "ptsname_r")]
    private static partial int NameOf(int descriptor, byte[] name, nuint length);

    [LibraryImport("libc", EntryPoint = "ioctl")]
    private static partial int Control(int descriptor, nuint request, Span<ushort> argument);

    [LibraryImport("libc", EntryPoint = "poll")]
    private static partial int Poll(ref PollEntry entries, nuint count, int timeout);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollEntry
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
