using System.Net;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Tests.Interpretation;

public class ConditionTests
{
    private readonly ScriptBench _bench = new();

    public ConditionTests()
    {
        _bench.AddRow(
            1,
            ("name", Value.Of("sstp-out1")), ("connect-to", new AddressValue(IPAddress.Parse("192.168.62.2"))), ("user", Value.Of("MT-User")),
            ("add-default-route", Value.Of(true)), ("uptime", new TimeValue(TimeSpan.FromMinutes(90))),
            ("topics", ArrayValue.Of([Value.Of("sstp"), Value.Of("info")])));
        _bench.AddRow(2, ("name", Value.Of("x")), ("connect-to", Value.Of("vpn.example.com")), ("port", Value.Of(8443)), ("disabled", Value.Of(true)), ("comment", Value.Of("a b")))
            .Flags.Add('R');
        _bench.AddRow(0xA, ("name", Value.Of("y")), ("user", Value.Of("")), ("comment", Value.Of("c")));
    }

    [Theory]
    [InlineData("", "*1;*2;*A")]
    [InlineData("name=x", "*2")]
    [InlineData("where name=x", "*2")]
    [InlineData("where name=\"x\"", "*2")]
    [InlineData("where name!=x", "*1;*A")]
    [InlineData("where name = x", "*2")]
    [InlineData("where connect-to=192.168.62.2", "*1")]
    [InlineData("where connect-to=\"192.168.62.2\"", "*1")]
    [InlineData("where connect-to=vpn.example.com", "*2")]
    [InlineData("where connect-to in 192.168.0.0/16", "*1")]
    [InlineData("where port=443", "*1;*A")]
    [InlineData("where port>443", "*2")]
    [InlineData("where port>=443 port<8443", "*1;*A")]
    [InlineData("disabled", "*2")]
    [InlineData("!disabled", "*1;*A")]
    [InlineData("disabled=yes", "*2")]
    [InlineData("disabled=no", "*1;*A")]
    [InlineData("disabled=true", "*2")]
    [InlineData("running", "*2")]
    [InlineData("!running", "*1;*A")]
    [InlineData("dynamic=no", "*1;*2;*A")]
    [InlineData("comment", "*2;*A")]
    [InlineData("!user", "*2;*A")]
    [InlineData("name~\"^s.*[0-9]\\$\"", "*1")]
    [InlineData("comment~\"^[[:alpha:]]\\$\"", "*A")]
    [InlineData("!(name~\"t\")", "*2;*A")]
    [InlineData("name=x || name=y", "*2;*A")]
    [InlineData("name=x or name=y && port=1", "*2")]
    [InlineData("(name=x or name=y) and port=443", "*A")]
    [InlineData("name=y port=443 .id=*A", "*A")]
    [InlineData(".id=*1", "*1")]
    [InlineData("\"info\" in topics", "*1")]
    [InlineData("topics~\"sstp\"", "*1")]
    [InlineData("topics=sstp,info", "*1")]
    [InlineData("uptime>1h", "*1")]
    [InlineData("uptime=1h30m", "*1")]
    [InlineData("add-def", "*1")]
    [InlineData("name=(\"sstp\" . \"-out1\")", "*1")]
    [InlineData("name=$missing", "")]
    [InlineData("[:len $name] = 1", "*2;*A")]
    public void Conditions_choose_rows(string condition, string ids)
    {
        Assert.Equal(ids, _bench.Print($":put [/interface sstp-client find {condition}]"));
    }

    [Fact]
    public void A_local_variable_stands_on_the_right_and_hides_a_property()
    {
        Assert.Equal("*2", _bench.Print(":local n x; :put [/interface/sstp-client/find where name=$n]"));
        Assert.Equal("*2", _bench.Print(":local name x; :put [/interface/sstp-client/find where name=$name]"));
    }

    [Fact]
    public void A_condition_follows_the_other_arguments_of_print()
    {
        _bench.Run("/interface sstp-client print detail proplist=name where port=8443");

        Assert.Equal(["/interface/sstp-client print detail=true proplist=name"], _bench.Calls);
        Assert.Equal([false, true, false], _bench.Rows.Select(r => _bench.Last!.Where!(r)));
    }

    [Fact]
    public void Print_without_a_condition_has_none()
    {
        _bench.Run("/interface sstp-client print det");

        Assert.Null(_bench.Last!.Where);
        Assert.True(_bench.Last.Has("detail"));
    }

    [Theory]
    [InlineData("where name=", "expected input value (line 1 column 40)")]
    [InlineData("where name=x)", "syntax error (line 1 column 41)")]
    [InlineData("where (name=x", "syntax error (line 1 column 42)")]
    [InlineData("where name~\"a$\"", "syntax error (line 1 column 42)")]
    [InlineData("where name~\"[\"", "invalid regular expression [")]
    [InlineData("where name~\"a(?=b)\"", "invalid regular expression a(?=b)")]
    [InlineData("where colour", "expected end of command (line 1 column 35)")]
    public void Mistakes_in_conditions_are_told(string condition, string message)
    {
        Assert.Equal(message, _bench.Fail($"/interface sstp-client find {condition}"));
    }

    [Fact]
    public void A_pattern_that_would_backtrack_for_ever_is_matched_at_once()
    {
        _bench.AddRow(3, ("name", Value.Of(new string('a', 5000) + "!")));

        Assert.Equal("", _bench.Print(":put [/interface sstp-client find name~\"^(a+)+\\$\"]"));
    }
}
