using SstpRouter.Services.Scripts;

namespace SstpRouter.Services.Tests.Scripts;

public sealed class SchedulerTests
{
    private readonly ScriptDesk _desk = ScriptDesk.With();

    [Theory]
    [InlineData("2026-03-14 10:00", "01:00:00", "2026-03-14 12:30", "2026-03-14 13:00")]
    [InlineData("2026-03-14 10:00", "01:00:00", "2026-03-14 13:00", "2026-03-14 14:00")]
    [InlineData("2026-03-14 10:00", "01:00:00", "2026-03-14 09:00", "2026-03-14 10:00")]
    [InlineData("2026-03-14 10:00", "00:00:00", "2026-03-14 09:00", "2026-03-14 10:00")]
    [InlineData("2026-03-14 10:00", "00:00:00", "2026-03-14 10:00", null)]
    [InlineData("1970-01-01 00:00", "00:00:01", "2026-03-14 09:00", "2026-03-14 09:00:01")]
    [InlineData("2026-03-14 10:00", "10000000.00:00:00", "2026-03-14 12:00", null)]
    public void The_next_run_is_the_first_of_its_series_behind_now(string first, string interval, string now, string? next)
    {
        var entry = new SchedulerEntry(DateTime.Parse(first), TimeSpan.Parse(interval));

        Assert.Equal(next is null ? null : DateTime.Parse(next), entry.NextAfter(DateTime.Parse(now), DateTime.Parse(now)));
    }

    [Fact]
    public void An_entry_says_by_itself_who_made_it_and_when()
    {
        _desk.Type("/system scheduler add name=hourly interval=1h on-event=\":log info ran\"");

        Assert.Matches(
            "^/system scheduler add interval=1h name=hourly on-event=\":log info ran\" " +
            "policy=ftp,reboot,read,write,policy,test,password,sniff,sensitive,romon start-date=[0-9-]{10} start-time=[0-9:]{8}$",
            _desk.Type("/system scheduler export terse").Split('\n')[^2]);
        Assert.Equal("admin", _desk.Type(":put [/system scheduler get hourly owner]").Trim());
    }

    [Fact]
    public void Startup_runs_at_the_start_and_a_disabled_entry_never()
    {
        _desk.Type("/system scheduler add name=boot start-time=startup on-event=\":log info \\\"up: \\$[:jobname]\\\"\"");
        _desk.Type("/system scheduler add name=off start-time=startup on-event=\":log info never\" disabled=yes");
        _desk.Type("/system scheduler add name=late start-date=2026-03-14 start-time=15:10:00 on-event=\":log info late\"");
        Assert.Empty(_desk.Said);

        _desk.Scheduler.Start();
        _desk.WaitForRest();
        Assert.Equal(["up: boot"], _desk.Said);

        _desk.Clock.Now += TimeSpan.FromMinutes(1);
        _desk.Scheduler.Look();
        _desk.Scheduler.Look();
        _desk.WaitForRest();
        Assert.Equal(["up: boot", "late"], _desk.Said);
        Assert.Equal("1", _desk.Type(":put [/system scheduler get late run-count]").Trim());
        Assert.Equal("", _desk.Type(":put [/system scheduler get late next-run]").Trim());
    }

    [Fact]
    public void A_clock_that_is_set_back_or_far_ahead_is_followed()
    {
        _desk.Type("/system scheduler add name=s start-date=2026-03-14 start-time=16:00:00 interval=10m on-event=\":log info ran\"");
        _desk.Scheduler.Start();

        _desk.Clock.Now = new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);
        _desk.Scheduler.Look();
        _desk.WaitForRest();
        Assert.Equal(["ran"], _desk.Said);
        Assert.Equal("2027-01-01 00:10:00", Next());

        _desk.Clock.Now = new DateTimeOffset(2026, 3, 14, 12, 0, 0, TimeSpan.Zero);
        _desk.Scheduler.Look();
        Assert.Equal("2026-03-14 16:00:00", Next());

        string Next() => _desk.Type(":put [/system scheduler get s next-run]").Trim();
    }

    [Fact]
    public void Each_run_has_a_session_of_its_own_and_shares_only_the_globals()
    {
        _desk.Keep("one", ":local x 5; :global shared 7; /ppp secret");
        _desk.Keep("two", ":global shared; :log info \"$shared [$x] $[:len [/ppp secret find]]\"");
        _desk.Type("/system scheduler add name=a start-date=2026-03-14 start-time=15:10:00 on-event=one");
        _desk.Scheduler.Start();
        _desk.Clock.Now += TimeSpan.FromMinutes(1);
        _desk.Scheduler.Look();
        _desk.WaitForRest();

        _desk.Type("/system script run two");

        Assert.Equal(["7 [] 0"], _desk.Said);
    }

    [Fact]
    public void A_script_that_fails_is_told_of_with_the_command_and_the_line()
    {
        _desk.Keep("bad", ":log info first\n/ppp secret add name=x\n/ppp secret add name=x");
        _desk.Type("/system scheduler add name=s start-time=startup on-event=bad");
        _desk.Scheduler.Start();
        _desk.WaitForRest();

        Assert.Equal(
            [
                "first",
                "executing script bad from scheduler failed, please check it manually",
                "Script Error: failure: secret with the same name already exists (/ppp/secret/add; line 3)",
            ],
            _desk.Said);
    }

    [Fact]
    public void A_script_that_asks_for_more_than_its_entry_allows_does_not_run()
    {
        _desk.Type("/system script add name=s source=\":log info ran\"");
        _desk.Type("/system scheduler add name=weak start-time=startup on-event=s policy=read,write");
        _desk.Type("/system script add name=free source=\":log info free\" dont-require-permissions=yes");
        _desk.Type("/system scheduler add name=weaker start-time=startup on-event=free policy=read");
        _desk.Scheduler.Start();
        _desk.WaitForRest();

        Assert.Equal(
            ["executing script s from scheduler failed, please check it manually: not enough permissions (9)", "free"],
            _desk.Said.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("start-date=2026-02-30", "invalid value for argument start-date")]
    [InlineData("start-time=24:00:00", "invalid value for argument start-time")]
    [InlineData("interval=10ms", "failure: interval is shorter than one second")]
    [InlineData("policy=everything", "input does not match any value of policy")]
    public void What_cannot_be_is_refused(string argument, string told) =>
        Assert.Equal(told, _desk.Refused("/system scheduler add name=x " + argument));

    [Fact]
    public void Dates_of_v6_are_read()
    {
        _desk.Type("/system scheduler add name=x start-date=oct/25/2024 start-time=23:59:59");

        Assert.Equal("2024-10-25 23:59:59", _desk.Type(":put \"$[/system scheduler get x start-date] $[/system scheduler get x start-time]\"").Trim());
    }
}
