using SstpRouter.RouterOs.Language;

namespace SstpRouter.RouterOs.Tests.Interpretation;

/// <summary>Forms that public scripts use beyond those of the manual's examples.</summary>
public class FieldFormsTests
{
    private readonly ScriptBench _bench = new();

    [Theory]
    [InlineData(":local x 1; :set $x 2; :put $x", "2")]
    [InlineData(": local x 1; : put $x", "1")]
    [InlineData(":if(1=1)do={:put y}else={:put n}", "y")]
    [InlineData(":if (1 = 2) do={ :put y } else= {\n :put n }", "n")]
    [InlineData(":foreach i in=({1;2})do={:put $i}", "1\n2")]
    [InlineData(":put [:len {\"a\", \"b\", \"c\"}]", "3")]
    [InlineData(":put {10,20;-30}", "10;20;-30")]
    [InlineData(":put {0= \"zero\";1 =\"one\"}", "0=zero;1=one")]
    [InlineData(":put {\n    \"a\"=1\n    \"b\"=2\n}", "a=1;b=2")]
    [InlineData(":local \"my-name\" 7; :put \"[$\"my-name\"]\"", "[7]")]
    [InlineData(":local f (>[:return ($1 * 2)]); :put [$f 21]", "42")]
    [InlineData(":onerror e { :error bad } do={ :put \"got $e\" }", "got bad")]
    [InlineData("/:put 1; /ppp secret\n/:put 2; :put 3", "1\n2\n3")]
    [InlineData(":beep frequency=440 length=100ms; :put 1", "1")]
    [InlineData(":grep script=\":put one; :put two; :put three\" pattern=\"^t\"", "two\nthree")]
    [InlineData(":put [:len [:grep \":put one; :put two; :put three\" \"two\" before=1 after=5 as-array=yes]]", "3")]
    [InlineData(":grep \":put one\" \"two\"", "")]
    [InlineData(":put (\"a\" . \\  \n    \"b\")", "ab")]
    [InlineData(":do { :put 1; :exit; :put 2 } on-error={ :put 3 }", "1")]
    public void They_mean_what_their_authors_meant(string script, string printed)
    {
        Assert.Equal(printed, _bench.Print(script));
    }

    [Fact]
    public void A_block_behind_a_path_runs_in_that_menu_and_leaves_it_again()
    {
        _bench.Run("/ppp secret { add name=a; add name=b }\n/interface sstp-client\nadd name=c\n/ppp/secret { add name=d }\nadd name=e");

        Assert.Equal(
            ["/ppp/secret add name=a", "/ppp/secret add name=b", "/interface/sstp-client add name=c", "/ppp/secret add name=d", "/interface/sstp-client add name=e"],
            _bench.Calls);
    }

    [Fact]
    public void Sums_may_stand_on_the_left_of_a_condition()
    {
        _bench.AddRow(1, ("name", Values.Value.Of("a")), ("port", Values.Value.Of(443)));
        _bench.AddRow(2, ("name", Values.Value.Of("b")), ("port", Values.Value.Of(8443)));

        Assert.Equal("*2", _bench.Print(":put [/interface sstp-client find (port + 1) > 500]"));
        Assert.Equal("*1", _bench.Print(":put [/interface sstp-client find where port - 443 = 0]"));
    }

    [Fact]
    public void A_set_behind_an_unknown_menu_is_not_the_languages_own()
    {
        IReadOnlyList<RouterOs.Interpretation.StatementFailure> failures =
            _bench.Interpreter.RunEach("/queue simple\nset [ find default=yes ] max-limit=1M/1M\n:local set 5\n/ppp secret\nadd name=a").Failures;

        Assert.Equal(
            [(2, FailureKind.UnknownMenu), (2, FailureKind.BehindUnknownMenu)],
            failures.Select(f => (f.Error.Position!.Value.Column, f.Kind)));
        Assert.Equal(["/ppp/secret add name=a"], _bench.Calls);
    }

    [Theory]
    [InlineData("monitor <sstp-user>", "monitor numbers=<sstp-user>")]
    [InlineData("monitor <sstp-alice@example.com>,<sstp-bob> once", "monitor numbers=<sstp-alice@example.com>,<sstp-bob> once=true")]
    [InlineData("set <sstp-user> comment=x", "set numbers=<sstp-user> comment=x")]
    [InlineData("add name=<sstp-user>", "add name=<sstp-user>")]
    [InlineData("find name=<sstp-user>", "find")]
    public void The_name_of_a_dynamic_interface_needs_no_quotes(string line, string call)
    {
        _bench.Run("/interface sstp-client " + line);

        Assert.Equal(["/interface/sstp-client " + call], _bench.Calls);
    }

    [Fact]
    public void A_condition_finds_a_dynamic_interface()
    {
        _bench.AddRow(5, ("name", Values.Value.Of("<sstp-user>")));

        Assert.Equal("*5", _bench.Print(":put [/interface sstp-client find name=<sstp-user>]"));
        Assert.Equal("expected end of command (line 1 column 8)", _bench.Fail(":put 1 < 2"));
    }

    [Fact]
    public void A_dollar_at_the_end_of_a_string_is_still_told()
    {
        Assert.Equal("syntax error (line 1 column 14)", _bench.Fail(":put (\"a\" ~ \"$\")"));
    }

    [Fact]
    public void Unknown_properties_are_left_out_one_by_one_where_that_is_wanted()
    {
        RouterOs.Interpretation.RunReport report = _bench.Interpreter.RunEach(
            "/ppp secret\nadd name=a colour=red !shade size={ :put 1 } service=sstp\nadd name=b",
            isTolerant: true);

        Assert.Equal(["/ppp/secret add name=a service=sstp", "/ppp/secret add name=b"], _bench.Calls);
        Assert.Equal([12, 23, 30], report.Failures.Select(f => f.Error.Position!.Value.Column));
        Assert.All(report.Failures, f => Assert.Equal(FailureKind.UnknownProperty, f.Kind));
        Assert.Equal(3, report.Commands);
    }
}
