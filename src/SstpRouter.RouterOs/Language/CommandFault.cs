namespace SstpRouter.RouterOs.Language;

/// <summary>A command that reads well but means nothing here: an unknown word or argument. It fails when it is reached, not the whole script.</summary>
/// <param name="error">What to tell.</param>
/// <param name="kind">What is wrong with it.</param>
/// <param name="losesPath">True where the command was to enter a menu, so that commands behind it have no menu to stand in.</param>
internal sealed class CommandFault(ScriptError error, FailureKind kind = FailureKind.Unreadable, bool losesPath = false) : Exception(error.Message)
{
    public CommandFault(string text, SourcePosition position)
        : this(new ScriptError(text, position))
    {
    }

    public ScriptError Error { get; } = error;

    public FailureKind Kind { get; } = kind;

    public bool LosesPath { get; } = losesPath;
}
