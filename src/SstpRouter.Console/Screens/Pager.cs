using SstpRouter.Console.Editing;
using SstpRouter.Console.Terminals;

namespace SstpRouter.Console.Screens;

/// <summary>Shows output a screen at a time: <c>-- [Q quit|D dump|down]</c>.</summary>
/// <remarks>It takes output as it comes and keeps whoever writes waiting while the user reads. At the end of what is longer than a screen the
/// user may go back up: <c>-- [Q quit|D dump|up]</c>. A table that is wider than the screen is seen through a window that goes to its right end:
/// <c>-- [Q quit|D dump|right]</c>.</remarks>
/// <param name="terminal">The terminal.</param>
/// <param name="isTable">True where lines that are too long are cut and not wrapped.</param>
internal sealed class Pager(ITerminal terminal, bool isTable = false)
{
    // A user who goes up further than this may print again.
    private const int MostKept = 10_000;

    private readonly List<string> _lines = [];
    private string _unfinished = "";
    private int _rowsOnScreen;
    private int _shown;
    private int _next;
    private int _left;
    private int _widest;
    private int _owed; // lines that the user wants to see and that have not come yet
    private bool _isPaged;
    private bool _isDumped;

    /// <summary>True once the user has quit: nothing more is shown.</summary>
    public bool HasQuit { get; private set; }

    /// <summary>True while it waits for a key.</summary>
    public bool IsWaiting { get; private set; }

    private bool HasMoreAtRight => isTable && _widest > _left + terminal.Width;

    private int SideStep => Math.Max(1, terminal.Width / 2);

    private int PageRows => Math.Max(1, terminal.Height - 1);

    /// <summary>Takes output; blocks while the user reads.</summary>
    public void Write(string text)
    {
        if (HasQuit)
        {
            return;
        }

        if (_isDumped)
        {
            terminal.Write(text);
            return;
        }

        string[] parts = (_unfinished + text).Split('\n');
        _unfinished = parts[^1];
        foreach (string line in parts[..^1])
        {
            if (_lines.Count == MostKept)
            {
                (_shown, _next) = (Math.Max(0, _shown - 1), _next - 1);
                _lines.RemoveAt(0);
            }

            _lines.Add(line);
            _widest = Math.Max(_widest, line.Length);
        }

        ShowWhatFits();
        GoDown(_owed);
        while (_next < _lines.Count && !_isDumped && !HasQuit)
        {
            Obey(Wait());
        }
    }

    /// <summary>The output is over.</summary>
    public void Finish()
    {
        if (_unfinished.Length > 0 && !HasQuit)
        {
            Write("\n");
        }

        while ((_isPaged || HasMoreAtRight) && !_isDumped && !HasQuit)
        {
            Obey(Wait());
        }
    }

    private void Obey(Key? key)
    {
        switch (key)
        {
            case null or { Kind: KeyKind.Interrupt or KeyKind.Gone } or { Kind: KeyKind.Text, Text: "q" or "Q" }:
                HasQuit = true;
                break;
            case { Kind: KeyKind.Text, Text: "d" or "D" }:
                _isDumped = true;
                // What was cut is shown again, whole.
                terminal.Write(string.Concat(_lines.Skip(isTable && _widest > terminal.Width ? _shown : _next).Select(l => l + "\n")));
                break;
            case { Kind: KeyKind.Right } when HasMoreAtRight:
                GoAside(SideStep);
                break;
            case { Kind: KeyKind.Left } when _left > 0:
                GoAside(-SideStep);
                break;
            case { Kind: KeyKind.Newer or KeyKind.Enter }:
                GoDown(1);
                break;
            case { Kind: KeyKind.PageDown } or { Kind: KeyKind.Text, Text: " " }:
                GoDown(PageRows);
                break;
            case { Kind: KeyKind.Older }:
                GoUp(1);
                break;
            case { Kind: KeyKind.PageUp }:
                GoUp(PageRows);
                break;
            default:
                break;
        }
    }

    // The ways that the arrows lead; up only where there is no other.
    private string Prompt()
    {
        string aside = HasMoreAtRight ? "|right" : _left > 0 ? "|left" : "";
        string along = _next < _lines.Count ? "|down" : _shown > 0 ? "|up" : "";
        return $"-- [Q quit|D dump{aside}{along}]";
    }

    private Key? Wait()
    {
        _isPaged = true;
        terminal.Write(Prompt());
        IsWaiting = true;
        Key? key;
        do
        {
            key = terminal.ReadKey();
        }
        while (key is { Kind: KeyKind.Stirred or KeyKind.Resized });

        IsWaiting = false;
        terminal.Write("\r\e[K");
        return key;
    }

    private void ShowWhatFits()
    {
        while (_next < _lines.Count && _rowsOnScreen + RowsOf(_lines[_next]) <= PageRows)
        {
            _rowsOnScreen += RowsOf(_lines[_next]);
            terminal.Write(Cut(_lines[_next++]) + "\n");
        }
    }

    // The screen scrolls by as many lines as are written at its end.
    private void GoDown(int lines)
    {
        for (; lines > 0 && _next < _lines.Count; lines--)
        {
            _rowsOnScreen += RowsOf(_lines[_next]);
            terminal.Write(Cut(_lines[_next++]) + "\n");
            while (_rowsOnScreen > PageRows && _shown < _next - 1)
            {
                _rowsOnScreen -= RowsOf(_lines[_shown++]);
            }
        }

        _owed = lines;
    }

    private void GoUp(int lines)
    {
        _owed = 0;
        int top = Math.Max(0, _shown - lines);
        if (top != _shown)
        {
            ShowFrom(top);
        }
    }

    private void GoAside(int cells)
    {
        _left = Math.Max(0, _left + cells);
        ShowFrom(_shown);
    }

    private void ShowFrom(int top)
    {
        terminal.Write("\e[H\e[2J");
        (_shown, _next, _rowsOnScreen) = (top, top, 0);
        ShowWhatFits();
    }

    private string Cut(string line) =>
        !isTable ? line : line.Length <= _left ? "" : line[_left..Math.Min(line.Length, _left + terminal.Width)];

    private int RowsOf(string line)
    {
        if (isTable)
        {
            return 1;
        }

        // Colours take no cells.
        int cells = 0;
        for (int i = 0; i < line.Length; i++)
        {
            if (line[i] == '\e')
            {
                i = line.IndexOf('m', i) is var end and >= 0 ? end : line.Length;
            }
            else
            {
                cells++;
            }
        }

        return Math.Max(1, (cells + terminal.Width - 1) / terminal.Width);
    }
}
