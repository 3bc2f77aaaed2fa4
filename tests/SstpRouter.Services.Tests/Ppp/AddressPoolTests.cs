using System.Net;
using SstpRouter.RouterOs.Schema;
using SstpRouter.Services.Ppp;
using SstpRouter.Services.Tests.Support;

namespace SstpRouter.Services.Tests.Ppp;

public sealed class AddressPoolTests
{
    [Fact]
    public void Addresses_come_in_the_order_of_the_ranges_until_none_is_left()
    {
        var desk = new Desk("/ip pool add name=p ranges=10.0.0.9-10.0.0.10,10.0.0.5");
        var pools = new AddressPools(desk.Root, desk.Store);

        Assert.Equal(["10.0.0.9", "10.0.0.10", "10.0.0.5", null], Take(desk, pools, "p", "a", "b", "c", "d"));
    }

    [Fact]
    public void A_pool_that_is_used_up_goes_on_in_the_next_one()
    {
        var desk = new Desk("/ip pool add name=q ranges=10.0.1.1", "/ip pool add name=p ranges=10.0.0.1 next-pool=q");
        var pools = new AddressPools(desk.Root, desk.Store);

        Assert.Equal(["10.0.0.1", "10.0.1.1", null], Take(desk, pools, "p", "a", "b", "c"));
        Assert.Equal(["p", "q"], desk.Rows("ip/pool/used").Select(r => r.Text("pool")));
    }

    [Fact]
    public void Pools_that_follow_each_other_in_a_circle_end_after_one_turn()
    {
        var desk = new Desk(
            "/ip pool add name=q ranges=10.0.1.1",
            "/ip pool add name=p ranges=10.0.0.1 next-pool=q",
            "/ip pool set q next-pool=p");
        var pools = new AddressPools(desk.Root, desk.Store);

        Assert.Equal(["10.0.1.1", "10.0.0.1", null], Take(desk, pools, "q", "a", "b", "c"));
    }

    [Fact]
    public void A_user_gets_the_address_of_last_time_while_it_is_free()
    {
        var desk = new Desk("/ip pool add name=p ranges=10.0.0.1-10.0.0.3");
        var pools = new AddressPools(desk.Root, desk.Store);
        Take(desk, pools, "p", "a", "b");
        pools.GiveBack(IPAddress.Parse("10.0.0.1"));
        pools.GiveBack(IPAddress.Parse("10.0.0.2"));

        Assert.Equal(["10.0.0.2", "10.0.0.1", "10.0.0.3"], Take(desk, pools, "p", "b", "c", "a"));
    }

    [Fact]
    public void The_address_of_last_time_counts_no_more_when_the_pool_has_lost_it()
    {
        var desk = new Desk("/ip pool add name=p ranges=10.0.0.1-10.0.0.3");
        var pools = new AddressPools(desk.Root, desk.Store);
        Take(desk, pools, "p", "a");
        pools.GiveBack(IPAddress.Parse("10.0.0.1"));
        desk.Type("/ip pool set p ranges=10.0.9.1-10.0.9.2");

        Assert.Equal(["10.0.9.1"], Take(desk, pools, "p", "a"));
    }

    [Fact]
    public void Two_sessions_of_one_user_get_two_addresses()
    {
        var desk = new Desk("/ip pool add name=p ranges=10.0.0.1-10.0.0.3");

        Assert.Equal(["10.0.0.1", "10.0.0.2"], Take(desk, new AddressPools(desk.Root, desk.Store), "p", "a", "a"));
    }

    [Fact]
    public void An_address_given_back_twice_or_never_taken_does_no_harm()
    {
        var desk = new Desk("/ip pool add name=p ranges=10.0.0.1");
        var pools = new AddressPools(desk.Root, desk.Store);
        Take(desk, pools, "p", "a");

        pools.GiveBack(IPAddress.Parse("192.0.2.1"));
        pools.GiveBack(IPAddress.Parse("10.0.0.1"));
        pools.GiveBack(IPAddress.Parse("10.0.0.1"));

        Assert.Equal(["10.0.0.1", null], Take(desk, pools, "p", "b", "c"));
    }

    [Fact]
    public void A_pool_that_does_not_exist_gives_nothing()
    {
        var desk = new Desk();

        Assert.Equal([null], Take(desk, new AddressPools(desk.Root, desk.Store), "nowhere", "a"));
    }

    [Fact]
    public void The_pool_counts_its_addresses()
    {
        var desk = new Desk("/ip pool add name=p ranges=10.0.0.1-10.0.0.100,10.1.0.0/24");
        Take(desk, new AddressPools(desk.Root, desk.Store), "p", "a", "b");

        Row pool = Assert.Single(desk.Rows("ip/pool"));

        Assert.Equal(("356", "2", "354"), (pool.Text("total"), pool.Text("used"), pool.Text("available")));
    }

    [Fact]
    public void A_pool_counts_what_it_gave_out_under_its_new_name_too()
    {
        var desk = new Desk("/ip pool add name=p ranges=10.0.0.1-10.0.0.9");
        var pools = new AddressPools(desk.Root, desk.Store);
        Take(desk, pools, "p", "a");

        desk.Type("/ip pool set p name=renamed");

        Assert.Equal("1", Assert.Single(desk.Rows("ip/pool")).Text("used"));
        Assert.Equal("renamed", Assert.Single(desk.Rows("ip/pool/used")).Text("pool"));
    }

    [Fact]
    public void The_whole_address_space_is_counted_and_served_at_once()
    {
        var desk = new Desk("/ip pool add name=p ranges=0.0.0.0-255.255.255.255");

        Assert.Equal(["0.0.0.0"], Take(desk, new AddressPools(desk.Root, desk.Store), "p", "a"));
        Assert.Equal("4294967296", Assert.Single(desk.Rows("ip/pool")).Text("total"));
    }

    private static IEnumerable<string?> Take(Desk desk, AddressPools pools, string pool, params string[] users) =>
        [.. users.Select(user => pools.Take(desk.Now, pool, user)?.ToString())];
}
