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
    /// <returns>What <c>:return</c> gave, or else what the last command returned.</returns>
    /// <exception cref="ScriptError">What went wrong. Where the text cannot be read nothing was run; otherwise the commands before were.</exception>
    public Value Run(string script)
    {
        CheckLength(script);
        Block block = new Parser(new SourceText(script), _grammar, Current).ParseScript();
        return new Evaluator(_grammar, _session, _globals, menu => Current = menu).RunScript(block);
    }

    /// <summary>Runs a script command by command and goes on behind those that fail, as the start-up load and <c>check</c> do.</summary>
    /// <param name="script">The text.</param>
    /// <param name="onFailure">Told of each failure as it happens; may be null.</param>
    /// <returns>The failures in the order of the script; none where everything was carried out.</returns>
    /// <remarks>A line that cannot be read is left out alone. Behind a path that leads nowhere, commands without a path fail too, because
    /// they were meant for a menu that is not there. An interruption ends the script.</remarks>
    public IReadOnlyList<StatementFailure> RunEach(string script, Action<StatementFailure>? onFailure = null)
    {
        CheckLength(script);
        var failures = new List<StatementFailure>();
        var source = new SourceText(script);
        var parser = new Parser(source, _grammar, Current);
        var evaluator = new Evaluator(_grammar, _session, _globals, menu => Current = menu);
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
                    return failures;
                }

                evaluator.RunNext(statement);
            }
            catch (ScriptError error)
            {
                if (statement is null or FailedStatement)
                {
                    parser.Resume(start);
                }

                var failure = new StatementFailure(source.PositionOf(start), path, script[start..parser.Offset].TrimEnd(), error);
                failures.Add(failure);
                onFailure?.Invoke(failure);
            }
        }

        return failures;
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
