using System.Text;
using SstpRouter.Console.Editing;
using SstpRouter.Console.Terminals;

namespace SstpRouter.Console.Screens;

/// <summary>A screen that a command draws again and again: only the lines that have changed are written.</summary>
/// <remarks>Screens come on the thread that runs the command, keys on another.</remarks>
/// <param name="terminal">The terminal.</param>
internal sealed class LiveView(ITerminal terminal)
{
    private const string Prompt = "-- [Q quit|D dump|C-z pause]";
    private const string Paused = "-- [Q quit|D dump|C-z continue]";

    private readonly Lock _gate = new();
    private string[] _shown = [];
    private string _latest = "";
    private bool _isPaused;

    /// <summary>True once a screen was shown.</summary>
    public bool IsActive { get; private set; }

    /// <summary>Shows a screen.</summary>
    public void Redraw(string screen)
    {
        lock (_gate)
        {
            _latest = screen;
            if (!_isPaused)
            {
                Show(screen, Prompt);
            }
        }
    }

    /// <summary>Takes a key; false where it means nothing to a live screen.</summary>
    /// <param name="key">The key.</param>
    /// <param name="quit">Called where the user has seen enough.</param>
    public bool Press(Key key, Action quit)
    {
        switch (key)
        {
            case { Kind: KeyKind.Interrupt or KeyKind.Gone } or { Kind: KeyKind.Text, Text: "q" or "Q" }:
                quit();
                return true;
            case { Kind: KeyKind.Text, Text: "d" or "D" }:
                Dump();
                return true;
            case { Kind: KeyKind.Pause }:
                Pause();
                return true;
            default:
                return false;
        }
    }

    /// <summary>Takes the keys' line away; the screen stays.</summary>
    public void Finish()
    {
        lock (_gate)
        {
            if (_shown.Length > 0)
            {
                terminal.Write("\r\e[K");
                _shown = [];
            }
        }
    }

    // What is shown stays, and the next screen comes below it.
    private void Dump()
    {
        Finish();
        lock (_gate)
        {
            Show(_latest, _isPaused ? Paused : Prompt);
        }
    }

    private void Pause()
    {
        lock (_gate)
        {
            _isPaused = !_isPaused;
            Show(_latest, _isPaused ? Paused : Prompt);
        }
    }

    private void Show(string screen, string prompt)
    {
        IsActive = true;
        // What is higher than the terminal cannot be drawn over: its end is left out.
        string[] lines = [.. LinesOf(screen).Take(Math.Max(1, terminal.Height - 1)).Select(Cut), prompt];
        var text = new StringBuilder("\r");
        if (_shown.Length > 1)
        {
            text.Append($"\e[{_shown.Length - 1}A");
        }

        for (int i = 0; i < lines.Length; i++)
        {
            bool isLast = i == lines.Length - 1;
            if (i >= _shown.Length || _shown[i] != lines[i])
            {
                text.Append(lines[i]).Append(i < _shown.Length ? "\e[K" : "");
            }

            text.Append(isLast ? (_shown.Length > lines.Length ? "\e[J" : "") : "\n");
        }

        // The cursor waits behind the keys, as it does where they are new.
        text.Append($"\r\e[{prompt.Length}C");
        terminal.Write(text.ToString());
        _shown = lines;
    }

    // A command that knows of no terminal puts the keys below each screen itself.
    private static IEnumerable<string> LinesOf(string screen) =>
        screen.TrimEnd('\n').Split('\n').Where(l => !l.StartsWith("-- [Q quit|", StringComparison.Ordinal));

    private string Cut(string line) => line.Length <= terminal.Width - 1 ? line : line[..(terminal.Width - 1)];
}
