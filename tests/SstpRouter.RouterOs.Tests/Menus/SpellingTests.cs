using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Menus;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Tests.Menus;

/// <summary>Older spellings and what single menus refuse.</summary>
public class SpellingTests
{
    private static readonly Menu Root = RouterMenus.Build();

    [Theory]
    [InlineData("192.168.62.2:443", "connect-to=192.168.62.2 port=443")]
    [InlineData("vpn.example.com:8443", "connect-to=vpn.example.com port=8443")]
    [InlineData("[2001:db8::1]:443", "connect-to=2001:db8::1 port=443")]
    [InlineData("192.168.62.2", "connect-to=192.168.62.2")]
    [InlineData("2001:db8::1", "connect-to=2001:db8::1")]
    [InlineData("::1", "connect-to=::1")]
    [InlineData("host:", "connect-to=host:")]
    [InlineData("host:https", "connect-to=host:https")]
    [InlineData(":443", "connect-to=:443")]
    public void Host_and_port_of_v6_become_two_arguments(string typed, string expected) =>
        Assert.Equal(expected, Normalised("interface/sstp-client", ("connect-to", typed)));

    [Fact]
    public void A_port_given_by_name_wins_over_one_behind_the_host() =>
        Assert.Equal("port=444 connect-to=10.0.0.1", Normalised("interface/sstp-client", ("port", "444"), ("connect-to", "10.0.0.1:443")));

    [Fact]
    public void The_proxy_of_a_v6_export_is_the_default() =>
        Assert.Equal("http-proxy=0.0.0.0 proxy-port=443", Normalised("interface/sstp-client", ("http-proxy", "0.0.0.0:443")));

    [Theory]
    [InlineData("10.1.2.3/24", "address=10.1.2.3/24 network=10.1.2.0")]
    [InlineData("10.1.2.3", "address=10.1.2.3 network=10.1.2.3")]
    [InlineData("rubbish", "address=rubbish")]
    public void An_address_brings_its_network(string typed, string expected) =>
        Assert.Equal(expected, Normalised("ip/address", ("address", typed)));

    [Fact]
    public void A_network_that_was_given_stays() =>
        Assert.Equal("address=10.0.0.5/32 network=10.0.0.1", Normalised("ip/address", ("address", "10.0.0.5/32"), ("network", "10.0.0.1")));

    [Theory]
    [InlineData("use-compression", "yes", "use-compression is not supported yet")]
    [InlineData("use-mpls", "required", "use-mpls is not supported yet")]
    [InlineData("use-upnp", "yes", "use-upnp is not supported yet")]
    [InlineData("use-upnp", "no", null)]
    [InlineData("use-ipv6", "required", null)]
    [InlineData("use-encryption", "required", null)]
    public void A_profile_refuses_what_has_no_effect_yet(string name, string value, string? refusal)
    {
        Assert.Equal(refusal, Root.Find("ppp/profile")!.Property(name)!.Refusal(Value.Of(value)));
    }

    [Fact]
    public void A_profile_takes_two_name_servers_at_most()
    {
        Menu menu = Root.Find("ppp/profile")!;
        Value three = menu.Property("dns-server")!.Type.Parse(Value.Of("10.0.0.1,10.0.0.2,10.0.0.3"), "dns-server", new NoNames());

        var error = Assert.Throws<ScriptError>(() => menu.Check!(new OneValue("dns-server", three), new NoNames()));

        Assert.Equal("failure: at most two addresses can be given as dns-server", error.Message);
    }

    [Fact]
    public void An_IPv6_address_does_not_belong_into_the_IPv4_menu()
    {
        Menu menu = Root.Find("ip/address")!;
        Value address = menu.Property("address")!.Type.Parse(Value.Of("2001:db8::1/64"), "address", new NoNames());

        Assert.Throws<ScriptError>(() => menu.Check!(new OneValue("address", address), new NoNames()));
    }

    [Theory]
    [InlineData("no", false)]
    [InlineData("yes", true)]
    public void The_distance_of_the_default_route_shows_only_with_the_route(string route, bool isShown)
    {
        Property distance = Root.Find("interface/sstp-client")!.Property("default-route-distance")!;

        Assert.Equal(isShown, distance.ShownWhen!(new OneValue("add-default-route", Value.Of(route == "yes"))));
    }

    private static string Normalised(string path, params (string Name, string Value)[] arguments) =>
        string.Join(' ', Root.Find(path)!
            .Normalise!([.. arguments.Select(a => new GivenArgument(a.Name, Value.Of(a.Value), IsNegated: false, new SourcePosition(1, 1)))])
            .Select(a => $"{a.Name}={a.Value}"));

    private sealed class OneValue(string name, Value value) : IPropertySource
    {
        public Value? this[string propertyName] => propertyName == name ? value : null;
    }

    private sealed class NoNames : IReferenceScope
    {
        public IEnumerable<string> NamesOf(string menuPath) => [];

        public bool IsComplete(string menuPath) => true;
    }
}
