using System.Text;
using SstpRouter.Console.Screens;
using SstpRouter.Console.Targets;
using SstpRouter.Console.Terminals;
using SstpRouter.RouterOs.Assistance;

namespace SstpRouter.Console.Editing;

/// <summary>Lines typed at a terminal whose cursor cannot be moved: keys are echoed, and only the end of what was typed can be taken back.</summary>
public sealed class TypedLines : ILineSource
{
    private const int LongestText = 64 * 1024;

    private readonly ITerminal _terminal;
    private readonly ICommandTarget _target;
    private readonly History _history = new();
    private readonly List<Rune> _text = [];
    private LineRequest _wanted = new(() => "");
    private string _prompt = "";
    private bool _wasComplete;

    /// <summary>Reads lines from a terminal.</summary>
    /// <param name="terminal">The terminal.</param>
    /// <param name="target">Who helps and has something to say.</param>
    public TypedLines(ITerminal terminal, ICommandTarget target)
    {
        _terminal = terminal;
        _target = target;
    }

    private string Text => string.Concat(_text);

    /// <inheritdoc/>
    public (EditOutcome Outcome, string Line) Read(LineRequest wanted)
    {
        _wanted = wanted;
        _text.Clear();
        _text.AddRange(wanted.Text.EnumerateRunes());
        _history.TakeFrom(_target);
        ShowNotices(isTyping: false);
        Show();
        while (_target.End is null && _terminal.ReadKey() is { } key)
        {
            EditOutcome outcome = Press(key);
            if (outcome != EditOutcome.Editing)
            {
                _terminal.Write("\n");
                return (outcome, outcome is EditOutcome.Entered or EditOutcome.SafeMode ? Text : "");
            }

            _wasComplete = key.Kind == KeyKind.Complete || (_wasComplete && key.Kind == KeyKind.Stirred);
        }

        _terminal.Write("\n");
        return (EditOutcome.Closed, "");
    }

    private EditOutcome Press(Key key)
    {
        switch (key.Kind)
        {
            case KeyKind.Enter:
                return EditOutcome.Entered;
            case KeyKind.Interrupt:
                return EditOutcome.Interrupted;
            case KeyKind.Leave when _text.Count == 0:
                return EditOutcome.Closed;
            case KeyKind.SafeMode:
                return EditOutcome.SafeMode;
            case KeyKind.Text:
                Type(key.Text);
                break;
            case KeyKind.Backspace when _text.Count > 0:
                TakeBack(1);
                break;
            case KeyKind.KillToStart:
                TakeBack(_text.Count);
                break;
            case KeyKind.Older:
                Replace(_history.Older(Text));
                break;
            case KeyKind.Newer:
                Replace(_history.Newer());
                break;
            case KeyKind.Redraw:
                _terminal.Write("\n");
                Show();
                break;
            case KeyKind.Complete:
                Complete();
                break;
            case KeyKind.Help:
                Interject(WordList.Lines(_target.Help(_wanted.Before + Text), hasColours: false));
                break;
            case KeyKind.Stirred:
                ShowNotices(isTyping: true);
                break;
            default:
                break;
        }

        return EditOutcome.Editing;
    }

    private void Type(string text)
    {
        Rune[] runes = [.. text.EnumerateRunes().Where(r => !Rune.IsControl(r))];
        if (_text.Count + runes.Length <= LongestText)
        {
            _text.AddRange(runes);
            _terminal.Write(string.Concat(runes));
        }
    }

    private void TakeBack(int count)
    {
        int cells = _text.TakeLast(count).Sum(CellWidth.Of);
        _text.RemoveRange(_text.Count - count, count);
        _terminal.Write(string.Concat(Enumerable.Repeat("\b \b", cells)));
    }

    private void Replace(string? text)
    {
        if (text is not null)
        {
            TakeBack(_text.Count);
            Type(text);
        }
    }

    private void Complete()
    {
        string before = Text;
        Completion found = _target.Complete(_wanted.Before + before);
        int start = found.Start - _wanted.Before.Length;
        if (start >= 0 && before[start..] != found.Insert)
        {
            TakeBack(before[start..].EnumerateRunes().Count());
            Type(found.Insert);
        }
        else if (_wasComplete && found.Candidates.Count > 1)
        {
            Interject(WordList.Columns(found.Candidates, _terminal.Width, hasColours: false));
        }
    }

    private void Interject(string text)
    {
        if (text.Length > 0)
        {
            _terminal.Write("\n" + text);
            Show();
        }
    }

    private void Show()
    {
        _prompt = _wanted.Prompt();
        _terminal.Write(_prompt + Text);
        _history.Rewind();
    }

    private void ShowNotices(bool isTyping)
    {
        _history.TakeFrom(_target);
        string text = _target.TakeNotices();
        if (isTyping && (text.Length > 0 || _wanted.Prompt() != _prompt))
        {
            _terminal.Write("\n" + text);
            Show();
        }
        else
        {
            _terminal.Write(text);
        }
    }
}
