namespace SstpRouter.RouterOs.Language;

/// <summary>A command that reads well but means nothing here: an unknown word or argument. It fails when it is reached, not the whole script.</summary>
/// <param name="error">What to tell.</param>
/// <param name="losesPath">True where the command was to enter a menu, so that commands behind it have no menu to stand in.</param>
internal sealed class CommandFault(ScriptError error, bool losesPath = false) : Exception(error.Message)
{
    public CommandFault(string text, SourcePosition position)
        : this(new ScriptError(text, position))
    {
    }

    public ScriptError Error { get; } = error;

    public bool LosesPath { get; } = losesPath;
}
