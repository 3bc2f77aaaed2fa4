using System.Net;
using SstpRouter.Tunnels.Server;

namespace SstpRouter.Tunnels.Tests.Units;

public sealed class LoginPlacesTests
{
    private static readonly IPAddress One = Address(1);
    private static readonly IPAddress Other = Address(2);
    private static readonly IPAddress Third = Address(3);

    [Fact]
    public void An_address_takes_its_share_and_then_waits()
    {
        LoginPlaces<string> places = new(10, 3, 10, 10);

        Assert.Equal([true, true, true, false], Enumerable.Range(0, 4).Select(_ => places.TryTake(One)));
        Assert.NotNull(places.TryWait(One, "a", 5));
        Assert.False(places.TrySeat(out _));
        places.GiveBack(One);
        Assert.True(places.TrySeat(out LoginPlaces<string>.Waiter? next));
        Assert.Equal(("a", true, 3, 0), (next.Caller, next.IsSeated, places.Held, places.Waiting));
    }

    [Fact]
    public void Who_comes_later_from_an_address_does_not_pass_those_who_wait_there()
    {
        LoginPlaces<string> places = new(10, 1, 10, 10);
        places.TryTake(One);
        places.TryWait(One, "a", 5);
        places.GiveBack(One);

        Assert.False(places.TryTake(One));
    }

    [Fact]
    public void The_next_place_goes_to_the_address_that_holds_the_fewest()
    {
        LoginPlaces<string> places = new(100, 4, 10, 10);
        Take(places, One, 4);
        Take(places, Other, 3);
        Take(places, Third, 2);
        Assert.All([One, One, Other, Third, Third], address => Assert.NotNull(places.TryWait(address, $"{address}", 1)));

        Assert.Equal([$"{Third}", $"{Other}", $"{Third}"], Seated(places));
        Assert.Empty(Seated(places));
        places.GiveBack(One);
        Assert.Equal([$"{One}"], Seated(places));
    }

    [Fact]
    public void Among_addresses_that_hold_as_many_it_goes_to_who_came_first()
    {
        LoginPlaces<string> places = new(2, 1, 10, 10);
        places.TryTake(Address(4));
        Assert.All([Third, One, Other, One], address => Assert.NotNull(places.TryWait(address, $"{address}", 1)));

        Assert.Equal([$"{Third}"], Seated(places));
        places.GiveBack(Third);
        Assert.Equal([$"{One}"], Seated(places));
        places.GiveBack(One);
        Assert.Equal([$"{Other}"], Seated(places));
    }

    [Fact]
    public void An_address_gets_no_more_than_is_left_for_the_others()
    {
        LoginPlaces<string> places = new(8, 100, 8, 100);

        Take(places, One, 4);
        Assert.False(places.TryTake(One));
        Take(places, Other, 2);
        Assert.False(places.TryTake(Other));
        Take(places, Third, 1);
        Assert.True(places.TryTake(Address(4)));
        Assert.False(places.TryTake(Address(5)));
    }

    [Fact]
    public void Five_hundred_greedy_addresses_leave_places_for_one_more()
    {
        LoginPlaces<string> places = new(512, 64, 4096, 1024);
        IPAddress[] greedy = [.. Enumerable.Range(1000, 500).Select(Address)];
        for (bool any = true; any;)
        {
            any = false;
            foreach (IPAddress address in greedy)
            {
                any |= places.TryTake(address);
            }
        }

        Assert.Equal(511, places.Held);
        Assert.All(greedy, address => Assert.False(places.TryTake(address)));
        Assert.True(places.TryTake(One));
    }

    [Fact]
    public void The_line_is_bounded_for_each_address_and_for_all()
    {
        LoginPlaces<int> places = new(1, 1, 6, 4);
        places.TryTake(One);

        Assert.Equal(3, Enumerable.Range(0, 9).Count(i => places.TryWait(One, i, i) is not null));
        Assert.Equal(2, Enumerable.Range(0, 9).Count(i => places.TryWait(Other, i, i) is not null));
        Assert.NotNull(places.TryWait(Third, 0, 9));
        Assert.Null(places.TryWait(Address(4), 0, 9));
        Assert.Equal(6, places.Waiting);
    }

