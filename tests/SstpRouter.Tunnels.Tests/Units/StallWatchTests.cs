using SstpRouter.Linux;
using SstpRouter.Tunnels.Data;

namespace SstpRouter.Tunnels.Tests.Units;

/// <summary>When a path is suspect and when not, by what the kernel says.</summary>
public sealed class StallWatchTests
{
    private const long Step = 100;

    private static readonly TcpInfo Quick = new() { RoundTrip = 20, RoundTripVariation = 5, Acknowledged = 1_000 };

    [Fact]
    public void Nothing_is_looked_at_before_something_is_sent_and_after_all_is_acknowledged()
    {
        var watch = new StallWatch();
        Assert.Equal(long.MaxValue, watch.NextLook);

        Assert.True(watch.Sent(1_000));
        Assert.False(watch.Sent(1_100));
        Assert.Equal(1_500, watch.NextLook);
        Assert.False(watch.Look(Quick, 1_500));

        Assert.Equal(long.MaxValue, watch.NextLook);
    }

    [Fact]
    public void Silence_after_sending_is_a_stall_however_long_it_was_quiet_before()
    {
        var watch = new StallWatch();
        watch.Sent(100_000);

        long stalled = Run(ref watch, 100_000, at => Quick with { Unacknowledged = 1, Retransmits = 4, SinceAcknowledged = at });

        Assert.InRange(stalled, 102_500, 103_000);
    }

    [Fact]
    public void A_slow_path_is_given_longer()
    {
        var watch = new StallWatch();
        watch.Sent(0);

        long stalled = Run(ref watch, 0, at => new TcpInfo { RoundTrip = 900, RoundTripVariation = 200, Unacknowledged = 1, Retransmits = 2, SinceAcknowledged = at });

        Assert.InRange(stalled, 5_100, 5_600);
    }

    [Fact]
    public void Acknowledgements_of_nothing_new_do_not_hide_that_nobody_hears_us()
    {
        var watch = new StallWatch();
        watch.Sent(0);

        long stalled = Run(ref watch, 0, at => Quick with { Unacknowledged = 1, Retransmits = (int)(at / 700), SinceAcknowledged = 50 });

        Assert.InRange(stalled, 2_500, 3_000);
    }

    [Fact]
    public void A_lossy_path_that_acknowledges_something_now_and_then_is_none()
    {
        var watch = new StallWatch();
        watch.Sent(0);

        Assert.Equal(long.MaxValue, Run(ref watch, 0, at => Quick with
        {
            Unacknowledged = 5,
            Retransmits = (int)(at % 2_400 / 600),
            Acknowledged = at / 2_400,
            SinceAcknowledged = at % 2_400,
        }));
    }

    [Fact]
    public void A_peer_that_takes_no_more_is_none_while_its_kernel_answers_and_one_when_it_does_not()
    {
        var watch = new StallWatch();
        watch.Sent(0);
        Assert.Equal(long.MaxValue, Run(ref watch, 0, at => Quick with { Unsent = 90_000, Probes = 1, SinceAcknowledged = at % 12_000 }));

        Assert.NotEqual(long.MaxValue, Run(ref watch, 60_000, at => Quick with { Unsent = 90_000, Probes = 3, SinceAcknowledged = at }));
    }

    [Fact]
    public void The_next_acknowledgement_ends_it()
    {
        var watch = new StallWatch();
        watch.Sent(0);
        TcpInfo silent = Quick with { Unacknowledged = 1, Retransmits = 4, SinceAcknowledged = 9_000 };
        long stalled = Run(ref watch, 0, _ => silent);
        Assert.False(watch.Look(silent, stalled + 100));

        Assert.True(watch.Look(silent with { Acknowledged = 1_001, SinceAcknowledged = 10, Retransmits = 0 }, stalled + 200));

        Assert.False(watch.IsStalled);
    }

    [Fact]
    public void The_moment_for_a_sign_of_life_holds_the_next_retransmission_and_its_answer()
    {
        Assert.Equal(700 + 500, StallWatch.Moment(Quick with { RetransmissionTimeout = 1_000, SinceSent = 300 }));
        Assert.Equal(1_500 + 1_600, StallWatch.Moment(Quick with { RetransmissionTimeout = 60_000, SinceSent = 300, RoundTrip = 800 }));
        Assert.Equal(500, StallWatch.Moment(Quick with { RetransmissionTimeout = 200, SinceSent = 300 }));
    }

    /// <summary>Looks at what the kernel says at each time, counted from the start, for half a minute.</summary>
    /// <returns>When it was a stall, or never.</returns>
    private static long Run(ref StallWatch watch, long start, Func<long, TcpInfo> info)
    {
        for (long now = start; now < start + 30_000; now += Step)
        {
            if (now >= watch.NextLook && watch.Look(info(now - start), now))
            {
                return now;
            }
        }

        return long.MaxValue;
    }
}
