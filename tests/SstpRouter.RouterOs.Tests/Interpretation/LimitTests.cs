using System.Text;
using SstpRouter.RouterOs.Interpretation;
using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Tests.Interpretation;

public class LimitTests
{
    [Fact]
    public void A_configuration_is_loaded_without_its_delays_and_a_loop_without_end_is_left_behind()
    {
        using Storage.TestRouter router = Storage.TestRouter.InMemory();
        var interpreter = new Interpreter(router.Root, ScriptSession.OfLoad(router, TimeSpan.FromMilliseconds(50)));
        RunReport report = interpreter.RunEach("/ppp secret add name=a\n:while (true) do={ :delay 1h }\n:delay 1w\n/ppp secret add name=b");

        Assert.Equal("a b", router.Names("ppp/secret"));
        Assert.Equal(
            "script computes for too long without a pause, use :delay in its loops", Assert.Single(report.Failures).Error.Text);
    }

    private readonly ScriptBench _bench = new();

    [Theory]
    [InlineData("(", ")", ":put ")]
    [InlineData("{", "}", ":put ")]
    [InlineData("[", "]", ":put ")]
    [InlineData("{", "}", "")]
    [InlineData("!", "", ":put (")]
    [InlineData("not ", "", ":put (")]
    [InlineData("-", "", ":put (")]
    [InlineData("(", ")", "/ppp secret find ")]
    [InlineData("!", "name", "/ppp secret find ")]
    [InlineData("\"$(", ")\"", ":put ")]
    public void Deep_nesting_is_refused_and_not_a_full_stack(string open, string close, string before)
    {
        string script = before + string.Concat(Enumerable.Repeat(open, 100_000)) + string.Concat(Enumerable.Repeat(close, 100_000));

        Assert.StartsWith("syntax error: brackets nested too deeply (line 1 column ", _bench.Fail(script));
    }

    [Theory]
    [InlineData(":put (1", "+1", ")")]
    [InlineData(":put ({}", "->0", ")")]
    [InlineData("/ppp secret find name=a", " or name=a", "")]
    [InlineData("/ppp secret find name=a", " name=a", "")]
    public void Long_rows_of_operators_are_refused_and_not_a_full_stack(string before, string term, string after)
    {
        string script = before + string.Concat(Enumerable.Repeat(term, 100_000)) + after;

        Assert.StartsWith("syntax error: expression too long (line 1 column ", _bench.Fail(script));
    }

    [Fact]
    public void A_function_that_calls_itself_without_end_is_stopped_even_on_a_small_stack()
    {
        string body = string.Concat(Enumerable.Repeat("(1 + ", 80)) + "[$f]" + new string(')', 80);
        Exception? fault = null;
        var thread = new Thread(() => fault = Record.Exception(() => _bench.Run($":global f do={{ :global f; :return {body} }}; $f")), 512 * 1024);
        thread.Start();
        thread.Join();

        Assert.Contains(Assert.IsType<ScriptError>(fault).Message, new[] { "maximum function call depth reached", "too many nested commands" });
        Assert.Equal("maximum function call depth reached", _bench.Fail(":global g do={ :global g; $g }; $g"));
        Assert.Equal("5", _bench.Print(":put 5"));
    }

    [Theory]
    [InlineData(":while (true) do={}")]
    [InlineData(":do {} while=(true)")]
    [InlineData(":for i from=0 to=9000000000000000000 do={}")]
    [InlineData(":do { :while (true) do={} } on-error={ :put caught }")]
    [InlineData(":onerror e in={ :while (true) do={} } do={ :put caught }")]
    [InlineData(":retry command={ :while (true) do={} } max=100000000")]
    [InlineData(":delay 1w")]
    public async Task An_interruption_ends_every_loop_and_is_not_caught(string script)
    {
        using var started = new ManualResetEventSlim();
        _bench.OnCall = _ => started.Set();
        Task<string> run = Task.Run(() => _bench.Fail("/ppp secret add; " + script));
        started.Wait();
        _bench.Interrupt();

        Assert.Equal("interrupted", await run);
    }

