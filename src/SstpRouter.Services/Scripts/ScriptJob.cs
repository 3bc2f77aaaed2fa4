using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.Services.Scripts;

/// <summary>A script that is to run by itself.</summary>
internal sealed record ScriptJob
{
    /// <summary>What starts it: <c>scheduler</c>, <c>ppp</c>, <c>execute</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Its name, for <c>:jobname</c> and for the log.</summary>
    public required string Name { get; init; }

    /// <summary>In whose name it runs.</summary>
    public required string Owner { get; init; }

    /// <summary>What it may do.</summary>
    public required Policies Policies { get; init; }

    /// <summary>Its text.</summary>
    public required string Source { get; init; }

    /// <summary>Variables that it finds declared.</summary>
    public (string Name, Value Value)[] Variables { get; init; } = [];

    /// <summary>Where its output goes.</summary>
    public TextWriter Output { get; init; } = TextWriter.Null;

    /// <summary>Told at its end, on its own thread: why it failed, or null.</summary>
    public Action<ScriptError?> Ended { get; init; } = static _ => { };
}
