using SstpRouter.RouterOs.Interpretation;
using SstpRouter.RouterOs.Schema;

namespace SstpRouter.Control.Sessions;

/// <summary>The RouterOS language as a session's command line.</summary>
internal sealed class InterpreterCommandLine(Menu root, ISession session, GlobalVariables globals) : ICommandLine
{
    private readonly Interpreter _interpreter = new(root, session, globals);

    /// <inheritdoc/>
    public string MenuPath => _interpreter.Current.Path;

    /// <inheritdoc/>
    public Menu Menu => _interpreter.Current;

    /// <inheritdoc/>
    public string? OpenAtEnd(string text) => Interpreter.StillOpen(text) is { Length: > 0 } open ? open : null;

    /// <inheritdoc/>
    public void Run(string text) => _interpreter.Run(text);
}