    [Fact]
    public void Text_and_arrays_cannot_grow_without_end()
    {
        Assert.Equal("string is too long", _bench.Fail(":local s a; :while (true) do={ :set s ($s . $s) }"));
        Assert.Equal("string is too long", _bench.Fail(":local s a; :while (true) do={ :set s \"$s$s\" }"));
        Assert.Equal("array has too many elements", _bench.Fail(":local s {1}; :while (true) do={ :set s ($s , $s) }"));
        Assert.Equal("array has too many elements", _bench.Fail(":range -9223372036854775807 9223372036854775807"));
        Assert.Equal("string is too long", _bench.Fail(":rndstr length=9223372036854775807"));
    }

    [Fact]
    public void Arrays_that_hold_themselves_over_and_over_are_stopped_before_anybody_prints_them()
    {
        Assert.Equal("array has too many elements", _bench.Fail(":local a {1;2}; :while (true) do={ :set a {$a;$a} }; :put $a"));
        Assert.Equal("array is nested too deeply", _bench.Fail(":local a {1}; :while (true) do={ :set a {$a} }; :put $a"));
        Assert.Equal("array has too many elements", _bench.Fail(":local s [:rndstr length=1000000]; :put {$s;$s;$s;$s;$s;$s;$s;$s;$s}"));
        Assert.Equal("failure: invalid json", _bench.Fail($":deserialize from=json \"{new string('[', 5000)}\""));
    }

    [Fact]
    public void The_variables_of_a_script_hold_only_so_much_and_those_of_a_block_are_given_back()
    {
        const string Told = "not enough memory: the variables hold too much";
        Assert.Equal(Told, _bench.Fail(":local f do={ :local s [:rndstr length=4000000]; :return [$1 $1] }; :local a [:rndstr length=4000000]; :local b $a; :local c $a; :local d $a; :local e $a"));
        Assert.Equal(Told, _bench.Fail(":for i from=1 to=10 do={ [:parse \":global \\\"g$i\\\" [:rndstr length=4000000]\"] }"));
        Assert.Equal("ok", _bench.Print(":for i from=1 to=20 do={ :local s [:rndstr length=4000000] }; :put ok"));
        Assert.Equal("ok", _bench.Print(":local s; :for i from=1 to=20 do={ :set s [:rndstr length=4000000] }; :put ok"));
    }

    [Fact]
    public void A_script_may_be_long()
    {
        var script = new StringBuilder("/ppp secret\n");
        for (int i = 0; i < 20_000; i++)
        {
            script.Append("add name=u").Append(i).Append('\n');
        }

        Assert.Equal(Value.Nothing, _bench.Run(script.ToString()));
        Assert.Equal(20_000, _bench.Calls.Count);
    }

    [Fact]
    public void Any_text_at_all_is_run_or_refused_with_words()
    {
        string[] pieces =
        [
            "/", ":", "..", "ppp ", "secret ", "add ", "find ", "print ", "where ", "name", "=", "\"", "\\", "$", "[", "]", "(", ")", "{", "}", ";",
            "\n", " ", "!", "~", "->", ".", ",", "and ", "1", "x", "*A", "\0", "ä", "\uD800", "\\\n", "\\\r\n", "'", "#", "put ", "local ", "do=", "if ", "foreach ", "in",
        ];
        var random = new Random(20260101);
        for (int round = 0; round < 5_000; round++)
        {
            string script = string.Concat(Enumerable.Range(0, random.Next(1, 25)).Select(_ => pieces[random.Next(pieces.Length)]));
            Exception? fault = Record.Exception(() => _bench.Run(script));
            Assert.True(fault is null or ScriptError { Message.Length: > 0 }, $"{script}: {fault}");
            Assert.Null(Record.Exception(() => _bench.Interpreter.RunEach(script)));
            _bench.Interpreter.Current = _bench.Root;
        }
    }
}
