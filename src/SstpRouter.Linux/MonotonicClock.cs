using System.Diagnostics;

namespace SstpRouter.Linux;

/// <summary>
/// The clock that only goes forward: CLOCK_MONOTONIC, clock_gettime(2). Its origin means nothing, and it stands
/// still while the machine is suspended.
/// </summary>
public static class MonotonicClock
{
    /// <summary>The present in milliseconds.</summary>
    public static long Milliseconds => Stopwatch.GetTimestamp() / (Stopwatch.Frequency / 1_000);

    /// <summary>The present in microseconds.</summary>
    public static long Microseconds => Stopwatch.GetTimestamp() / (Stopwatch.Frequency / 1_000_000);
}
