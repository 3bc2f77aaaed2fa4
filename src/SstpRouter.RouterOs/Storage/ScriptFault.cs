using SstpRouter.RouterOs.Interpretation;
using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Schema;

namespace SstpRouter.RouterOs.Storage;

/// <summary>A statement of a configuration that could not be run, or not whole.</summary>
/// <param name="Path">The menu it was meant for, as an export writes it.</param>
/// <param name="Source">The statement as it was written.</param>
/// <param name="Start">Where it starts.</param>
/// <param name="Error">Why.</param>
/// <param name="Kind">What kind of fault it is.</param>
internal sealed record ScriptFault(string Path, string Source, SourcePosition Start, ScriptError Error, FailureKind Kind)
{
    public ScriptFault(StatementFailure failure)
        : this(failure.Path, failure.Text, failure.Position, failure.Error, failure.Kind)
    {
    }

    /// <summary>The fault as a notice; the source is made to run from the root.</summary>
    public StoreNotice ToNotice(string file, int lineOffset = 0)
    {
        // An error in the text itself says where; one that came up when the command ran is about the command. A path that was lost earlier is not.
        SourcePosition place = Kind != FailureKind.BehindUnknownMenu ? Error.Position ?? Start : Start;
        return new StoreNotice(file, place.Line + lineOffset, Error.Text, Path == "/" ? Source : Path + "\n" + Source)
        {
            Column = place.Column,
            Kind = Kind,
            Statement = Start with { Line = Start.Line + lineOffset },
            Menu = Path,
        };
    }
}

/// <summary>Runs each statement of a text, reports those that fail and goes on.</summary>
/// <returns>How many statements there were.</returns>
internal delegate int ScriptRunner(Menu root, ISession session, string text, Action<ScriptFault> report);

/// <summary>A session that nobody watches.</summary>
internal sealed class SilentSession : ISession
{
    public string UserName => "";

    public int Width => 80;

    public TextWriter Output => TextWriter.Null;

    public ItemNumbers Numbers { get; } = new();

    public CancellationToken Cancellation => CancellationToken.None;
}
