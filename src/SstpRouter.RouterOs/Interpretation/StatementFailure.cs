using SstpRouter.RouterOs.Language;

namespace SstpRouter.RouterOs.Interpretation;

/// <summary>A command of a script that failed while the others went on.</summary>
/// <param name="Position">Where the command starts.</param>
/// <param name="Path">The menu that it was to run in, as an export writes it (<c>/ppp secret</c>, <c>/</c> for the root); a path that leads
/// nowhere as it was typed.</param>
/// <param name="Text">The command exactly as it stands in the script, of one line or more.</param>
/// <param name="Error">Why it failed.</param>
/// <param name="Kind">What kind of failure it is.</param>
public sealed record StatementFailure(SourcePosition Position, string Path, string Text, ScriptError Error, FailureKind Kind);
