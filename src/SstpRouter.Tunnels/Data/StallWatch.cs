using SstpRouter.Linux;

namespace SstpRouter.Tunnels.Data;

/// <summary>Finds out that a path carries nothing any more: what was sent stays unacknowledged. Looked at now and then while something is
/// outstanding, and never while nothing is.</summary>
/// <remarks>Times are milliseconds of the monotonic clock. Only the acknowledgement of something new says that we are heard: what the peer has
/// to send acknowledges as well, though only what came before. A peer that does not read is heard by its answers to the kernel's question for
/// room.</remarks>
internal struct StallWatch()
{
    private const long UsualInterval = 500;
    private const long DoubtfulInterval = 100;

    /// <summary>No acknowledgement for so long makes a quick path suspect.</summary>
    private const long ShortestLimit = 2_500;

    private const long LongestLimit = 8_000;

    /// <summary>So many of the kernel's first waits for an acknowledgement make a slow path suspect.</summary>
    private const long Waits = 3;

    /// <summary>So many vain repetitions are no accident.</summary>
    private const int Several = 3;

    private long _acknowledged;
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
        bool isHeard = info.Acknowledged != _acknowledged;
        _acknowledged = info.Acknowledged;
        if (!info.IsOutstanding)
        {
            IsStalled = false;
            NextLook = long.MaxValue;
            return was;
        }

        if (isHeard)
        {
            _since = Math.Max(_since, now - info.SinceAcknowledged);
        }

        IsStalled = was
            ? !isHeard && !AnswersAgain(info, now - _stalledSince)
            : now - _since >= Limit(info) && IsTroubled(info);
        NextLook = now + (IsStalled ? DoubtfulInterval : UsualInterval);
        if (IsStalled != was)
        {
            _since = _stalledSince = now;
        }

        return IsStalled != was;
    }

    /// <summary>The time in which a connection whose path is back shows it: its next retransmission and the answer to that.</summary>
    public static long Moment(in TcpInfo info) =>
        Math.Clamp(info.RetransmissionTimeout - info.SinceSent, 0, 1_500) + Math.Clamp(2L * info.RoundTrip, 500, 2_000);

    private static bool IsTroubled(in TcpInfo info) => info.Unacknowledged > 0
        ? info.Retransmits >= Several || info.SinceAcknowledged >= Limit(info)
        : info.Probes >= Several;

    private static bool AnswersAgain(in TcpInfo info, long stalled) => info.Unacknowledged > 0
        ? info.Retransmits == 0 && info.SinceAcknowledged < stalled
        : info.Probes == 0;

    private static long Limit(in TcpInfo info) =>
        Math.Clamp(Waits * (info.RoundTrip + (4L * info.RoundTripVariation)), ShortestLimit, LongestLimit);
}
