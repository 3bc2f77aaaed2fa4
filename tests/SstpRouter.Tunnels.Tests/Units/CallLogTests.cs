using System.Net;
using SstpRouter.Tunnels.Server;
using SstpRouter.Tunnels.Tests.Support;

namespace SstpRouter.Tunnels.Tests.Units;

/// <summary>A flood of calls without a login takes a few lines and one that counts the rest; a call that logs in loses none.</summary>
public sealed class CallLogTests
{
    private static readonly TunnelEnd Malformed = new("malformed-packet", "it begins 00000000", null);
    private static readonly IPAddress Stranger = IPAddress.Parse("192.0.2.9");

    private readonly TestLog _log = new();
    private readonly CallLogBudget _budget;
    private int _armed;

    public CallLogTests() => _budget = new CallLogBudget(_log, () => _armed++);

    [Fact]
    public void The_first_calls_of_an_address_write_and_the_rest_is_counted()
    {
        Flood(Stranger, CallLogBudget.CallsPerAddress + 57, 1_000);

        Assert.Equal(CallLogBudget.CallsPerAddress, _log.Count("hello"));
        Assert.Equal(1, _armed);
        Assert.Equal(1_000 + CallLogBudget.FirstPause, _budget.NextDeadline);

        _budget.Tick(_budget.NextDeadline - 1);
        Assert.False(_log.Has("more calls"));
        _budget.Tick(_budget.NextDeadline);
        Assert.Equal("57 more calls without a login from 192.0.2.9, the last: malformed-packet", _log.Lines[^1]);
        Assert.Equal(long.MaxValue, _budget.NextDeadline);
    }

    [Fact]
    public void An_address_has_a_call_more_after_each_interval()
    {
        Flood(Stranger, CallLogBudget.CallsPerAddress + 1, 0);
        Flood(Stranger, 5, CallLogBudget.IntervalPerAddress - 1);
        Assert.Equal(CallLogBudget.CallsPerAddress, _log.Count("hello"));

        Flood(Stranger, 5, CallLogBudget.IntervalPerAddress);
        Assert.Equal(CallLogBudget.CallsPerAddress + 1, _log.Count("hello"));
    }

    [Fact]
    public void One_address_leaves_the_others_their_lines()
    {
        Flood(Stranger, 1_000, 0);
        Flood(IPAddress.Parse("192.0.2.10"), 3, 0);

        Assert.Equal(CallLogBudget.CallsPerAddress + 3, _log.Count("hello"));
    }

    [Fact]
    public void All_addresses_together_are_bounded_too()
    {
        for (int i = 0; i < 10_000; i++)
        {
            Flood(new IPAddress(i + 1), 1, i);
        }

        Assert.Equal(CallLogBudget.CallsOverall, _log.Count("hello"));
        _budget.Tick(_budget.NextDeadline);
        Assert.Equal($"9880 more calls without a login from {new IPAddress(10_000)} and others, the last: malformed-packet", _log.Lines[^1]);
    }

    [Fact]
    public void An_hour_of_flood_leaves_most_of_a_log_of_1000_lines_alone()
    {
        for (long now = 0; now < 3_600_000; now += 100)
        {
            if (_budget.NextDeadline <= now)
            {
                _budget.Tick(now);
            }

            Flood(Stranger, 1, now);
        }

        // The calls of the first moment, one each interval since then, and the lines that count the rest.
        Assert.InRange(_log.Count("hello"), CallLogBudget.CallsPerAddress, CallLogBudget.CallsPerAddress + 12);
        Assert.InRange(_log.Count("more calls"), 5, 10);
    }

    [Fact]
    public void A_flood_that_comes_back_after_a_day_is_told_of_at_once()
    {
        const long day = 86_400_000;
        Flood(Stranger, 100, 0);
        _budget.Tick(_budget.NextDeadline);
        Flood(Stranger, 100, 20_000);
        _budget.Tick(_budget.NextDeadline);

        Flood(Stranger, 100, day);

        Assert.Equal(day + CallLogBudget.FirstPause, _budget.NextDeadline);
    }

    [Fact]
    public void An_address_that_was_long_silent_is_forgotten_before_one_that_floods()
    {
        Flood(Stranger, CallLogBudget.CallsPerAddress, 0);
        for (int i = 0; i < 10 * CallLogBudget.MaximumAddresses; i++)
        {
            _budget.TryTake(new IPAddress(i + 1), 2 * i);
            Assert.False(_budget.TryTake(Stranger, (2 * i) + 1));
        }
    }

    [Fact]
    public void A_call_that_logs_in_costs_nothing()
    {
        for (int i = 0; i < 1_000; i++)
        {
            var call = new CallLog(_log, _budget, Stranger, 0);
            call.Write(TunnelLogLevel.Info, "hello");
            call.LoggedIn();
            call.Write(TunnelLogLevel.Info, "connected");
            call.Ended(Malformed, 0);
        }

        Assert.Equal(1_000, _log.Count("hello"));
        Assert.Equal(1_000, _log.Count("connected"));
        Assert.Equal(0, _armed);
    }

    [Fact]
    public void A_call_beyond_the_budget_that_logs_in_writes_what_it_kept_back()
    {
        Flood(Stranger, 100, 0);
        int before = _log.Lines.Count;
        var call = new CallLog(_log, _budget, Stranger, 0);
        call.Write(TunnelLogLevel.Info, "TCP connection established");
        call.Write(TunnelLogLevel.Debug, "a step");
        call.Write(TunnelLogLevel.Info, "waiting for call...");
        Assert.Equal(before, _log.Entries.Count);

        call.LoggedIn();
        call.Write(TunnelLogLevel.Info, "authenticated");

        Assert.Equal(["TCP connection established", "waiting for call...", "authenticated"], _log.Lines.Skip(before));
    }

    [Fact]
    public void Protocol_steps_before_the_login_are_bounded()
    {
        var call = new CallLog(_log, _budget, Stranger, 0);
        for (int i = 0; i < 10_000; i++)
        {
            call.Write(TunnelLogLevel.Debug, "step");
        }

        Assert.Equal(CallLog.MaximumDebugLines, _log.Count("step") - 1);
        Assert.Equal("192.0.2.9: further steps before the login are left out", _log.Entries[^1].Text);

        call.LoggedIn();
        call.Write(TunnelLogLevel.Debug, "later");
        Assert.Equal("later", _log.Entries[^1].Text);
    }

    private void Flood(IPAddress address, int calls, long now)
    {
        for (int i = 0; i < calls; i++)
        {
            var call = new CallLog(_log, _budget, address, now);
            call.Write(TunnelLogLevel.Info, "hello");
            call.Ended(Malformed, now);
        }
    }
}
