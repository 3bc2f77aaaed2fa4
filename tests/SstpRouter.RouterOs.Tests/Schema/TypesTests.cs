using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Tests.Schema;

public class TypesTests
{
    private static readonly Dictionary<string, PropertyType> ByName = new()
    {
        ["text"] = Types.Text,
        ["name"] = Types.Name,
        ["yes-no"] = Types.YesNo,
        ["port"] = Types.Port,
        ["signed"] = Types.Number(-5, 5),
        ["time"] = Types.Time,
        ["seconds"] = Types.Seconds,
        ["pfs"] = Types.OneOf("no", "yes", "required", "yellow"),
        ["auth"] = Types.ListOf("pap", "chap", "mschap1", "mschap2"),
        ["mrru"] = Types.Or(Types.Number(512, 65535), "disabled"),
        ["address"] = Types.Address,
        ["ip4"] = Types.Ip4,
        ["dns"] = Types.AddressList,
        ["host"] = Types.HostOrAddress,
        ["prefix"] = Types.Prefix,
        ["interface-address"] = Types.AddressWithLength,
        ["ranges"] = Types.Ranges,
        ["profile"] = Types.Reference("/ppp/profile"),
        ["certificate"] = Types.Reference("/certificate", none: "none"),
        ["remote"] = Types.AddressOrPool,
    };

    [Theory]
    [InlineData("text", "", "")]
    [InlineData("text", "a b \"c\"", "a b \"c\"")]
    [InlineData("yes-no", "y", "yes")]
    [InlineData("yes-no", "false", "no")]
    [InlineData("port", "443", "443")]
    [InlineData("port", "0x1F", "31")]
    [InlineData("signed", "-5", "-5")]
    [InlineData("time", "60", "1m")]
    [InlineData("time", "1w2d3h4m5s6ms", "1w2d3h4m5s6ms")]
    [InlineData("time", "1d03:04:05", "1d3h4m5s")]
    [InlineData("time", "00:01:00", "1m")]
    [InlineData("time", "1.5s", "1s500ms")]
    [InlineData("time", "0", "0s")]
    [InlineData("seconds", "60", "60")]
    [InlineData("seconds", "2m", "120")]
    [InlineData("seconds", "00:01:30", "90")]
    [InlineData("pfs", "yes", "yes")]
    [InlineData("pfs", "re", "required")]
    [InlineData("auth", "mschap2,pap", "pap,mschap2")]
    [InlineData("auth", "chap, chap", "chap")]
    [InlineData("mrru", "disabled", "disabled")]
    [InlineData("mrru", "1614", "1614")]
    [InlineData("address", "2001:db8::1", "2001:db8::1")]
    [InlineData("address", "10.0.0.1", "10.0.0.1")]
    [InlineData("dns", "1.1.1.1,2001:db8::2", "1.1.1.1,2001:db8::2")]
    [InlineData("dns", "", "")]
    [InlineData("host", "vpn.example.com", "vpn.example.com")]
    [InlineData("host", "192.168.62.2", "192.168.62.2")]
    [InlineData("host", "büro.example", "büro.example")]
    [InlineData("prefix", "10.1.2.3/24", "10.1.2.0/24")]
    [InlineData("prefix", "2001:db8::1/64", "2001:db8::/64")]
    [InlineData("interface-address", "10.1.2.3/24", "10.1.2.3/24")]
    [InlineData("interface-address", "10.1.2.3/255.255.254.0", "10.1.2.3/23")]
    [InlineData("interface-address", "10.1.2.3", "10.1.2.3/32")]
    [InlineData("ranges", "10.0.0.2-10.0.0.9,10.1.0.0/24", "10.0.0.2-10.0.0.9,10.1.0.0/24")]
    [InlineData("profile", "default", "default")]
    [InlineData("profile", "bra", "branch")]
    [InlineData("certificate", "none", "none")]
    [InlineData("remote", "10.0.0.5", "10.0.0.5")]
    [InlineData("remote", "pool1", "pool1")]
    public void A_value_is_read_and_printed_in_its_own_form(string type, string typed, string printed)
    {
        Value value = Parse(type, Value.Of(typed));

        Assert.Equal(printed, ByName[type].Format(value));
        Assert.Equal(value, Parse(type, Value.Of(printed)));
    }

