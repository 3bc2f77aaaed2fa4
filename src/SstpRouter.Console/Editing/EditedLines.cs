using SstpRouter.Console.Terminals;

namespace SstpRouter.Console.Editing;

/// <summary>Lines typed at a terminal.</summary>
/// <param name="terminal">The terminal.</param>
public sealed class EditedLines(ITerminal terminal) : ILineSource
{
    private readonly History _history = new();

    /// <inheritdoc/>
    public (EditOutcome Outcome, string Line) Read(string prompt)
    {
        var editor = new LineEditor(_history);
        int width = terminal.Width;
        terminal.Write(editor.Begin(prompt, width));
        while (terminal.ReadKey() is { } key)
        {
            if (terminal.Width != width)
            {
                width = terminal.Width;
                terminal.Write(editor.Resize(width));
            }

            EditStep step = editor.Press(key);
            terminal.Write(step.Screen);
            if (step.Outcome != EditOutcome.Editing)
            {
                _history.Add(step.Line);
                return (step.Outcome, step.Line);
            }
        }

        return (EditOutcome.Closed, "");
    }
}
