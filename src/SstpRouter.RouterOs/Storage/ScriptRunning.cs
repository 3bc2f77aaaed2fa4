using SstpRouter.RouterOs.Interpretation;
using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Schema;

namespace SstpRouter.RouterOs.Storage;

/// <summary>Runs configurations in the language itself, so that what a hand writes into a state file means what it means at the prompt.</summary>
internal static class ScriptRunning
{
    /// <summary>Runs each statement, reports those that fail and goes on.</summary>
    public static void EachStatement(Menu root, ISession session, string text, Action<ScriptFault> report)
    {
        var interpreter = new Interpreter(root, session);
        try
        {
            interpreter.RunEach(text, failure => report(new ScriptFault(failure.Path, failure.Text, failure.Position.Line, failure.Error)));
        }
        catch (ScriptError error)
        {
            report(new ScriptFault("/", text, 1, error)); // the text as a whole was refused
        }
    }
}
