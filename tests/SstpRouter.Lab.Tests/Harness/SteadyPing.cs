using System.Net;
using System.Net.Sockets;
using SstpRouter.Linux;

namespace SstpRouter.Lab.Tests.Harness;

/// <summary>Pings from a machine ten times a second, whether or not anything answers, and remembers when answers came.</summary>
internal sealed class SteadyPing : IDisposable
{
    private const int Interval = 100;

    private readonly Pinger _pinger;
    private readonly IPAddress _target;
    private readonly Thread _thread;
    private readonly Lock _gate = new();
    private readonly List<long> _answers = [];
    private readonly List<long> _roundTrips = [];
    private volatile bool _ending;

    public SteadyPing(Host from, string target)
    {
        _target = IPAddress.Parse(target);
        _pinger = from.Run(() => Pinger.Open(AddressFamily.InterNetwork));
        _thread = new Thread(Run) { Name = "ping", IsBackground = true };
        _thread.Start();
    }

    /// <summary>When the first answer at or after a moment came, in milliseconds of the monotonic clock; null where none has come yet.</summary>
    public long? FirstAnswerSince(long moment)
    {
        lock (_gate)
        {
            int at = _answers.BinarySearch(moment);
            at = at < 0 ? ~at : at;
            return at < _answers.Count ? _answers[at] : null;
        }
    }

    /// <summary>How many answers have come since a moment.</summary>
    public int AnswersSince(long moment)
    {
        lock (_gate)
        {
            return _answers.Count(a => a >= moment);
        }
    }

    /// <summary>The middle one of the round trips of all answers since a moment, in milliseconds.</summary>
    public double MedianSince(long moment)
    {
        lock (_gate)
        {
            long[] times = [.. _roundTrips.Skip(_answers.Count(a => a < moment)).Order()];
            return times[times.Length / 2] / 1_000.0;
        }
    }

    /// <summary>The longest time without an answer between two moments, in milliseconds.</summary>
    public long LongestGap(long from, long to)
    {
        lock (_gate)
        {
            long[] marks = [from, .. _answers.Where(a => a > from && a < to), to];
            return marks.Zip(marks.Skip(1), (earlier, later) => later - earlier).Max();
        }
    }

    /// <summary>Waits for the first answer since a moment.</summary>
    /// <returns>How long after the moment it came, in milliseconds.</returns>
    public long WaitForAnswerSince(long moment, Func<string>? describe = null)
    {
        Await.Until(() => FirstAnswerSince(moment) is not null, () => $"{_target} does not answer\n{describe?.Invoke()}");
        return FirstAnswerSince(moment)!.Value - moment;
    }

    public void Dispose()
    {
        _ending = true;
        _thread.Join();
        _pinger.Dispose();
    }

    private void Run()
    {
        ushort sequence = 0;
        long next = MonotonicClock.Milliseconds;
        while (!_ending)
        {
            _ = _pinger.Send(_target, sequence++);
            next = Math.Max(next + Interval, MonotonicClock.Milliseconds);
            for (long left; (left = next - MonotonicClock.Milliseconds) > 0;)
            {
                if (_pinger.Receive((int)left) is { Status: PingStatus.Ok } answer)
                {
                    lock (_gate)
                    {
                        _answers.Add(MonotonicClock.Milliseconds);
                        _roundTrips.Add(answer.RoundTripMicroseconds);
                    }
                }
            }
        }
    }
}