    [Theory]
    [InlineData("name", "", "invalid value for argument p")]
    [InlineData("yes-no", "maybe", "input does not match any value of p")]
    [InlineData("yes-no", "", "ambiguous value of p, more than one possible value matches input")]
    [InlineData("port", "0", "value of p out of range (1..65535)")]
    [InlineData("port", "65536", "value of p out of range (1..65535)")]
    [InlineData("port", "99999999999999999999", "value of p out of range (1..65535)")]
    [InlineData("port", "443x", "value of p contains invalid trailing characters")]
    [InlineData("port", "https", "invalid value for argument p")]
    [InlineData("signed", "-6", "value of p out of range (-5..5)")]
    [InlineData("time", "1m1h", "invalid value for argument p")]
    [InlineData("time", "1x", "invalid value for argument p")]
    [InlineData("time", "00:60:00", "invalid value for argument p")]
    [InlineData("time", "", "invalid value for argument p")]
    [InlineData("time", "999999999999999w", "invalid value for argument p")]
    [InlineData("seconds", "0", "value of p out of range (1..4294967295)")]
    [InlineData("pfs", "ye", "ambiguous value of p, more than one possible value matches input")]
    [InlineData("auth", "pap,eap", "input does not match any value of p")]
    [InlineData("auth", "", "ambiguous value of p, more than one possible value matches input")]
    [InlineData("mrru", "100", "value of p out of range (512..65535)")]
    [InlineData("address", "1", "invalid value for argument p")]
    [InlineData("address", "10.0.0.256", "invalid value for argument p")]
    [InlineData("ip4", "2001:db8::1", "invalid value for argument p")]
    [InlineData("dns", "1.1.1.1,", "invalid value for argument p")]
    [InlineData("host", "", "invalid value for argument p")]
    [InlineData("host", "a b", "invalid value for argument p")]
    [InlineData("host", "10.0.0.300", "invalid value for argument p")]
    [InlineData("host", "-x.example", "invalid value for argument p")]
    [InlineData("prefix", "10.0.0.0/33", "invalid value for argument p")]
    [InlineData("interface-address", "10.0.0.1/255.0.255.0", "invalid value for argument p")]
    [InlineData("ranges", "10.0.0.9-10.0.0.2", "invalid value for argument p")]
    [InlineData("ranges", "", "invalid value for argument p")]
    [InlineData("profile", "nobody", "input does not match any value of p")]
    [InlineData("profile", "", "ambiguous value of p, more than one possible value matches input")]
    [InlineData("remote", "nowhere", "input does not match any value of p")]
    public void A_bad_value_gets_the_routers_words(string type, string typed, string text) =>
        Assert.Equal(text, Assert.Throws<ScriptError>(() => Parse(type, Value.Of(typed))).Text);

    [Fact]
    public void Typed_values_are_taken_as_they_are()
    {
        Assert.Equal(Value.Of(true), Parse("yes-no", Value.Of(true)));
        Assert.Equal(Value.Of(60), Parse("seconds", new TimeValue(TimeSpan.FromMinutes(1))));
        Assert.Equal(Value.Of("12"), Parse("text", Value.Of(12)));
        Assert.Equal("pap,chap", Types.ListOf("pap", "chap").Format(Parse("auth", ArrayValue.Of([Value.Of("chap"), Value.Of("pap")]))));
    }

    [Fact]
    public void Ranges_say_where_they_begin_and_end()
    {
        var ranges = AddressRange.ListFrom(Parse("ranges", Value.Of("10.0.0.2-10.0.0.9,10.1.2.3/23,10.9.9.9")));

        Assert.Equal(
            ["10.0.0.2-10.0.0.9", "10.1.2.0-10.1.3.255", "10.9.9.9-10.9.9.9"],
            ranges.Select(r => $"{r.First}-{r.Last}"));
    }

    [Fact]
    public void A_reference_that_means_none_refers_to_nothing_of_that_name()
    {
        Assert.False(ByName["certificate"].RefersTo(Value.Of("none"), "none"));
        Assert.True(ByName["certificate"].RefersTo(Value.Of("hq"), "hq"));
        Assert.False(ByName["remote"].RefersTo(Parse("remote", Value.Of("10.0.0.5")), "10.0.0.5"));
    }

    [Fact]
    public void Where_items_may_be_unknown_any_name_is_a_reference() =>
        Assert.Equal("later", ByName["profile"].Parse(Value.Of("later"), "p", new Names(isComplete: false)).ToText());

    private static Value Parse(string type, Value input) => ByName[type].Parse(input, "p", new Names(isComplete: true));

    private sealed class Names(bool isComplete) : IReferenceScope
    {
        public IEnumerable<string> NamesOf(string menuPath) => menuPath switch
        {
            "/ppp/profile" => ["default", "default-encryption", "branch"],
            "/ip/pool" => ["pool1"],
            _ => [],
        };

        public bool IsComplete(string menuPath) => isComplete;
    }
}
