using System.Runtime.InteropServices;

namespace SstpRouter.Console.Terminals;

/// <summary>The calls that terminals need (termios(3), ioctl_tty(2)).</summary>
internal static partial class Tty
{
    private const int Input = 0;
    private const int Output = 1;
    private const int Now = 0;                    // TCSANOW
    private const nuint GetWindowSize = 0x5413;   // asm-generic/ioctls.h: x86, Arm, RISC-V
    private const short Readable = 1;             // POLLIN
    private const int AgainLater = 4;             // EINTR

    // Larger than struct termios of any C library: it is only carried from one call to the other.
    private const int SettingsSize = 256;

    /// <summary>True where keys come from a terminal.</summary>
    public static bool IsKeyboard => IsTerminal(Input) == 1;

    /// <summary>True where output goes to a terminal.</summary>
    public static bool IsScreen => IsTerminal(Output) == 1;

    /// <summary>Columns and lines as the kernel knows them; null where it does not, as on a serial line.</summary>
    public static (int Width, int Height)? Size
    {
        get
        {
            Span<ushort> size = stackalloc ushort[4]; // struct winsize: rows, columns, pixels
            return Control(Output, GetWindowSize, size) == 0 && size[0] > 0 && size[1] > 0 ? (size[1], size[0]) : null;
        }
    }

    /// <summary>Has every key come at once, unechoed, Ctrl-C as well.</summary>
    /// <returns>The settings before.</returns>
    public static byte[] MakeRaw()
    {
        byte[] before = new byte[SettingsSize];
        GetSettings(Input, before);
        byte[] raw = [.. before];
        SetRaw(raw);
        SetSettings(Input, Now, raw);
        return before;
    }

    /// <summary>Puts settings back.</summary>
    public static void Restore(byte[] settings) => SetSettings(Input, Now, settings);

    /// <summary>Waits for keys.</summary>
    /// <param name="buffer">Takes their bytes.</param>
    /// <param name="timeout">How long to wait; -1 for ever.</param>
    /// <returns>The number of bytes; 0 where the time is over; -1 where the terminal has gone.</returns>
    public static int Read(byte[] buffer, int timeout)
    {
        while (true)
        {
            var entry = new PollEntry { Descriptor = Input, Events = Readable };
            int ready = Poll(ref entry, 1, timeout);
            if (ready == 0)
            {
                return 0;
            }

            nint count = ready < 0 ? -1 : Read(Input, buffer, (nuint)buffer.Length);
            if (count > 0)
            {
                return (int)count;
            }

            if (count == 0 || Marshal.GetLastPInvokeError() != AgainLater)
            {
                return -1;
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "isatty")]
    private static partial int IsTerminal(int descriptor);

    [LibraryImport("libc", EntryPoint = "ioctl")]
    private static partial int Control(int descriptor, nuint request, Span<ushort> argument);

    [LibraryImport("libc", EntryPoint = "tcgetattr")]
    private static partial int GetSettings(int descriptor, byte[] settings);

    [LibraryImport("libc", EntryPoint = "tcsetattr")]
    private static partial int SetSettings(int descriptor, int when, byte[] settings);

    [LibraryImport("libc", EntryPoint = "cfmakeraw")]
    private static partial void SetRaw(byte[] settings);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(ref PollEntry entries, nuint count, int timeout);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint Read(int descriptor, byte[] buffer, nuint count);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollEntry
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
