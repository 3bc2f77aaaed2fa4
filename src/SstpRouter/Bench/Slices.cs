namespace SstpRouter.Bench;

/// <summary>A test in several parts, so that something else that runs for a moment does not spoil all of it.</summary>
internal static class Slices
{
    private const int Count = 5;

    /// <summary>Measures several times.</summary>
    /// <param name="time">How long all of it takes.</param>
    /// <param name="measure">Measures for so long.</param>
    /// <returns>The result in the middle.</returns>
    public static double Median(TimeSpan time, Func<TimeSpan, double> measure) =>
        Median(Enumerable.Range(0, Count).Select(_ => measure(time / Count)));

    /// <summary>The figure in the middle.</summary>
    public static double Median(IEnumerable<double> figures)
    {
        double[] sorted = [.. figures.Order()];
        return sorted[sorted.Length / 2];
    }
}
