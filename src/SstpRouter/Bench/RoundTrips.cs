using System.Net;
using SstpRouter.Linux;

namespace SstpRouter.Bench;

/// <summary>Round trips of pings, in microseconds.</summary>
/// <param name="Median">Half of them took no longer.</param>
/// <param name="Worst">99 of 100 took no longer.</param>
internal readonly record struct RoundTrips(double Median, double Worst)
{
    private const int Interval = 5;
    private const int Patience = 1_000;
    private const int FewestAnswers = 10;
    private const int MostUnanswered = 20;

    /// <summary>Pings for a while, each when the one before has been answered and some milliseconds have passed.</summary>
    /// <param name="from">Where from.</param>
    /// <param name="target">Whom.</param>
    /// <param name="time">How long, or until there are some answers.</param>
    /// <exception cref="BenchFailure">Nobody answers.</exception>
    public static RoundTrips Measure(NetworkNamespace from, IPAddress target, TimeSpan time)
    {
        using Pinger pinger = from.Run(() => Pinger.Open(target.AddressFamily));
        var times = new List<long>();
        long end = MonotonicClock.Milliseconds + (long)time.TotalMilliseconds;
        int unanswered = 0;
        for (ushort sequence = 0; MonotonicClock.Milliseconds < end || times.Count < FewestAnswers; sequence++)
        {
            if (pinger.Send(target, sequence) == PingStatus.Ok && pinger.Receive(Patience) is { Status: PingStatus.Ok } reply)
            {
                times.Add(reply.RoundTripMicroseconds);
            }
            else if (++unanswered > MostUnanswered)
            {
                throw new BenchFailure($"ping: {target} does not answer");
            }

            Thread.Sleep(Interval);
        }

        times.Sort();
        return new RoundTrips(Math.Max(1, times[times.Count / 2]), Math.Max(1, times[times.Count * 99 / 100]));
    }
}
