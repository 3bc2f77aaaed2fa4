using SstpRouter.RouterOs.Schema;

namespace SstpRouter.RouterOs.Interpretation;

/// <summary>The session of a script: in the name of somebody, with item numbers of its own.</summary>
public sealed class ScriptSession : ISession
{
    /// <summary>How long a script that nobody watches may compute without a pause.</summary>
    public static readonly TimeSpan UsualLimit = TimeSpan.FromMinutes(2);

    // Far more than scripts that use each other need, and few enough to fail one inside the other on a small stack.
    private const int MostNested = 100;

    private readonly ISession? _caller;
    private readonly int _depth;

    /// <summary>A script that runs by itself.</summary>
    /// <param name="name">What <c>:jobname</c> says.</param>
    /// <param name="userName">In whose name it runs.</param>
    /// <param name="policies">What it may do.</param>
    /// <param name="output">Where its output goes.</param>
    /// <param name="limit">How long it may compute without a pause.</param>
    /// <param name="cancellation">Ends it.</param>
    public ScriptSession(
        string name, string userName, Policies policies, TextWriter output, TimeSpan limit, CancellationToken cancellation)
    {
        Name = name;
        UserName = userName;
        Policies = policies;
        Output = output;
        Cancellation = cancellation;
        Clock = new BusyClock(limit);
    }

    /// <summary>A configuration that is loaded: none of its commands may keep the router from its start.</summary>
    /// <param name="caller">In whose name it is loaded.</param>
    /// <param name="limit">How long each of its commands may compute.</param>
    internal static ScriptSession OfLoad(ISession caller, TimeSpan limit) =>
        new("", caller.UserName, caller.Policies, caller.Output, limit, caller.Cancellation) { SkipsDelays = true };

    /// <summary>A script that somebody runs and waits for.</summary>
    /// <param name="name">What <c>:jobname</c> says.</param>
    /// <param name="caller">Who runs it: it ends with it.</param>
    /// <param name="policies">What it may do; null: what the caller may.</param>
    /// <param name="output">Where it writes to; null: where the caller does.</param>
    /// <exception cref="Language.ScriptError">Scripts run each other without end.</exception>
    public ScriptSession(string name, ISession caller, Policies? policies = null, TextWriter? output = null)
    {
        _depth = caller is ScriptSession outer ? outer._depth + 1 : 0;
        if (_depth > MostNested)
        {
            throw new Language.ScriptError("too many nested commands");
        }

        _caller = caller;
        Name = name;
        UserName = caller.UserName;
        Policies = policies ?? caller.Policies;
        Output = output ?? caller.Output;
        Clock = (caller as ScriptSession)?.Clock;
    }

    /// <summary>The name of the script.</summary>
    public string Name { get; }

    /// <inheritdoc/>
    public string UserName { get; }

    /// <inheritdoc/>
    public int Width => _caller?.Width ?? 80;

    /// <inheritdoc/>
    public TextWriter Output { get; }

    /// <inheritdoc/>
    public ItemNumbers Numbers { get; } = new();

    /// <inheritdoc/>
    public CancellationToken Cancellation => _caller?.Cancellation ?? field;

    /// <inheritdoc/>
    public string Id => _caller?.Id ?? "";

    /// <inheritdoc/>
    public Policies Policies { get; }

    /// <summary>True where nothing could change while it waits, so that it need not.</summary>
    internal bool SkipsDelays { get; init; }

    /// <summary>Measures how long it computes; null where somebody watches it.</summary>
    internal BusyClock? Clock { get; }
}
