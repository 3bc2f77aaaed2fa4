using SstpRouter.RouterOs.Interpretation;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Tests.Interpretation;

public class LanguageTests
{
    private readonly ScriptBench _bench = new();

    [Theory]
    [InlineData(":local x 5; :put $x", "5")]
    [InlineData(":local x value=5; :put \"$x.\"", "5.")]
    [InlineData(":local x 5; :set x ($x + 1); :put $x", "6")]
    [InlineData(":local x 5; :set x; :put [:typeof $x]", "nothing")]
    [InlineData(":local x 1; { :local x 2; :put $x }; :put $x", "2\n1")]
    [InlineData(":local x 1; { :set x 2 }; :put $x", "2")]
    [InlineData("{ :local x 1 }; :put [:typeof $x]", "nothing")]
    [InlineData(":local \"a-b\" 3; :put $\"a-b\"", "3")]
    [InlineData(":local a {1;2}; :set ($a->0) 5; :set ($a->2) 6; :put $a", "5;2;6")]
    [InlineData(":local a {\"k\"={1}}; :set ($a->\"k\"->\"l\") x; :set ($a->\"m\") 2; :put $a", "k=1;l=x;m=2")]
    [InlineData(":local a {1;2;3}; :set ($a->1); :put $a", "1;3")]
    [InlineData(":local a [:toarray \"\"]; :set ($a->\"x\") 1; :put [:len $a]", "1")]
    public void Variables_belong_to_their_block(string script, string printed)
    {
        Assert.Equal(printed, _bench.Print(script));
    }

    [Fact]
    public void Globals_outlive_a_script_and_functions_declare_them_again()
    {
        _bench.Run(":global g 7; :local l 8");

        Assert.Equal("7.", _bench.Print(":put \"$g.$l\""));
        Assert.Equal("", _bench.Print(":global f do={ :put $g }; $f"));
        Assert.Equal("7", _bench.Print(":global f do={ :global g; :put $g }; $f"));
        Assert.Equal("9", _bench.Print(":global f do={ :global g; :set g 9 }; $f; :put $g"));
        Assert.Equal("nothing", _bench.Print(":set g; :put [:typeof $g]"));
    }

    [Fact]
    public void Sessions_share_the_globals_that_they_are_given()
    {
        var globals = new GlobalVariables();
        new Interpreter(_bench.Root, _bench.Session, globals).Run(":global shared 1");
        new Interpreter(_bench.Root, _bench.Session, globals).Run(":set shared 2");

        Assert.Equal(["shared"], globals.All.Select(v => v.Name));
        Assert.Equal(Value.Of(2), globals["shared"]);
    }

    [Fact]
    public void A_variable_must_be_declared_before_it_is_set()
    {
        Assert.Equal("variable x is not declared: use :local x or :global x first", _bench.Fail(":set x 1"));
    }

    [Theory]
    [InlineData(":if (1 = 1) do={ :put yes1 } else={ :put no1 }", "yes1")]
    [InlineData(":if (1 = 2) do={ :put yes1 } else={ :put no1 }", "no1")]
    [InlineData(":if true do={\n  :put a\n  :put b\n}\n:put c", "a\nb\nc")]
    [InlineData(":for i from=1 to=3 do={ :put $i }", "1\n2\n3")]
    [InlineData(":for i from=5 to=1 step=-2 do={ :put $i }", "5\n3\n1")]
    [InlineData(":for i from=2 to=1 do={ :put $i }", "2\n1")]
    [InlineData(":for i from=9223372036854775806 to=9223372036854775807 do={ :put $i }", "9223372036854775806\n9223372036854775807")]
    [InlineData(":foreach v in={1;\"k\"=2} do={ :put $v }", "1\n2")]
    [InlineData(":foreach k,v in={\"b\"=2;9;\"a\"=1} do={ :put \"$k=$v\" }", "0=9\na=1\nb=2")]
    [InlineData(":foreach v in=[:find a b] do={ :put $v }", "")]
    [InlineData(":local i 0; :while ($i < 3) do={ :set i ($i + 1); :put $i }", "1\n2\n3")]
    [InlineData(":local i 0; :do { :set i ($i + 1) } while=($i < 5); :put $i", "5")]
    [InlineData(":do { :put 1 } if=(1 = 2)", "")]
    [InlineData(":do { :error \"oops\"; :put 1 } on-error={ :put caught }", "caught")]
    [InlineData(":do { /ip foo print } on-error={ :put caught }", "caught")]
    [InlineData(":onerror e in={ :error \"oops\" } do={ :put \"got $e\" }", "got oops")]
    [InlineData(":onerror e in={ /ppp secret add x=1 } do={ :put $e }", "expected end of command (line 1 column 33)")]
    [InlineData(":local n 0; :retry command={ :set n ($n + 1); :if ($n < 3) do={ :error x } } delay=0s max=5; :put $n", "3")]
    [InlineData(":local n 0; :retry command={ :set n ($n + 1); :error x } delay=0s max=2 on-error={ :put $n }", "2")]
    public void Control_commands_decide_what_runs(string script, string printed)
    {
        Assert.Equal(printed, _bench.Print(script));
    }

