using SstpRouter.RouterOs.Schema;

namespace SstpRouter.Control.Sessions;

/// <summary>What all sessions of a server share.</summary>
/// <param name="CommandLine">Makes the interpreter of a session.</param>
/// <param name="Identity">The router's name, for prompts.</param>
/// <param name="Account">Takes the log texts of logins.</param>
/// <param name="Trouble">Takes the log texts of defects.</param>
internal sealed record SessionSettings(
    Func<ISession, ICommandLine> CommandLine, Func<string> Identity, Action<string> Account, Action<string> Trouble);
