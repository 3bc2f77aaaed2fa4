using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.Services.Scripts;

/// <summary>When an entry of the scheduler runs. Times are those of the wall clock, as the user means them.</summary>
/// <param name="First">The first run; null for the start of the router.</param>
/// <param name="Interval">The time between runs; zero where there is only one.</param>
internal sealed record SchedulerEntry(DateTime? First, TimeSpan Interval)
{
    /// <summary>Reads an item.</summary>
    public static SchedulerEntry Of(IPropertySource item)
    {
        // An entry that a hand has written without a day has its time of day.
        DateOnly day = item["start-date"] is { } date ? Types.DayOf(date) : new DateOnly(1970, 1, 1);
        DateTime? first = item["start-time"] switch
        {
            TimeValue time => day.ToDateTime(TimeOnly.FromTimeSpan(time.Span)),
            TextValue => null,
            _ => day.ToDateTime(default),
        };
        return new SchedulerEntry(first, item.Span("interval") ?? TimeSpan.Zero);
    }

    /// <summary>The first run behind a moment; null where there is none.</summary>
    /// <param name="now">The moment.</param>
    /// <param name="started">When the router started.</param>
    public DateTime? NextAfter(DateTime now, DateTime started)
    {
        DateTime first = First ?? started;
        if (first > now)
        {
            return first;
        }

        if (Interval <= TimeSpan.Zero)
        {
            return null;
        }

        long done = (now - first).Ticks / Interval.Ticks;
        // Behind the last day that a date can hold there is no run.
        return (DateTime.MaxValue - first).Ticks / Interval.Ticks > done ? first + (Interval * (done + 1)) : null;
    }
}
