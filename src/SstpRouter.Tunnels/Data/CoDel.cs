namespace SstpRouter.Tunnels.Data;

/// <summary>Tells when a queue has stood for too long, and how often its flow must be told so: RFC 8289.</summary>
internal struct CoDel
{
    /// <summary>Packets may wait so long, in milliseconds: RFC 8289 4.2.</summary>
    private const long Target = 5;

    /// <summary>And longer for so long, which is the round trip of a slow path: RFC 8289 4.3.</summary>
    private const long Interval = 100;

    private long _firstAbove;
    private long _dropNext;
    private int _count;
    private int _lastCount;
    private bool _isDropping;

    /// <summary>Looks at a packet that is about to leave.</summary>
    /// <param name="waited">How long it waited, in milliseconds.</param>
    /// <param name="isLast">True where no more than one full packet is in the queue.</param>
    /// <param name="now">The time, in milliseconds.</param>
    /// <returns>True where its flow is to be slowed down, by its loss or by a mark.</returns>
    public bool Judges(long waited, bool isLast, long now)
    {
        if (waited < Target || isLast)
        {
            Emptied();
            return false;
        }

        if (_firstAbove == 0)
        {
            _firstAbove = now + Interval;
            return false;
        }

        if (now < (_isDropping ? _dropNext : _firstAbove))
        {
            return false;
        }

        if (_isDropping)
        {
            _count++;
            _dropNext += Step();
            return true;
        }

        int dropped = _count - _lastCount;
        _isDropping = true;
        _count = dropped > 1 && now - _dropNext < 16 * Interval ? dropped : 1;
        _lastCount = _count;
        _dropNext = now + Step();
        return true;
    }

    /// <summary>Nothing of the flow waits any more: there is no standing queue. RFC 8289 5.4.</summary>
    public void Emptied()
    {
        _firstAbove = 0;
        _isDropping = false;
    }

    private readonly long Step() => Math.Max(1, (long)(Interval / Math.Sqrt(_count)));
}
