using SstpRouter.Console.Editing;
using SstpRouter.Console.Screens;
using SstpRouter.Console.Targets;
using SstpRouter.Console.Terminals;
using SstpRouter.Control;
using SstpRouter.RouterOs.Language;

namespace SstpRouter.Console;

/// <summary>The prompt: reads lines, sends them, shows what comes back.</summary>
public sealed class ConsoleLoop
{
    private readonly ITerminal _terminal;
    private readonly ILineSource _lines;
    private readonly ICommandTarget _target;

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

    /// <summary>True where a line that cannot be understood stays in the editor, the cursor where the fault is. A program that types waits for a
    /// bare prompt.</summary>
    public bool KeepsFaultyLines { get; init; }

    /// <summary>Runs until the user leaves (<c>/quit</c>, Ctrl-D) or the input ends.</summary>
    /// <returns>0, or 1 where the last line failed: what a script that is piped in wants to know.</returns>
    /// <exception cref="ControlError">The router went away.</exception>
    public int Run()
    {
        using IDisposable size = _terminal.WatchSize(_target.Resize);
        _target.Stirred += OnStirred;
        try
        {
            Begin();
            return RunLines();
        }
        finally
        {
            _target.Stirred -= OnStirred;
        }
    }

    // What nobody may miss stands above what the router asks.
    private void Begin()
    {
        if (_terminal.HasKeys)
        {
            _terminal.Write(_target.TakeNotices());
            RunOne(_target.Begin);
        }
    }

    private int RunLines()
    {
        int status = 0;
        var wanted = new LineRequest(() => _target.Prompt);
        while (true)
        {
            (EditOutcome outcome, string line) = _lines.Read(wanted);
            string text = wanted.Before + line;
            LineRequest next = new(() => _target.Prompt);
            switch (outcome)
            {
                case EditOutcome.Closed:
                    return _target.End is { } end ? throw new ControlError(end.Message, end)
                        : text.Length == 0 || _terminal.HasKeys ? status
                        : Fail("the input ends inside an open bracket or quote");
                case EditOutcome.SafeMode:
                    CommandOutcome toggled = RunOne(_target.ToggleSafeMode);
                    status = toggled.Error.Length == 0 ? status : Fail(toggled.Error);
                    next = wanted with { Text = line };
                    break;
                case EditOutcome.Background:
                    CommandOutcome started = RunOne(screen => _target.RunInBackground(text, screen));
                    status = started.Error.Length == 0 ? status : Fail(started.Error);
                    break;
                case EditOutcome.Entered when IsQuit(text):
                    bool mayQuit = true;
                    RunOne(screen =>
                    {
                        mayQuit = _target.MayQuit(screen);
                        return new CommandOutcome(0, "");
                    });
                    if (mayQuit)
                    {
                        return 0;
                    }

                    break;
                case EditOutcome.Entered when !string.IsNullOrWhiteSpace(text):
                    CommandOutcome result = RunOne(screen => _target.Run(text, screen));
                    status = result.Error.Length == 0 ? result.Status : Fail(result.Error);
                    next = Next(next, text, result);
                    break;
                case EditOutcome.Entered when _terminal.HasKeys:
                    _target.Refresh();
                    break;
                default:
                    break;
            }

            wanted = next;
        }
    }

    private LineRequest Next(LineRequest next, string text, CommandOutcome result) =>
        result.Continuation is { } continuation ? new LineRequest(() => continuation, text + "\n")
        : KeepsFaultyLines && result.Fault is { } fault ? next with { Text = text, Cursor = OffsetOf(text, fault) }
        : next;

    private static int OffsetOf(string text, SourcePosition place)
    {
        int offset = 0;
        for (int line = 1; line < place.Line && text.IndexOf('\n', offset) is var end and >= 0; line++)
        {
            offset = end + 1;
        }

        return Math.Min(text.Length, offset + place.Column - 1);
    }

    private static bool IsQuit(string text) => text.Trim() is "/quit" or "quit";

    private CommandOutcome RunOne(Func<ICommandScreen, CommandOutcome> run)
    {
        var screen = new CommandScreen(_terminal, _target.Interrupt);
        CommandOutcome outcome;
        using (_terminal.WatchKeys(screen.Press))
        {
            outcome = run(screen);
        }

        screen.Finish();
        return screen.HasQuit ? outcome with { Error = "" } : outcome;
    }

    private int Fail(string error)
    {
        _terminal.Write((_terminal.HasColours ? Colour.Error + error + Colour.Plain : error) + "\n");
        return 1;
    }

    private void OnStirred() => _terminal.Post(new Key(KeyKind.Stirred));
}
