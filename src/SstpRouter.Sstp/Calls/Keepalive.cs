namespace SstpRouter.Sstp.Calls;

/// <summary>Finds out that a peer is gone. It stands in for the hello timer ([MS-SSTP] 3.1.2.3): after a silence of the
/// timeout, a probe each second, five times; any received byte is life, since some servers never answer an
/// echo.</summary>
internal struct Keepalive(long timeout)
{
    /// <summary>How many probes may stay without any received byte.</summary>
    public const int MaximumProbes = 5;

    private long _lastLife;
    private long _nextStep;

    /// <summary>Probes sent since the last received byte.</summary>
    public int Unanswered { get; private set; }

    /// <summary>When <see cref="Step"/> is due.</summary>
    public readonly long Due =>
        Unanswered > 0 ? _nextStep
        : timeout == 0 ? long.MaxValue
        : SstpTiming.After(_lastLife, timeout);

    /// <summary>A byte was received.</summary>
    public void Alive(long now)
    {
        _lastLife = now;
        Unanswered = 0;
    }

    /// <summary>The next probe is due, or the end.</summary>
    /// <returns>True to send a probe, false when the peer does not respond.</returns>
    public bool Step(long now)
    {
        if (Unanswered == MaximumProbes)
        {
            return false;
        }

        // From now, not from the deadline: after a pause of this process the peer still gets its five seconds.
        Unanswered++;
        _nextStep = SstpTiming.After(now, SstpTiming.ProbeInterval);
        return true;
    }
}
