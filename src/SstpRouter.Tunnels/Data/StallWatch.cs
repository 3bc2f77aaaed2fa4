using SstpRouter.Linux;

namespace SstpRouter.Tunnels.Data;

/// <summary>Finds out that a path carries nothing any more: what was sent stays unacknowledged. Looked at now and then while something is
/// outstanding, and never while nothing is.</summary>
/// <remarks>Times are milliseconds of the monotonic clock. A path that is only slow or lossy acknowledges something in time, and a peer that
/// does not read still acknowledges the kernel's question for room.</remarks>
internal struct StallWatch()
{
    private const long UsualInterval = 500;
    private const long DoubtfulInterval = 100;

    /// <summary>No acknowledgement for so long makes a quick path suspect.</summary>
    private const long ShortestLimit = 2_500;

    private const long LongestLimit = 8_000;

    /// <summary>So many of the kernel's first waits for an acknowledgement make a slow path suspect.</summary>
    private const long Waits = 3;

    private long _since;
    private long _stalledSince;

    /// <summary>When <see cref="Look"/> is due; <see cref="long.MaxValue"/> while nothing is outstanding.</summary>
    public long NextLook { get; private set; } = long.MaxValue;

    /// <summary>True from the moment that the path was suspect to the next acknowledgement.</summary>
    public bool IsStalled { get; private set; }

    /// <summary>Something was sent, or waits for room to be sent.</summary>
    /// <returns>True where <see cref="NextLook"/> is new.</returns>
    public bool Sent(long now)
    {
        if (NextLook != long.MaxValue)
        {
            return false;
        }

        _since = now;
        NextLook = now + UsualInterval;
        return true;
    }

    /// <summary>Takes in what the kernel knows now.</summary>
    /// <returns>True where <see cref="IsStalled"/> has changed.</returns>
    public bool Look(in TcpInfo info, long now)
    {
        bool was = IsStalled;
        if (!info.IsOutstanding)
        {
            IsStalled = false;
            NextLook = long.MaxValue;
        }
        else
        {
            // What came before the oldest data that may be outstanding says nothing about it.
            long silence = Math.Min(info.SinceAcknowledged, now - _since);
            IsStalled = IsStalled ? info.SinceAcknowledged >= now - _stalledSince : silence >= Limit(info);
            NextLook = now + (IsStalled ? DoubtfulInterval : UsualInterval);
        }

        if (IsStalled != was)
        {
            _since = _stalledSince = now;
        }

        return IsStalled != was;
    }

    /// <summary>The time in which a connection whose path is back shows it: its next retransmission and the answer to that.</summary>
    public static long Moment(in TcpInfo info) =>
        Math.Clamp(info.RetransmissionTimeout - info.SinceSent, 0, 1_500) + Math.Clamp(2L * info.RoundTrip, 500, 2_000);

    private static long Limit(in TcpInfo info) =>
        Math.Clamp(Waits * (info.RoundTrip + (4L * info.RoundTripVariation)), ShortestLimit, LongestLimit);
}
