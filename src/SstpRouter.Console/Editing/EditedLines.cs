using SstpRouter.Console.Screens;
using SstpRouter.Console.Targets;
using SstpRouter.Console.Terminals;
using SstpRouter.RouterOs.Assistance;
using SstpRouter.RouterOs.Interpretation;

namespace SstpRouter.Console.Editing;

/// <summary>Lines typed at a terminal, with the router's help.</summary>
public sealed class EditedLines : ILineSource
{
    private readonly ITerminal _terminal;
    private readonly ICommandTarget _target;
    private readonly History _history = new();
    private readonly LineEditor _editor;
    private LineRequest _wanted = new(() => "");
    private bool _isHot;
    private bool _wasComplete;

    /// <summary>Reads lines from a terminal.</summary>
    /// <param name="terminal">The terminal.</param>
    /// <param name="target">Who helps and has something to say.</param>
    public EditedLines(ITerminal terminal, ICommandTarget target)
    {
        _terminal = terminal;
        _target = target;
        _editor = new LineEditor(_history, ColoursOf);
    }

    /// <inheritdoc/>
    public (EditOutcome Outcome, string Line) Read(LineRequest wanted)
    {
        _wanted = wanted;
        _history.TakeFrom(_target);
        _terminal.Write(_editor.Begin(Prompt(), _terminal.Width, _terminal.Height, wanted.Text, wanted.Cursor));
        ShowNotices();
        while (_target.End is null && _terminal.ReadKey() is { } key)
        {
            if (key.Kind == KeyKind.SafeMode)
            {
                _terminal.Write(_editor.Leave());
                return (EditOutcome.SafeMode, _editor.Text);
            }

            EditStep step = Press(key);
            _terminal.Write(step.Screen + (_terminal.HasKey || step.Outcome != EditOutcome.Editing ? "" : _editor.DrawPending()));
            if (step.Outcome != EditOutcome.Editing)
            {
                return (step.Outcome, step.Line);
            }

            _wasComplete = key.Kind == KeyKind.Complete || (_wasComplete && key.Kind == KeyKind.Stirred);
        }

        _terminal.Write(_editor.Leave());
        return (EditOutcome.Closed, "");
    }

    private EditStep Press(Key key)
    {
        switch (key.Kind)
        {
            case KeyKind.Complete:
                Complete();
                return new EditStep("");
            case KeyKind.Help:
                ShowHelp();
                return new EditStep("");
            case KeyKind.HotLock:
                _isHot = !_isHot;
                _editor.HasColouredMark = _isHot && _terminal.HasColours;
                _terminal.Write(_editor.Hide() + _editor.Show(Prompt(), _terminal.Width, _terminal.Height));
                return new EditStep("");
            case KeyKind.Resized:
                return new EditStep(_editor.Resize(_terminal.Width, _terminal.Height));
            case KeyKind.Stirred:
                ShowNotices();
                return new EditStep("");
            // v6 helps at a question mark; in v7 it is a character. It is one in a string and in what is pasted.
            case KeyKind.Text when key.Text == "?" && !_terminal.HasKey && !IsInString():
                ShowHelp();
                return new EditStep("");
            default:
                EditStep step = _editor.Press(key, isLast: !_terminal.HasKey);
                return _isHot && key.Kind == KeyKind.Text && !_terminal.HasKey ? step with { Screen = step.Screen + CompleteAlone() } : step;
        }
    }

    private string Prompt()
    {
        string prompt = _wanted.Prompt();
        return _isHot && prompt.EndsWith("> ", StringComparison.Ordinal) ? prompt[..^1] + "> " : prompt;
    }

    private IReadOnlyList<WordKind> ColoursOf(string text)
    {
        if (!_terminal.HasColours)
        {
            return [];
        }

        IReadOnlyList<WordKind> kinds = _target.Colours(_wanted.Before + text);
        return kinds.Count == _wanted.Before.Length + text.Length ? [.. kinds.Skip(_wanted.Before.Length)] : [];
    }

    private bool IsInString() => Interpreter.StillOpen(_wanted.Before + _editor.TextBefore).EndsWith('"');

    private void Complete()
    {
        string before = _editor.TextBefore;
        Completion found = _target.Complete(_wanted.Before + before);
        int start = found.Start - _wanted.Before.Length;
        if (start >= 0 && before[start..] != found.Insert)
        {
            _terminal.Write(_editor.Complete(start, found.Insert));
        }
        else if (_wasComplete && found.Candidates.Count > 1)
        {
            Interject(WordList.Columns(found.Candidates, _terminal.Width, _terminal.HasColours));
        }
    }

    // In hot lock mode a word is completed as soon as it can be nothing else.
    private string CompleteAlone()
    {
        string before = _editor.TextBefore;
        Completion found = _target.Complete(_wanted.Before + before);
        int start = found.Start - _wanted.Before.Length;
        bool isWord = found.Candidates is [{ Kind: WordKind.Menu or WordKind.Command or WordKind.Argument } only]
            && start >= 0 && start < before.Length && only.Name.StartsWith(before[start..], StringComparison.Ordinal);
        return isWord ? _editor.Complete(start, found.Insert) : "";
    }

    private void ShowHelp()
    {
        IReadOnlyList<Candidate> found = _target.Help(_wanted.Before + _editor.TextBefore);
        if (found.Count > 0)
        {
            Interject(WordList.Lines(found, _terminal.HasColours));
        }
    }

    // Lists stand below the line, which goes on below them.
    private void Interject(string text)
    {
        _terminal.Write(_editor.Leave());
        var pager = new Pager(_terminal);
        pager.Write(text);
        pager.Finish();
        _terminal.Write(_editor.Show(Prompt(), _terminal.Width, _terminal.Height));
    }

    // What the router says stands above the line.
    private void ShowNotices()
    {
        _history.TakeFrom(_target);
        string text = _target.TakeNotices();
        if (text.Length > 0 || Prompt() != _editor.Prompt)
        {
            _terminal.Write(_editor.Hide() + text + _editor.Show(Prompt(), _terminal.Width, _terminal.Height));
        }
    }
}
