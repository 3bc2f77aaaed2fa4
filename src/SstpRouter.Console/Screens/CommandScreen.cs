using SstpRouter.Console.Editing;
using SstpRouter.Console.Terminals;
using SstpRouter.Control;

namespace SstpRouter.Console.Screens;

/// <summary>What a running command shows and asks, on a terminal.</summary>
/// <param name="terminal">The terminal.</param>
/// <param name="interrupt">Ends the command; may be called from any thread.</param>
internal sealed class CommandScreen(ITerminal terminal, Action interrupt) : ICommandScreen
{
    private readonly LiveView _live = new(terminal);
    private readonly Lock _gate = new();
    private Pager? _pager;
    private char _lastWritten = '\n';
    private volatile bool _isAsking;
    private volatile bool _hasQuit;
    private bool _hasBegun;
    private bool _isInterrupted;

    /// <summary>True where the user has seen enough, so that it is no news that the command was interrupted.</summary>
    public bool HasQuit => _hasQuit || _pager?.HasQuit == true;

    /// <summary>Takes a key that was pressed while the command runs, on any thread; false where it is for whoever reads keys.</summary>
    public bool Press(Key key)
    {
        if (_isAsking || _pager?.IsWaiting == true)
        {
            return false;
        }

        if (_live.IsActive)
        {
            return _live.Press(key, Quit);
        }

        if (key.Kind is KeyKind.Interrupt or KeyKind.Gone)
        {
            Interrupt();
            return key.Kind == KeyKind.Interrupt;
        }

        return false;
    }

    /// <inheritdoc/>
    public void Begin()
    {
        lock (_gate)
        {
            _hasBegun = true;
            if (_isInterrupted)
            {
                interrupt();
            }
        }
    }

    /// <inheritdoc/>
    public void Write(string text)
    {
        if (_pager is { } pager)
        {
            bool wasQuit = pager.HasQuit;
            pager.Write(text);
            if (pager.HasQuit && !wasQuit)
            {
                interrupt();
            }
        }
        else
        {
            _live.Finish();
            terminal.Write(text);
        }

        _lastWritten = text.Length > 0 ? text[^1] : _lastWritten;
    }

    /// <inheritdoc/>
    public void Redraw(string screen)
    {
        if (terminal.CanEdit)
        {
            _live.Redraw(screen);
            return;
        }

        Write(string.Concat(screen.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(l => !l.StartsWith("-- [Q quit|", StringComparison.Ordinal)).Select(l => l + "\n")));
    }

    /// <inheritdoc/>
    public void BeginPages(bool isTable) => _pager = terminal.CanEdit ? new Pager(terminal, isTable) : null;

    /// <inheritdoc/>
    public Answer Ask(AskKind kind, string prompt)
    {
        if (!terminal.HasKeys)
        {
            return new Answer(AnswerKind.Impossible);
        }

        EndLine();
        _isAsking = true;
        try
        {
            return new Question(terminal).Ask(kind, prompt);
        }
        finally
        {
            _isAsking = false;
        }
    }

    /// <summary>The command has ended: what it left unfinished must not run into what follows.</summary>
    public void Finish()
    {
        _pager?.Finish();
        _live.Finish();
        EndLine();
    }

    // A key that is pressed right behind Enter must not come before the command, where it would mean nothing.
    private void Interrupt()
    {
        lock (_gate)
        {
            _isInterrupted = true;
            if (_hasBegun)
            {
                interrupt();
            }
        }
    }

    private void Quit()
    {
        _hasQuit = true;
        interrupt();
    }

    private void EndLine()
    {
        if (_lastWritten != '\n' && _pager is null)
        {
            terminal.Write("\n");
            _lastWritten = '\n';
        }
    }
}
