using System.Globalization;
using System.Net;
using SstpRouter.Tunnels.Server;

namespace SstpRouter.Tunnels.Tests.Units;

public sealed class FailedLoginsTests
{
    private static readonly IPAddress Branch = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress Elsewhere = IPAddress.Parse("192.0.2.2");

    private readonly FailedLogins _failures = new();

    [Fact]
    public void Two_mistakes_are_free_and_the_next_is_answered_late()
    {
        Assert.Equal([0, 0, 1000, 1000], Enumerable.Range(0, 4).Select(i => _failures.Add(Branch, $"user{i}", i * 10)));
        Assert.Equal(0, _failures.Add(Elsewhere, "user9", 40));
    }

    [Fact]
    public void A_name_that_is_tried_from_many_addresses_is_answered_late_too()
    {
        Assert.Equal([0, 0, 1000], Enumerable.Range(1, 3).Select(i => _failures.Add(new IPAddress([198, 51, 100, (byte)i]), "alice", i)));
        Assert.Equal(0, _failures.Add(Branch, "bob", 5));
    }

    [Fact]
    public void A_minute_without_a_mistake_forgives()
    {
        Array.ForEach([0L, 1, 2], at => _failures.Add(Branch, "alice", at));
        Assert.Equal(1000, _failures.Add(Branch, "alice", 60_001));
        Assert.Equal(0, _failures.Add(Branch, "alice", 120_001));
    }

    [Fact]
    public void All_of_an_ipv6_subscriber_counts_as_one()
    {
        Assert.Equal([0, 0, 1000], Enumerable.Range(1, 3).Select(i =>
            _failures.Add(IPAddress.Parse($"2001:db8:0:1::{i}"), $"user{i}", i)));
    }

    [Fact]
    public void The_table_is_bounded_and_forgets_the_oldest_first()
    {
        for (int i = 0; i < 20_000; i++)
        {
            _failures.Add(new IPAddress([10, (byte)(i >> 16), (byte)(i >> 8), (byte)i]), i.ToString(CultureInfo.InvariantCulture), i);
            if (i % 1000 < 3)
            {
                _failures.Add(Branch, "alice", i);
            }
        }

        Assert.Equal(4096, _failures.Count);
        Assert.Equal(1000, _failures.Add(Branch, "bob", 20_000));
        Assert.Equal(0, _failures.Add(new IPAddress([10, 0, 0, 1]), "carol", 20_000));
    }
}
