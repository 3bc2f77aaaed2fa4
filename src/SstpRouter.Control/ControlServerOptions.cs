using SstpRouter.RouterOs.History;
using SstpRouter.RouterOs.Interpretation;
using SstpRouter.RouterOs.Logging;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Users;

namespace SstpRouter.Control;

/// <summary>What a <see cref="ControlServer"/> serves, and to how many.</summary>
public sealed record ControlServerOptions
{
    /// <summary>The menus, with all commands attached.</summary>
    public required Menu Root { get; init; }

    /// <summary>Gives the router's name (<c>/system identity</c>) for the prompts; called from session threads.</summary>
    public required Func<string> Identity { get; init; }

    /// <summary>The global variables that all sessions share.</summary>
    public GlobalVariables Globals { get; init; } = new();

    /// <summary>Gives the configuration as it is now, whose names completion offers; null for none.</summary>
    public Func<IReferenceScope>? References { get; init; }

    /// <summary>Safe mode; null where there is none.</summary>
    public ISafeMode? SafeMode { get; init; }

    /// <summary>The users; null where everybody who may open the socket may do everything.</summary>
    public IAccounts? Accounts { get; init; }

    /// <summary>The directory that keeps each user's command history, made where there is none (mode 0700); null: histories end with their session.</summary>
    public string? HistoryDirectory { get; init; }

    /// <summary>The log, whose critical lines every user sees; null for none.</summary>
    public RouterLog? Log { get; init; }

    /// <summary>The most sessions at a time, 1 and up; one more is turned away with words.</summary>
    public int MostSessions { get; init; } = 32;

    /// <summary>Takes the log texts of interactive logins (topics <c>system,info,account</c>); called from session threads.</summary>
    public Action<string> Account { get; init; } = _ => { };

    /// <summary>Takes the log texts of what went wrong inside the router (topics <c>system,error</c>); called from session threads.</summary>
    public Action<string> Trouble { get; init; } = _ => { };
}
