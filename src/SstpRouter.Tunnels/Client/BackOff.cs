namespace SstpRouter.Tunnels.Client;

/// <summary>How long to wait before the next try: doubling from a short first wait to a cap, each spread by a random part so that a hundred
/// branches do not call head office in the same instant after a power cut.</summary>
public sealed record BackOff
{
    /// <summary>The wait after a tunnel that was up, and after the first failure; milliseconds.</summary>
    public int First { get; init; } = 500;

    /// <summary>The longest wait; milliseconds.</summary>
    public int Cap { get; init; } = 10_000;

    /// <summary>The wait after a refused login, which may lock an account when tried too often; milliseconds.</summary>
    public int AfterRefusal { get; init; } = 10_000;

    /// <summary>The wait before try number <paramref name="failures"/> + 1.</summary>
    /// <param name="failures">Failed tries in a row, 0 or more.</param>
    /// <param name="refused">True where the last try ended with a refused login.</param>
    /// <param name="spread">A random number in 0..1; the result lies within three quarters and all of the nominal wait.</param>
    public int Delay(int failures, bool refused, double spread)
    {
        long nominal = refused ? AfterRefusal : Math.Min(Cap, (long)First << Math.Clamp(failures - 1, 0, 20));
        return (int)(nominal * (0.75 + (0.25 * Math.Clamp(spread, 0, 1))));
    }
}
