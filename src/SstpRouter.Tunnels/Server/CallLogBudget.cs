using System.Net;
using SstpRouter.Tunnels.Workers;

namespace SstpRouter.Tunnels.Server;

/// <summary>How many calls that never log in may write into the log: few from one address, not many from all, and of the rest only
/// their number. A flood can neither push everything else out of the log nor fill a disk.</summary>
/// <remarks>A call is the unit, since half of a call's lines say nothing. Safe to use from any thread.</remarks>
internal sealed class CallLogBudget : ITimed
{
    /// <summary>So many calls of one address may follow one another.</summary>
    public const int CallsPerAddress = 10;

    /// <summary>After these, one more each so many milliseconds.</summary>
    public const long IntervalPerAddress = 300_000;

    /// <summary>So many calls of all addresses together may follow one another.</summary>
    public const int CallsOverall = 120;

    /// <summary>After these, one more each so many milliseconds.</summary>
    public const long IntervalOverall = 60_000;

    /// <summary>Addresses remembered; the one heard longest ago is forgotten first.</summary>
    public const int MaximumAddresses = 256;

    /// <summary>From the first call that was left out to the line that tells of it, in milliseconds; the next lines of the same flood
    /// come after twice the time each, up to <see cref="LongestPause"/>.</summary>
    public const long FirstPause = 10_000;

    /// <summary>The longest time between two lines about the same flood, in milliseconds.</summary>
    public const long LongestPause = 3_600_000;

    private readonly Lock _gate = new();
    private readonly ITunnelLog _log;
    private readonly Action _arm;
    private readonly Dictionary<IPAddress, Allowance> _addresses = [];
    private Allowance _overall = new(CallsOverall, IntervalOverall);
    private long _leftOut;
    private IPAddress? _lastAddress;
    private bool _severalAddresses;
    private string _lastReason = "";
    private long _due = long.MaxValue;
    private long _pause = FirstPause;
    private long _lastTold = long.MinValue / 2;

    /// <summary>A budget that is all there.</summary>
    /// <param name="log">Where the line goes that tells what was left out.</param>
    /// <param name="arm">Called, from any thread, when there is a new <see cref="NextDeadline"/>.</param>
    public CallLogBudget(ITunnelLog log, Action arm)
    {
        _log = log;
        _arm = arm;
    }

    public long NextDeadline
    {
        get
        {
            lock (_gate)
            {
                return _due;
            }
        }
    }

    public long QueuedDeadline { get; set; } = long.MaxValue;

    /// <summary>Asks for the lines of one call.</summary>
    /// <returns>False where the call must write nothing.</returns>
    public bool TryTake(IPAddress address, long now)
    {
        lock (_gate)
        {
            Allowance own = _addresses.TryGetValue(address, out Allowance known) ? known : new Allowance(CallsPerAddress, IntervalPerAddress);
            bool granted = own.Has(now) && _overall.Has(now);
            if (granted)
            {
                own = own.Take(now);
                _overall = _overall.Take(now);
            }

            Remember(address, own with { LastHeard = now });
            return granted;
        }
    }

    /// <summary>The call logged in: it was nobody's flood, and what it took is there again.</summary>
    public void GiveBack(IPAddress address)
    {
        lock (_gate)
        {
            _overall = _overall.GiveBack();
            if (_addresses.TryGetValue(address, out Allowance own))
            {
                _addresses[address] = own.GiveBack();
            }
        }
    }

    /// <summary>A call ended without a login, and without a line.</summary>
    /// <param name="address">Where it came from.</param>
    /// <param name="reason">Its <see cref="TunnelEnd.Name"/>.</param>
    /// <param name="now">The time.</param>
    public void LeaveOut(IPAddress address, string reason, long now)
    {
        bool first;
        lock (_gate)
        {
            first = _leftOut++ == 0;
            _severalAddresses = !first && (_severalAddresses || !address.Equals(_lastAddress));
            (_lastAddress, _lastReason) = (address, reason);
            if (first)
            {
                // A flood that paused for so long is a new one.
                _pause = now - _lastTold > 2 * _pause ? FirstPause : _pause;
                _due = Math.Max(now + FirstPause, _lastTold + _pause);
            }
        }

        if (first)
        {
            _arm();
        }
    }

    public void Tick(long now)
    {
        string? line;
        lock (_gate)
        {
            if (now < _due)
            {
                return;
            }

            line = $"{_leftOut} more calls without a login from {_lastAddress}{(_severalAddresses ? " and others" : "")}, the last: {_lastReason}";
            _leftOut = 0;
            _due = long.MaxValue;
            _lastTold = now;
            _pause = Math.Min(2 * _pause, LongestPause);
        }

        _log.Write(TunnelLogLevel.Warning, line);
    }

    private void Remember(IPAddress address, Allowance own)
    {
        if (_addresses.Count >= MaximumAddresses && !_addresses.ContainsKey(address))
        {
            _addresses.Remove(_addresses.MinBy(known => known.Value.LastHeard).Key);
        }

        _addresses[address] = own;
    }

    /// <summary>So many at once, and one more with each interval. Kept as the time at which all are there again.</summary>
    private readonly record struct Allowance(int Most, long Interval)
    {
        public long LastHeard { get; init; }

        private long WholeAt { get; init; } = long.MinValue / 2;

        public bool Has(long now) => Math.Max(WholeAt, now) + Interval - now <= Most * Interval;

        public Allowance Take(long now) => this with { WholeAt = Math.Max(WholeAt, now) + Interval };

        public Allowance GiveBack() => this with { WholeAt = WholeAt - Interval };
    }
}
