using SstpRouter.RouterOs.Interpretation;
using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Schema;

namespace SstpRouter.RouterOs.Storage;

/// <summary>Runs configurations in the language itself, so that what a hand writes into a state file means what it means at the prompt.</summary>
internal static class ScriptRunning
{
    // A loop that does not end must not keep the router from its start.
    private static readonly TimeSpan LongestStatement = TimeSpan.FromSeconds(10);

    /// <summary>Runs each statement, reports those that fail and goes on; a property that is not known here is left out of its statement.</summary>
    /// <returns>How many statements there were.</returns>
    public static int EachStatement(Menu root, ISession session, string text, Action<ScriptFault> report)
    {
        var interpreter = new Interpreter(root, ScriptSession.OfLoad(session, LongestStatement));
        try
        {
            return interpreter.RunEach(text, failure => report(new ScriptFault(failure)), isTolerant: true).Commands;
        }
        catch (ScriptError error)
        {
            report(new ScriptFault("/", text, new SourcePosition(1, 1), error, FailureKind.Unreadable)); // the text as a whole was refused
            return 1;
        }
    }
}
