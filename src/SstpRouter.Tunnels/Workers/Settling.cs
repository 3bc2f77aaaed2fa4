namespace SstpRouter.Tunnels.Workers;

/// <summary>Waits until a burst of tunnels that come up or end is over, and calls back then from a thread of the pool.</summary>
internal sealed class Settling : IDisposable
{
    /// <summary>Nothing may happen for so long, in milliseconds.</summary>
    private const long Quiet = 200;

    /// <summary>And it is so long ago, in milliseconds, that it was said before.</summary>
    private const long Pause = 10_000;

    private readonly Action _settled;
    private readonly Action<string> _fault;
    private readonly Timer _timer;
    private long _lastSaid = long.MinValue / 2;

    /// <param name="settled">Called then.</param>
    /// <param name="fault">Told what went wrong where that threw, which is a defect of the program.</param>
    public Settling(Action settled, Action<string> fault)
    {
        _settled = settled;
        _fault = fault;
        _timer = new Timer(static self => ((Settling)self!).Say(), this, Timeout.Infinite, Timeout.Infinite);
    }

    /// <summary>A tunnel has come up, or has ended.</summary>
    public void Happened() =>
        _timer.Change(Math.Max(Quiet, Volatile.Read(ref _lastSaid) + Pause - TunnelWorker.Now), Timeout.Infinite);

    public void Dispose() => _timer.Dispose();

    private void Say()
    {
        Volatile.Write(ref _lastSaid, TunnelWorker.Now);
        try
        {
            _settled();
        }
        catch (Exception exception)
        {
            _fault(exception.ToString());
        }
    }
}
