using System.Text;
using SstpRouter.Console.Editing;
using SstpRouter.Console.Terminals;
using SstpRouter.Control;

namespace SstpRouter.Console.Screens;

/// <summary>Asks the user at a terminal.</summary>
/// <param name="terminal">The terminal.</param>
public sealed class Question(ITerminal terminal)
{
    private const int LongestAnswer = 4096;

    /// <summary>Asks.</summary>
    /// <param name="kind">How the answer is typed.</param>
    /// <param name="prompt">What to show, blank at the end included; of <see cref="AskKind.Text"/> the text itself.</param>
    public Answer Ask(AskKind kind, string prompt) => kind switch
    {
        AskKind.Key => AskKey(prompt),
        AskKind.Text => terminal.CanEdit ? AskText(prompt) : new Answer(AnswerKind.Impossible),
        AskKind.Line when terminal.CanEdit => AskLine(prompt),
        _ => AskUnedited(prompt, isHidden: kind == AskKind.Hidden),
    };

    private Answer AskKey(string prompt)
    {
        terminal.Write(prompt);
        while (terminal.ReadKey() is { } key)
        {
            switch (key.Kind)
            {
                case KeyKind.Text:
                    terminal.Write(key.Text + "\n");
                    return new Answer(AnswerKind.Given, key.Text);
                case KeyKind.Enter or KeyKind.Escape:
                    terminal.Write("\n");
                    return new Answer(AnswerKind.Given);
                case KeyKind.Interrupt or KeyKind.Leave or KeyKind.Gone:
                    terminal.Write("\n");
                    return new Answer(AnswerKind.Interrupted);
                default:
                    break;
            }
        }

        return new Answer(AnswerKind.Interrupted);
    }

    private Answer AskLine(string prompt)
    {
        var editor = new LineEditor(new History());
        terminal.Write(editor.Begin(prompt, terminal.Width, terminal.Height));
        while (terminal.ReadKey() is { } key)
        {
            EditStep step = key.Kind is KeyKind.Split or KeyKind.Search ? new EditStep("") : editor.Press(key);
            terminal.Write(step.Screen);
            if (step.Outcome != EditOutcome.Editing)
            {
                return step.Outcome == EditOutcome.Entered ? new Answer(AnswerKind.Given, step.Line) : new Answer(AnswerKind.Interrupted);
            }
        }

        return new Answer(AnswerKind.Interrupted);
    }

    private Answer AskText(string text)
    {
        var editor = new TextEditor(text);
        terminal.Write(editor.Begin(terminal.Width, terminal.Height));
        while (terminal.ReadKey() is { } key)
        {
            EditStep step = key.Kind == KeyKind.Resized ? new EditStep(editor.Begin(terminal.Width, terminal.Height)) : editor.Press(key);
            terminal.Write(step.Screen);
            if (step.Outcome != EditOutcome.Editing)
            {
                return step.Outcome == EditOutcome.Entered ? new Answer(AnswerKind.Given, step.Line) : new Answer(AnswerKind.Interrupted);
            }
        }

        return new Answer(AnswerKind.Interrupted);
    }

    // Only the end of what is typed can be taken back.
    private Answer AskUnedited(string prompt, bool isHidden)
    {
        terminal.Write(prompt);
        var typed = new List<Rune>();
        while (terminal.ReadKey() is { } key)
        {
            switch (key.Kind)
            {
                case KeyKind.Text when typed.Count < LongestAnswer:
                    typed.AddRange(key.Text.EnumerateRunes());
                    terminal.Write(isHidden ? "*" : key.Text);
                    break;
                case KeyKind.Backspace when typed.Count > 0:
                    typed.RemoveAt(typed.Count - 1);
                    terminal.Write("\b \b");
                    break;
                case KeyKind.KillToStart:
                    terminal.Write(string.Concat(Enumerable.Repeat("\b \b", typed.Count)));
                    typed.Clear();
                    break;
                case KeyKind.Enter:
                    terminal.Write("\n");
                    return new Answer(AnswerKind.Given, string.Concat(typed));
                case KeyKind.Interrupt or KeyKind.Leave or KeyKind.Gone:
                    terminal.Write("\n");
                    return new Answer(AnswerKind.Interrupted);
                default:
                    break;
            }
        }

        return new Answer(AnswerKind.Interrupted);
    }
}