    [Fact]
    public void Who_leaves_the_line_is_not_seated_and_leaves_once()
    {
        LoginPlaces<string> places = new(1, 1, 10, 10);
        places.TryTake(One);
        LoginPlaces<string>.Waiter gone = places.TryWait(Other, "gone", 1)!;
        places.TryWait(Third, "stays", 2);

        Assert.Equal("gone", places.Oldest!.Caller);
        Assert.True(places.Leave(gone));
        Assert.False(places.Leave(gone));
        Assert.Equal("stays", places.Oldest!.Caller);
        places.GiveBack(One);
        Assert.True(places.TrySeat(out LoginPlaces<string>.Waiter? next));
        Assert.Equal("stays", next.Caller);
        Assert.False(places.Leave(next));
        Assert.Null(places.Oldest);
    }

    [Fact]
    public void All_of_an_ipv6_subscriber_counts_as_one()
    {
        LoginPlaces<string> places = new(10, 1, 10, 10);

        Assert.True(places.TryTake(IPAddress.Parse("2001:db8:0:1::1")));
        Assert.False(places.TryTake(IPAddress.Parse("2001:db8:0:1:ffff::2")));
        Assert.True(places.TryTake(IPAddress.Parse("2001:db8:0:2::1")));
    }

    [Fact]
    public void Whatever_happens_the_numbers_are_right()
    {
        Random random = new(7);
        LoginPlaces<int> places = new(20, 6, 30, 10);
        List<IPAddress> held = [];
        List<LoginPlaces<int>.Waiter> line = [];
        for (int step = 0; step < 20_000; step++)
        {
            IPAddress address = Address(random.Next(12));
            switch (random.Next(4))
            {
                case 0 or 1 when places.TryTake(address):
                    held.Add(address);
                    break;
                case 0 or 1 when places.TryWait(address, step, step) is { } waiter:
                    line.Add(waiter);
                    break;
                case 2 when held.Count > 0:
                    int index = random.Next(held.Count);
                    places.GiveBack(held[index]);
                    held.RemoveAt(index);
                    break;
                case 3 when line.Count > 0 && random.Next(3) == 0:
                    LoginPlaces<int>.Waiter leaving = line[random.Next(line.Count)];
                    Assert.True(places.Leave(leaving));
                    line.Remove(leaving);
                    break;
            }

            while (places.TrySeat(out LoginPlaces<int>.Waiter? next))
            {
                // Nobody with fewer places waits, and nobody of his own address before him.
                Assert.True(line.Remove(next));
                int own = held.Count(next.Source.Address.Equals);
                Assert.All(line, w => Assert.True(held.Count(w.Source.Address.Equals) >= own));
                Assert.All(line.Where(w => w.Source == next.Source), w => Assert.True(w.Number > next.Number));
                held.Add(next.Source.Address);
            }

            Assert.Equal((held.Count, line.Count), (places.Held, places.Waiting));
            Assert.Equal(line.MinBy(w => w.Number), places.Oldest);
            Assert.True(held.GroupBy(a => a).All(g => g.Count() <= 6) && held.Count <= 20 && line.Count <= 30);
        }
    }

    private static void Take(LoginPlaces<string> places, IPAddress address, int count) =>
        Assert.All(Enumerable.Range(0, count), _ => Assert.True(places.TryTake(address)));

    private static List<string> Seated(LoginPlaces<string> places)
    {
        List<string> seated = [];
        while (places.TrySeat(out LoginPlaces<string>.Waiter? next))
        {
            seated.Add(next.Caller);
        }

        return seated;
    }

    private static IPAddress Address(int number) => new([10, 0, (byte)(number >> 8), (byte)number]);
}
