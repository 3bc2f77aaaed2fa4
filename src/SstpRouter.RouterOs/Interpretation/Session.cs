using SstpRouter.RouterOs.Schema;

namespace SstpRouter.RouterOs.Interpretation;

/// <summary>One user's work with the router: who it is, where the output goes, and which item numbers were shown.</summary>
/// <param name="userName">The user's name, for the log.</param>
/// <param name="output">Where output goes.</param>
/// <param name="width">The width of the terminal in columns; 80 where there is none.</param>
/// <param name="cancellation">Set when the user interrupts or goes away.</param>
public sealed class Session(string userName, TextWriter output, int width = 80, CancellationToken cancellation = default) : ISession
{
    private static int _count;

    /// <inheritdoc/>
    public string UserName { get; } = userName;

    /// <inheritdoc/>
    public string Id { get; } = "s" + Interlocked.Increment(ref _count).ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>What the user may do; everything, where nobody says otherwise.</summary>
    public Policies Policies { get; init; } = Policies.All;

    /// <summary>The width of the terminal in columns; a terminal that is resized sets it anew.</summary>
    public int Width { get; set; } = width;

    /// <inheritdoc/>
    public TextWriter Output { get; } = output;

    /// <inheritdoc/>
    public ItemNumbers Numbers { get; } = new();

    /// <summary>Set when the user interrupts or goes away: long commands end then. A console gives each line its own.</summary>
    public CancellationToken Cancellation { get; set; } = cancellation;
}
