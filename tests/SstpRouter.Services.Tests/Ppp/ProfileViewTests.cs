using SstpRouter.RouterOs.Values;
using SstpRouter.Services.Ppp;
using SstpRouter.Services.Tests.Support;

namespace SstpRouter.Services.Tests.Ppp;

public sealed class ProfileViewTests
{
    [Theory]
    [InlineData("default", "default", false, true, true)]
    [InlineData("default", "yes", true, true, true)]
    [InlineData("default", "no", false, false, false)]
    [InlineData("yes", "no", true, true, true)]
    [InlineData("no", "yes", false, false, false)]
    public void What_a_profile_leaves_at_default_follows_the_profile_of_the_interface(
        string own, string ofInterface, bool onlyOne, bool ipv6, bool clamp)
    {
        ProfileView view = View(
            $"/ppp profile add name=own only-one={own} use-ipv6={own} change-tcp-mss={own}",
            $"/ppp profile add name=interface only-one={ofInterface} use-ipv6={ofInterface} change-tcp-mss={ofInterface}");

        Assert.Equal((onlyOne, ipv6, clamp), (view.OnlyOne, view.EnableIpv6, view.Limits.ClampTcpMss));
    }

    [Fact]
    public void Ipv6_that_is_required_is_negotiated() =>
        Assert.True(View("/ppp profile add name=own use-ipv6=required", "/ppp profile add name=interface use-ipv6=no").EnableIpv6);

    [Fact]
    public void Addresses_servers_and_time_limits_come_from_the_profile_itself()
    {
        ProfileView view = View(
            "/ppp profile add name=own local-address=10.0.0.1 dns-server=10.0.0.2,10.0.0.3 session-timeout=1h",
            "/ppp profile add name=interface local-address=10.9.9.9 dns-server=10.9.9.8 wins-server=10.9.9.7 session-timeout=9h idle-timeout=9m");

        Assert.Equal("10.0.0.1", view.LocalAddress?.ToText());
        Assert.Null(view.RemoteAddress);
        Assert.Equal(["10.0.0.2", "10.0.0.3"], view.DnsServers.Select(a => a.ToString()));
        Assert.Empty(view.WinsServers);
        Assert.Equal((TimeSpan.FromHours(1), null), (view.Limits.SessionTimeout, view.Limits.IdleTimeout));
    }

    [Fact]
    public void A_pool_is_told_from_an_address()
    {
        ProfileView view = View(
            "/ip pool add name=dial ranges=10.0.0.5-10.0.0.9",
            "/ppp profile add name=own local-address=10.0.0.1 remote-address=dial",
            "/ppp profile add name=interface");

        Assert.IsType<AddressValue>(view.LocalAddress);
        Assert.Equal("dial", Assert.IsType<TextValue>(view.RemoteAddress).Content);
    }

    private static ProfileView View(params string[] lines)
    {
        var desk = new Desk(lines);
        return ProfileView.Of(desk.Menu("ppp/profile"), desk.Now, "own", "interface");
    }
}
