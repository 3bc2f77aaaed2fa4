namespace SstpRouter.Bench;

/// <summary>One figure.</summary>
/// <param name="Id">The name of its group, a stroke and its own: what releases are compared by.</param>
/// <param name="Title">What was measured, for people.</param>
/// <param name="Value">The figure, above 0.</param>
/// <param name="Unit">Its unit: <see cref="Units"/>.</param>
/// <param name="Limits">What of this board it is held against.</param>
internal sealed record BenchRow(string Id, string Title, double Value, string Unit, params Limit[] Limits)
{
    /// <summary>The group's name.</summary>
    public string Group => Id[..Id.IndexOf('/')];
}

/// <summary>Another row that a row is divided by.</summary>
/// <param name="Id">The other row.</param>
/// <param name="Text">What it is, after the ratio: "of TLS alone".</param>
internal readonly record struct Limit(string Id, string Text);

/// <summary>The units of the figures.</summary>
internal static class Units
{
    public const string Megabits = "Mbit/s";
    public const string Kilopackets = "kpkt/s";
    public const string Microseconds = "µs";
    public const string Megabytes = "MB";
    public const string SecondsPerGigabyte = "s/GB";
    public const string PerSecond = "1/s";
}
