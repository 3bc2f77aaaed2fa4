using SstpRouter.Tunnels.Data;

namespace SstpRouter.Tunnels.Tests.Units;

/// <summary>When a standing queue is told so: RFC 8289, with a target of 5 ms and an interval of 100 ms.</summary>
public sealed class CoDelTests
{
    [Fact]
    public void A_short_wait_is_never_told()
    {
        CoDel delay = new();
        Assert.All(Enumerable.Range(0, 10_000), now => Assert.False(delay.Judges(4, isLast: false, now)));
    }

    [Fact]
    public void A_long_wait_is_told_after_an_interval_and_then_ever_faster()
    {
        List<int> told = Told(Enumerable.Range(1_000, 1_001), waited: 20);
        Assert.Equal(1_100, told[0]);

        // RFC 8289 5.3: interval / sqrt(count), to the millisecond.
        int[] gaps = [.. told.Zip(told.Skip(1), (a, b) => b - a)];
        Assert.Equal([100, 70, 57, 50, 44, 40, 37, 35], gaps[..8]);
    }

    [Fact]
    public void The_last_packet_is_never_told()
    {
        CoDel delay = new();
        Assert.All(Enumerable.Range(0, 1_000), now => Assert.False(delay.Judges(500, isLast: true, now)));
    }

    [Fact]
    public void One_short_wait_ends_the_telling()
    {
        CoDel delay = new();
        Assert.NotEmpty(Told(ref delay, Enumerable.Range(0, 301), 20));
        Assert.False(delay.Judges(1, isLast: false, 301));
        Assert.Empty(Told(ref delay, Enumerable.Range(302, 100), 20));
        Assert.Equal([402], Told(ref delay, Enumerable.Range(402, 1), 20));
    }

    [Fact]
    public void An_empty_queue_ends_the_telling()
    {
        CoDel delay = new();
        Assert.NotEmpty(Told(ref delay, Enumerable.Range(0, 301), 20));
        delay.Emptied();
        Assert.Empty(Told(ref delay, Enumerable.Range(5_000, 100), 20));
    }

    [Fact]
    public void A_queue_that_soon_stands_again_is_told_as_often_as_before()
    {
        CoDel delay = new();
        int before = Told(ref delay, Enumerable.Range(0, 1_001), 20).Count;
        Assert.False(delay.Judges(1, isLast: false, 1_001));
        List<int> again = Told(ref delay, Enumerable.Range(1_002, 300), 20);
        Assert.InRange(again[1] - again[0], 1, 40);

        // Long after, it begins anew.
        Assert.False(delay.Judges(1, isLast: false, 1_400));
        again = Told(ref delay, Enumerable.Range(100_000, 301), 20);
        Assert.Equal(100, again[1] - again[0]);
        Assert.InRange(before, 10, 50);
    }

    private static List<int> Told(IEnumerable<int> times, long waited)
    {
        CoDel delay = new();
        return Told(ref delay, times, waited);
    }

    private static List<int> Told(ref CoDel delay, IEnumerable<int> times, long waited)
    {
        List<int> told = [];
        foreach (int now in times)
        {
            if (delay.Judges(waited, isLast: false, now))
            {
                told.Add(now);
            }
        }

        return told;
    }
}
