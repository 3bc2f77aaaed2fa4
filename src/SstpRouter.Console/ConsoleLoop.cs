using SstpRouter.Console.Editing;
using SstpRouter.Console.Targets;
using SstpRouter.Console.Terminals;
using SstpRouter.Control;

namespace SstpRouter.Console;

/// <summary>The prompt: reads lines, sends them, shows what comes back.</summary>
public sealed class ConsoleLoop
{
    // The colour of RouterOS's own console for an error.
    private const string Red = "\e[31m";
    private const string Plain = "\e[m";

    private readonly ITerminal _terminal;
    private readonly ILineSource _lines;
    private readonly ICommandTarget _target;
    private char _lastWritten = '\n';

    /// <summary>Puts a prompt together.</summary>
    /// <param name="terminal">What it is shown on.</param>
    /// <param name="lines">Where its lines come from.</param>
    /// <param name="target">What runs them.</param>
    public ConsoleLoop(ITerminal terminal, ILineSource lines, ICommandTarget target)
    {
        _terminal = terminal;
        _lines = lines;
        _target = target;
    }

    /// <summary>Runs until the user leaves (<c>/quit</c>, Ctrl-D) or the input ends.</summary>
    /// <returns>0, or 1 where the last line failed: what a script that is piped in wants to know.</returns>
    /// <exception cref="ControlError">The router went away.</exception>
    public int Run()
    {
        using IDisposable size = _terminal.WatchSize(_target.Resize);
        int status = 0;
        string open = "";
        string prompt = _target.Prompt;
        while (true)
        {
            (EditOutcome outcome, string line) = _lines.Read(prompt);
            string text = open + line;
            (open, prompt) = ("", _target.Prompt);
            if (outcome == EditOutcome.Closed)
            {
                return text.Length == 0 ? status : Fail("the input ends inside an open bracket or quote");
            }

            if (outcome == EditOutcome.Entered && IsQuit(text))
            {
                return 0;
            }

            if (outcome == EditOutcome.Entered && !string.IsNullOrWhiteSpace(text))
            {
                CommandOutcome result = RunOne(text);
                status = result.Error.Length == 0 ? result.Status : Fail(result.Error);
                open = result.Continuation is null ? "" : text + "\n";
                prompt = result.Continuation ?? _target.Prompt;
            }
        }
    }

    private static bool IsQuit(string text) => text.Trim() is "/quit" or "quit";

    private CommandOutcome RunOne(string text)
    {
        using IDisposable interrupts = _terminal.WatchInterrupts(_target.Interrupt);
        CommandOutcome outcome = _target.Run(text, Show);
        EndLine();
        return outcome;
    }

    private int Fail(string error)
    {
        EndLine();
        Show((_terminal.HasColours ? Red + error + Plain : error) + "\n");
        return 1;
    }

    private void Show(string text)
    {
        if (text.Length > 0)
        {
            _lastWritten = text[^1];
            _terminal.Write(text);
        }
    }

    // What a command leaves unfinished must not run into what follows.
    private void EndLine()
    {
        if (_lastWritten != '\n')
        {
            Show("\n");
        }
    }
}
