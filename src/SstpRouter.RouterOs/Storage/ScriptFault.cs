using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Schema;

namespace SstpRouter.RouterOs.Storage;

/// <summary>A statement of a configuration that could not be run.</summary>
/// <param name="Path">The menu it was meant for, as an export writes it.</param>
/// <param name="Source">The statement as it was written.</param>
/// <param name="Line">Where it starts, from 1.</param>
/// <param name="Error">Why.</param>
internal sealed record ScriptFault(string Path, string Source, int Line, ScriptError Error)
{
    /// <summary>The fault as a notice; the source is made to run from the root.</summary>
    public StoreNotice ToNotice(string file, int lineOffset = 0) =>
        new(file, Line + lineOffset, Error.Text, Path == "/" ? Source : Path + "\n" + Source);
}

/// <summary>Runs each statement of a text, reports those that fail and goes on.</summary>
internal delegate void ScriptRunner(Menu root, ISession session, string text, Action<ScriptFault> report);

/// <summary>A session that nobody watches.</summary>
internal sealed class SilentSession : ISession
{
    public string UserName => "";

    public int Width => 80;

    public TextWriter Output => TextWriter.Null;

    public ItemNumbers Numbers { get; } = new();

    public CancellationToken Cancellation => CancellationToken.None;
}
