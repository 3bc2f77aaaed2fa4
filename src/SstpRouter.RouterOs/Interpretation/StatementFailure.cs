using SstpRouter.RouterOs.Language;

namespace SstpRouter.RouterOs.Interpretation;

/// <summary>A command of a script that failed while the others went on.</summary>
/// <param name="Position">Where the command starts.</param>
/// <param name="Text">The command exactly as it stands in the script, of one line or more.</param>
/// <param name="Error">Why it failed.</param>
public sealed record StatementFailure(SourcePosition Position, string Text, ScriptError Error);
