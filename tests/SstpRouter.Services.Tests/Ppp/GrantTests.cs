using SstpRouter.Ppp;
using SstpRouter.Tunnels;

namespace SstpRouter.Services.Tests.Ppp;

public sealed class GrantTests
{
    [Fact]
    public void The_addresses_of_the_secret_win_over_those_of_the_profile()
    {
        var door = new FrontDoor(
            "/ppp profile add name=dial local-address=10.9.0.1 remote-address=10.9.0.2",
            "/ppp secret add name=alice password=pw profile=dial local-address=10.0.0.1 remote-address=10.0.0.5");

        Assert.Equal(("10.0.0.1", "10.0.0.5"), Addresses(door.Admits("alice").Grant));
    }

    [Fact]
    public void A_pool_serves_where_the_secret_has_no_address()
    {
        var door = new FrontDoor(
            "/ip pool add name=far ranges=10.1.0.2-10.1.0.9",
            "/ip pool add name=near ranges=10.2.0.2-10.2.0.9",
            "/ppp profile add name=dial local-address=near remote-address=far",
            "/ppp secret add name=alice password=pw profile=dial",
            "/ppp secret add name=bob password=pw profile=dial remote-address=10.0.0.5");

        Assert.Equal(("10.2.0.2", "10.1.0.2"), Addresses(door.Admits("alice").Grant));
        Assert.Equal(("10.2.0.3", "10.0.0.5"), Addresses(door.Admits("bob").Grant));
        Assert.Equal(["alice", "alice", "bob"], door.Desk.Rows("ip/pool/used").Select(r => r.Text("info")).Order());
    }

    [Fact]
    public void Name_servers_come_from_the_profile()
    {
        PppGrant grant = new FrontDoor(
            "/ppp profile add name=dial remote-address=10.0.0.5 dns-server=10.0.0.2,10.0.0.3 wins-server=10.0.0.4",
            "/ppp secret add name=alice password=pw profile=dial").Admits("alice").Grant;

        Assert.Equal(["10.0.0.2", "10.0.0.3"], grant.DnsServers.Select(a => a.ToString()));
        Assert.Equal(["10.0.0.4"], grant.NbnsServers.Select(a => a.ToString()));
    }

    [Fact]
    public void Without_a_remote_address_the_caller_comes_in_without_ipv4_and_the_log_says_what_to_set()
    {
        var door = new FrontDoor("/ppp secret add name=alice password=pw local-address=10.0.0.1");

        Assert.Equal((null, null), Addresses(door.Admits("alice").Grant));
        Assert.Equal(
            ["<sstp-alice>: could not determine remote address: neither the secret nor profile default has one that is free; set remote-address"],
            door.Desk.Logged("sstp", "ppp", "warning"));
    }

    [Fact]
    public void Without_a_local_address_a_stand_in_is_used_and_the_log_says_so()
    {
        var door = new FrontDoor("/ppp secret add name=alice password=pw remote-address=10.0.0.5");

        Assert.Equal(("10.112.112.112", "10.0.0.5"), Addresses(door.Admits("alice").Grant));
        Assert.Equal(
            ["<sstp-alice>: could not determine local address, using 10.112.112.112; set local-address in the secret or in profile default"],
            door.Desk.Logged("sstp", "ppp", "warning"));
    }

    [Fact]
    public void A_pool_that_is_used_up_lets_the_caller_in_without_ipv4()
    {
        var door = new FrontDoor(
            "/ip pool add name=far ranges=10.1.0.2",
            "/ppp profile add name=dial local-address=10.1.0.1 remote-address=far",
            "/ppp secret add name=alice password=pw profile=dial");

        Assert.Equal(("10.1.0.1", "10.1.0.2"), Addresses(door.Admits("alice").Grant));
        Assert.Equal((null, null), Addresses(door.Admits("alice").Grant));
    }

    [Fact]
    public void The_limits_of_the_profile_hold_for_the_call()
    {
        TunnelLimits limits = new FrontDoor(
            "/ppp profile add name=dial remote-address=10.0.0.5 session-timeout=1d idle-timeout=5m change-tcp-mss=no",
            "/ppp secret add name=alice password=pw profile=dial").Admits("alice").Limits;

        Assert.Equal(
            new TunnelLimits { SessionTimeout = TimeSpan.FromDays(1), IdleTimeout = TimeSpan.FromMinutes(5), ClampTcpMss = false }, limits);
    }

    private static (string? Local, string? Remote) Addresses(PppGrant grant) => (grant.LocalAddress?.ToString(), grant.RemoteAddress?.ToString());
}
