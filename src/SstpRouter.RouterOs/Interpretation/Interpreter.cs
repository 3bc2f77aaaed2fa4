using SstpRouter.RouterOs.Interpretation.Commands;
using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Language.Syntax;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Interpretation;

/// <summary>Runs scripts and single lines for one session. Used by one thread at a time.</summary>
public sealed class Interpreter
{
    // Far above any configuration; a script is held in memory whole.
    private const int MaxScriptLength = 16 * 1024 * 1024;

    private readonly Grammar _grammar;
    private readonly ISession _session;
    private readonly GlobalVariables _globals;

    /// <summary>Makes an interpreter that stands at the root.</summary>
    /// <param name="root">The menus.</param>
    /// <param name="session">Who asks, and where output goes.</param>
    /// <param name="globals">The global variables; null for some of its own.</param>
    public Interpreter(Menu root, ISession session, GlobalVariables? globals = null)
    {
        _grammar = new Grammar(root, LanguageCommands.All);
        _session = session;
        _globals = globals ?? new GlobalVariables();
        Current = root;
    }

    /// <summary>The menu that the next line starts in; a line that is only a path moves it.</summary>
    public Menu Current { get; set; }

    /// <summary>Runs a script, or one line of a console, up to its end or its first error.</summary>
    /// <param name="script">The text; variables that it declares with <c>:local</c> end with it.</param>
    /// <param name="variables">Variables that it finds declared, as if it had done so itself.</param>
    /// <returns>What <c>:return</c> gave, or else what the last command returned.</returns>
    /// <exception cref="ScriptError">What went wrong. Where the text cannot be read nothing was run; otherwise the commands before were.</exception>
    public Value Run(string script, params ReadOnlySpan<(string Name, Value Value)> variables)
    {
        CheckLength(script);
        Block block = new Parser(new SourceText(script), _grammar, Current).ParseScript();
        BusyClock? clock = (_session as ScriptSession)?.Clock;
        clock?.Start();
        try
        {
            return new Evaluator(_grammar, _session, _globals, menu => Current = menu).RunScript(block, variables);
        }
        catch (ScriptExit)
        {
            return Value.Nothing;
        }
        finally
        {
            clock?.Stop();
        }
    }

    /// <summary>Runs a script command by command and goes on behind those that fail, as the start-up load and <c>check</c> do.</summary>
    /// <param name="script">The text.</param>
    /// <param name="onFailure">Told of each failure as it happens; may be null.</param>
    /// <param name="isTolerant">True where a command that has properties which are not known here, or cannot have such a value yet, runs without
    /// them; each is a failure of its own.</param>
    /// <returns>What ran and what failed.</returns>
    /// <remarks>A line that cannot be read is left out alone. Behind a path that leads nowhere, commands without a path fail too, because
    /// they were meant for a menu that is not there. An interruption ends the script.</remarks>
    public RunReport RunEach(string script, Action<StatementFailure>? onFailure = null, bool isTolerant = false)
    {
        CheckLength(script);
        var source = new SourceText(script);
        var parser = new Parser(source, _grammar, Current) { IsTolerant = isTolerant };
        var evaluator = new Evaluator(_grammar, _session, _globals, menu => Current = menu);
        var report = new RunReport();
        BusyClock? clock = (_session as ScriptSession)?.Clock;
        evaluator.LeaveOut = isTolerant ? (given, reason) => parser.LeftOut.Add(new ScriptError(reason, given.Position)) : null;
        while (!_session.Cancellation.IsCancellationRequested)
        {
            int start = parser.NextStart();
            string path = parser.Path;
            Statement? statement = null;
            try
            {
                statement = parser.ParseNext();
                if (statement is null)
                {
                    return report;
                }

                clock?.Restart();
                evaluator.RunNext(statement);
            }
            catch (ScriptExit)
            {
                return report;
            }
            catch (ScriptError error)
            {
                if (statement is null or FailedStatement)
                {
                    parser.Resume(start);
                }

                TellLeftOut();
                Fail(error, statement switch
                {
                    null => FailureKind.Unreadable,
                    FailedStatement failed => failed.Kind,
                    _ when error.Text.StartsWith("bad command name", StringComparison.Ordinal) => FailureKind.UnknownMenu,
                    _ => FailureKind.Refused,
                });
            }

            report.Commands++;
            TellLeftOut();

            void TellLeftOut()
            {
                parser.LeftOut.ForEach(error => Fail(error, FailureKind.UnknownProperty));
                parser.LeftOut.Clear();
            }

            void Fail(ScriptError error, FailureKind kind)
            {
                var failure = new StatementFailure(source.PositionOf(start), path, script[start..parser.Offset].TrimEnd(), error, kind);
                report.Failures.Add(failure);
                onFailure?.Invoke(failure);
            }
        }

        return report;
    }

    /// <summary>Runs a script command by command up to its first error, and says each before it runs, as <c>import verbose=yes</c> does.</summary>
    /// <param name="script">The text.</param>
    /// <param name="said">Told of each command: its line and its text.</param>
    /// <exception cref="ScriptError">What went wrong.</exception>
    public void RunAloud(string script, Action<int, string> said)
    {
        CheckLength(script);
        var source = new SourceText(script);
        var parser = new Parser(source, _grammar, Current);
        var evaluator = new Evaluator(_grammar, _session, _globals, menu => Current = menu);
        try
        {
            for (int start = parser.NextStart(); parser.ParseNext() is { } statement; start = parser.NextStart())
            {
                said(source.PositionOf(start).Line, script[start..parser.Offset].TrimEnd());
                evaluator.RunNext(statement);
                if (evaluator.IsReturning)
                {
                    return;
                }
            }
        }
        catch (ScriptExit)
        {
            // The script wanted to end here.
        }
    }

    /// <summary>Reads a script without running it.</summary>
    /// <param name="script">The text.</param>
    /// <param name="said">Told of each command: its line and its text.</param>
    /// <returns>What is wrong with it, in the order of the script; unknown commands within braces included.</returns>
    public IReadOnlyList<ScriptError> Check(string script, Action<int, string>? said = null)
    {
        CheckLength(script);
        var source = new SourceText(script);
        var parser = new Parser(source, _grammar, Current);
        var errors = new List<ScriptError>();
        while (true)
        {
            int start = parser.NextStart();
            ScriptError? unreadable = null;
            try
            {
                if (parser.ParseNext() is null)
                {
                    return errors;
                }
            }
            catch (ScriptError error)
            {
                unreadable = error;
                parser.Resume(start);
            }

            said?.Invoke(source.PositionOf(start).Line, script[start..parser.Offset].TrimEnd());
            errors.AddRange(parser.Failed);
            parser.Failed.Clear();
            if (unreadable is not null)
            {
                errors.Add(unreadable);
            }
        }
    }

    /// <summary>The brackets and quotes that stay open at the end of a text, outermost first, and a <c>\</c> where its last line goes on:
    /// what a console asks another line for. Empty where the text is complete or cannot become so.</summary>
    public static string StillOpen(string text) => BalancedText.StillOpen(text);

    private static void CheckLength(string script)
    {
        if (script.Length > MaxScriptLength)
        {
            throw new ScriptError("script is too long");
        }
    }
}
