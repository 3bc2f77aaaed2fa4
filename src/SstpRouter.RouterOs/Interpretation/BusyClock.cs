using System.Diagnostics;

namespace SstpRouter.RouterOs.Interpretation;

/// <summary>Measures how long a script has computed without a pause. One that waits now and then may run for ever; one that only computes
/// must not keep a small board busy for ever.</summary>
/// <param name="limit">How long it may.</param>
internal sealed class BusyClock(TimeSpan limit)
{
    // A command that takes this long was a pause: it waited for somebody.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private TimeSpan _busy;
    private long _since = Stopwatch.GetTimestamp();
    private bool _isRunning;

    /// <summary>True once it has computed for too long.</summary>
    public bool IsOver => (_isRunning ? _busy + Stopwatch.GetElapsedTime(_since) : _busy) > limit;

    /// <summary>What comes now is measured by itself.</summary>
    public void Restart()
    {
        Stop();
        _busy = TimeSpan.Zero;
        Start();
    }

    /// <summary>The script's own commands run from here.</summary>
    public void Start()
    {
        if (!_isRunning)
        {
            TimeSpan waited = Stopwatch.GetElapsedTime(_since);
            _busy = waited >= Pause ? TimeSpan.Zero : _busy;
            _since = Stopwatch.GetTimestamp();
            _isRunning = true;
        }
    }

    /// <summary>Somebody else works from here: a command of a menu, or nobody.</summary>
    public void Stop()
    {
        if (_isRunning)
        {
            _busy += Stopwatch.GetElapsedTime(_since);
            _since = Stopwatch.GetTimestamp();
            _isRunning = false;
        }
    }
}
