namespace SstpRouter.Tunnels.Server;

/// <summary>Keeps a line that a peer can provoke again and again to one a minute: 1,440 a day do not push everything else out.</summary>
internal sealed class LogPace
{
    private const long Interval = 60_000;

    private long _last = long.MinValue / 2;

    /// <summary>True where the line may be written now.</summary>
    public bool IsDue(long now)
    {
        bool isDue = now - _last >= Interval;
        if (isDue)
        {
            _last = now;
        }

        return isDue;
    }
}