    [Theory]
    [InlineData(":local f do={ :return ($1 + $2) }; :put [$f 2 3]", "5")]
    [InlineData(":local f do={ :return ($1 . $a) }; :put [$f x a=3]", "x3")]
    [InlineData(":local f do={ :put 1; :return 2; :put 3 }; :put [$f]", "1\n2")]
    [InlineData(":local f do={ :foreach i in={1;2} do={ :if ($i = 1) do={ :return $i } } ; :return 9 }; :put [$f]", "1")]
    [InlineData(":local x 1; :local f do={ :put [:typeof $x] }; $f", "nothing")]
    [InlineData(":local f [:parse \":return (\\$1 * 2)\"]; :put [$f 4]", "8")]
    [InlineData(":local a {\"f\"=[:parse \":return 6\"]}; :put [($a->\"f\")]", "6")]
    [InlineData(":global fac do={ :global fac; :if ($1 < 2) do={ :return 1 }; :return ($1 * [$fac ($1 - 1)]) }; :put [$fac 20]", "2432902008176640000")]
    public void Functions_see_their_arguments_and_return_a_value(string script, string printed)
    {
        Assert.Equal(printed, _bench.Print(script));
    }

    [Theory]
    [InlineData("[:len \"abc\"]", "3")]
    [InlineData("[:len {1;2}]", "2")]
    [InlineData("[:len $missing]", "0")]
    [InlineData("[:pick \"abcdef\" 1 3]", "bc")]
    [InlineData("[:pick \"abcdef\" 1]", "b")]
    [InlineData("[:pick \"abc\" 2 99]", "c")]
    [InlineData("[:pick \"abc\" 7]", "")]
    [InlineData("[:pick {1;2;3} 1 3]", "2;3")]
    [InlineData("[:pick {1;2;3} 1]", "2")]
    [InlineData("[:find \"abc\" \"b\"]", "1")]
    [InlineData("[:find \"abcabc\" \"b\" 1]", "4")]
    [InlineData("[:find \"abc\" \"a\" -1]", "0")]
    [InlineData("[:find {1;2;3} 3]", "2")]
    [InlineData("[:typeof [:find \"abc\" \"z\"]]", "nil")]
    [InlineData("[:tonum \"12\"]", "12")]
    [InlineData("[:typeof [:tonum \"x\"]]", "nil")]
    [InlineData("[:tonum 1m]", "60")]
    [InlineData("[:tobool \"yes\"]", "true")]
    [InlineData("[:tostr {1;2}]", "1;2")]
    [InlineData("[:toarray \"1,2, 3\"]", "1;2;3")]
    [InlineData("[:len [:toarray \"\"]]", "0")]
    [InlineData("[:toip \"1.2.3.4\"]", "1.2.3.4")]
    [InlineData("[:typeof [:toip \"::1\"]]", "nil")]
    [InlineData("[:toip6 \"::1\"]", "::1")]
    [InlineData("[:toid \"*A\"]", "*A")]
    [InlineData("[:totime 90]", "00:01:30")]
    [InlineData("[:totime \"1m30s\"]", "00:01:30")]
    [InlineData("[:tonsec 1ms]", "1000000")]
    [InlineData("[:range 2 4]", "2;3;4")]
    [InlineData("[:len [:rndstr length=20]]", "20")]
    [InlineData("[:rndnum from=5 to=5]", "5")]
    [InlineData("[:typeof [:time { :len a }]]", "time")]
    [InlineData("[:tolf \"a\\r\\nb\"]", "a\nb")]
    public void Commands_of_the_language_give_values(string command, string printed)
    {
        Assert.Equal(printed, _bench.Print($":put {command}"));
    }

    [Theory]
    [InlineData(":error \"my text\"", "my text")]
    [InlineData(":if (5) do={}", "conditional not boolean (line 1 column 6)")]
    [InlineData(":if", "missing value(s) of argument(s) condition (line 1 column 2)")]
    [InlineData(":put 1 2", "expected end of command (line 1 column 8)")]
    [InlineData(":put colour=1", "expected end of command (line 1 column 12)")]
    [InlineData(":for i from=1 to=2 step=0 do={}", "invalid value for argument step")]
    [InlineData(":for i from=x to=2 do={}", "invalid value for argument from")]
    [InlineData(":local x-y 5", "syntax error (line 1 column 9)")]
    [InlineData(":local x 5; $x 1", "expected end of command (line 1 column 16)")]
    public void Mistakes_in_language_commands_are_told(string script, string message)
    {
        Assert.Equal(message, _bench.Fail(script));
    }

    [Fact]
    public void A_script_gives_what_it_returns_or_what_its_last_command_gave()
    {
        Assert.Equal(Value.Of(3), _bench.Run(":return 3; :put 4"));
        Assert.Equal(Value.Of(3), _bench.Run(":put 4; :len abc"));
        Assert.Equal(Value.Nothing, _bench.Run(""));
    }

    [Fact]
    public void Log_is_a_menu_that_the_colon_reaches()
    {
        _bench.Run("/ppp secret; :log info \"a $[:len b]\"");

        Assert.Equal(["/log info message=a 1"], _bench.Calls);
    }
}
