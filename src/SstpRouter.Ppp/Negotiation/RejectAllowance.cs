namespace SstpRouter.Ppp.Negotiation;

/// <summary>
/// Bounds how many Code- and Protocol-Rejects go out, so that two strangers cannot keep each other busy.
/// </summary>
internal sealed class RejectAllowance
{
    internal const int Limit = 20;
    internal const long Window = 10_000; // milliseconds

    private int _taken;
    private long _since = long.MinValue;

    internal bool Take(long now)
    {
        if (_since == long.MinValue || now - _since > Window)
        {
            _since = now;
            _taken = 0;
        }

        return _taken++ < Limit;
    }
}
