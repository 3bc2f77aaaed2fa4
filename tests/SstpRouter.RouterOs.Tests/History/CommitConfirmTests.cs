using SstpRouter.RouterOs.History;
using SstpRouter.RouterOs.Tests.Storage;

namespace SstpRouter.RouterOs.Tests.History;

public class CommitConfirmTests
{
    [Fact]
    public void What_is_not_confirmed_in_time_is_undone()
    {
        using var desk = new HistoryDesk();
        desk.Type("/ppp secret add name=a\n/system commit arm timeout=5m\n/ppp secret set a comment=x");
        desk.Clock.Pass(TimeSpan.FromSeconds(290));
        Assert.Equal("*1:a:x", desk.Secrets());
        Assert.Equal("10s\n", desk.Type(":put [/system commit get remaining]").Replace("00:00:10", "10s"));

        desk.Clock.Pass(TimeSpan.FromSeconds(10));

        Assert.Equal("*1:a:", desk.Secrets());
        Assert.Equal("the changes of user admin were not confirmed within 5m: they are undone", desk.Messages[^1]);
        Assert.StartsWith("      armed: no\n", desk.Type("/system commit print"));
    }

    [Fact]
    public void What_is_confirmed_stays()
    {
        using var desk = new HistoryDesk();
        desk.Type("/system commit arm\n/ppp secret add name=a\n/system commit confirm");

        desk.Clock.Pass(TimeSpan.FromHours(1));

        Assert.Equal("*1:a:", desk.Secrets());
        Assert.Equal("failure: nothing waits to be confirmed", desk.Refused("/system commit confirm"));
    }

    [Fact]
    public void Arming_again_gives_more_time_from_the_same_point()
    {
        using var desk = new HistoryDesk();
        desk.Type("/system commit arm timeout=1m\n/ppp secret add name=a");
        desk.Clock.Pass(TimeSpan.FromSeconds(50));
        desk.Type("/system commit arm timeout=1m\n/ppp secret add name=b");
        desk.Clock.Pass(TimeSpan.FromSeconds(50));
        Assert.Equal("*1:a: *2:b:", desk.Secrets());

        desk.Clock.Pass(TimeSpan.FromSeconds(10));

        Assert.Equal("", desk.Secrets());
    }

    [Theory]
    [InlineData("0s")]
    [InlineData("8d")]
    public void The_time_has_bounds(string timeout)
    {
        using var desk = new HistoryDesk();
        Assert.Equal("value of timeout out of range (1s..1w)", desk.Refused("/system commit arm timeout=" + timeout));
    }

    [Fact]
    public void It_can_be_undone_before_the_time_is_over()
    {
        using var desk = new HistoryDesk();
        desk.Type("/system commit arm\n/ppp secret add name=a\n/system commit revert");
        Assert.Equal("", desk.Secrets());
    }

    [Fact]
    public void A_restart_goes_on_waiting_and_undoes_in_time()
    {
        using var folder = new StateFolder();
        var clock = new StepClock();
        using (var desk = new HistoryDesk(folder, clock))
        {
            desk.Type("/system commit arm timeout=5m\n/ppp secret add name=a");
        }

        clock.Pass(TimeSpan.FromMinutes(4));
        using (var again = new HistoryDesk(folder, clock))
        {
            Assert.Equal("*1:a:", again.Secrets());
            Assert.Equal("00:01:00\n", again.Type(":put [/system commit get remaining]"));
            clock.Pass(TimeSpan.FromMinutes(1));
            Assert.Equal("", again.Secrets());
        }

        using var third = new HistoryDesk(folder, clock);
        Assert.Equal("", third.Secrets());
    }

    [Fact]
    public void A_router_that_was_off_for_longer_undoes_at_its_start()
    {
        using var folder = new StateFolder();
        var clock = new StepClock();
        using (var desk = new HistoryDesk(folder, clock))
        {
            desk.Type("/system commit arm timeout=5m\n/ppp secret add name=a");
        }

        clock.Pass(TimeSpan.FromMinutes(6));
        using var again = new HistoryDesk(folder, clock);
        Assert.Equal("", again.Secrets());
    }

    [Fact]
    public void A_clock_that_is_set_makes_the_wait_neither_shorter_nor_longer()
    {
        using var desk = new HistoryDesk();
        desk.Type("/system commit arm timeout=5m\n/ppp secret add name=a");
        desk.Clock.Set(desk.Clock.GetUtcNow().AddYears(1));
        desk.Clock.Pass(TimeSpan.FromMinutes(4));
        Assert.Equal("*1:a:", desk.Secrets());
        desk.Clock.Set(desk.Clock.GetUtcNow().AddYears(-5));
        desk.Clock.Pass(TimeSpan.FromMinutes(1));
        Assert.Equal("", desk.Secrets());
    }

    [Fact]
    public void A_clock_without_a_battery_begins_the_wait_anew()
    {
        using var folder = new StateFolder();
        var clock = new StepClock();
        using (var desk = new HistoryDesk(folder, clock))
        {
            desk.Type("/system commit arm timeout=5m\n/ppp secret add name=a");
        }

        clock.Set(DateTimeOffset.UnixEpoch);
        using var again = new HistoryDesk(folder, clock);
        Assert.Equal("00:05:00\n", again.Type(":put [/system commit get remaining]"));
    }

    [Fact]
    public void The_earlier_of_two_marks_takes_the_later_one_along()
    {
        using var desk = new HistoryDesk();
        var lost = new List<SafeModeLoss>();
        desk.History.SafeMode.Lost += (_, how) => lost.Add(how);
        desk.Type("/system commit arm timeout=1m\n/ppp secret add name=a");
        desk.History.SafeMode.Take(desk.Admin);
        desk.Type("/ppp secret add name=b");

        desk.Clock.Pass(TimeSpan.FromMinutes(1));

        Assert.Equal("", desk.Secrets());
        Assert.Equal([SafeModeLoss.Unrolled], lost);
        Assert.Null(desk.History.SafeMode.Holder);
    }

    [Fact]
    public void The_later_of_two_marks_leaves_the_earlier_one()
    {
        using var desk = new HistoryDesk();
        desk.Type("/system commit arm timeout=1m\n/ppp secret add name=a");
        desk.History.SafeMode.Take(desk.Admin);
        desk.Type("/ppp secret add name=b");

        desk.History.SafeMode.SessionEnded(desk.Admin);

        Assert.Equal("*1:a:", desk.Secrets());
        desk.Clock.Pass(TimeSpan.FromMinutes(1));
        Assert.Equal("", desk.Secrets());
    }
}
