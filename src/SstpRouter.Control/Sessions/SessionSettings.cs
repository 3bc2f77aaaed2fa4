using SstpRouter.RouterOs.Assistance;
using SstpRouter.RouterOs.History;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Users;

namespace SstpRouter.Control.Sessions;

/// <summary>What all sessions of a server share.</summary>
/// <param name="CommandLine">Makes the interpreter of a session.</param>
/// <param name="Identity">The router's name, for prompts.</param>
/// <param name="Account">Takes the log texts of logins.</param>
/// <param name="Trouble">Takes the log texts of defects.</param>
internal sealed record SessionSettings(
    Func<ISession, ICommandLine> CommandLine, Func<string> Identity, Action<string> Account, Action<string> Trouble)
{
    /// <summary>Helps who types; null where nobody does.</summary>
    public Assistant? Assistant { get; init; }

    /// <summary>Safe mode; null where there is none.</summary>
    public ISafeMode? SafeMode { get; init; }

    /// <summary>The users; null where everybody who may open the socket may do everything.</summary>
    public IAccounts? Accounts { get; init; }

    /// <summary>The commands that users entered before; null where they are not kept.</summary>
    public CommandHistories? Histories { get; init; }

    /// <summary>What users tell each other.</summary>
    public Chat Chat { get; } = new();

    /// <summary>The lines that every user must see; null where there are none.</summary>
    public CriticalLines? Critical { get; init; }
}
