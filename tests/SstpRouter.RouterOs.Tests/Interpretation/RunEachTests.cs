using SstpRouter.RouterOs.Interpretation;

namespace SstpRouter.RouterOs.Tests.Interpretation;

public class RunEachTests
{
    private readonly ScriptBench _bench = new();

    [Fact]
    public void Commands_behind_a_bad_one_run_and_the_bad_one_is_named_with_its_line()
    {
        IReadOnlyList<StatementFailure> failures = _bench.Interpreter.RunEach(
            """
            # a configuration
            /ppp secret
            add name=a
            add colour=red \
                name=b
            add name=c
            """).Failures;

        StatementFailure failure = Assert.Single(failures);
        Assert.Equal("add colour=red \\\n    name=b", failure.Text);
        Assert.Equal(4, failure.Position.Line);
        Assert.Equal("/ppp secret", failure.Path);
        Assert.Equal("expected end of command (line 4 column 5)", failure.Error.Message);
        Assert.Equal(["/ppp/secret add name=a", "/ppp/secret add name=c"], _bench.Calls);
    }

    [Fact]
    public void A_forgotten_quote_costs_its_own_line_only()
    {
        string[] script = ["/ppp secret", "add name=\"a", "add name=\"b\"", "add name=c service=\"d e\""];

        StatementFailure failure = Assert.Single(_bench.Interpreter.RunEach(string.Join('\n', script)).Failures);

        Assert.Equal(("add name=\"a", 2), (failure.Text, failure.Position.Line));
        Assert.Equal(["/ppp/secret add name=b", "/ppp/secret add name=c service=d e"], _bench.Calls);
    }

    [Fact]
    public void A_brace_that_stays_open_costs_its_own_line_only()
    {
        StatementFailure failure = Assert.Single(_bench.Interpreter.RunEach(":if (true) do={ /ppp secret add name=a\n/ppp secret add name=b\n").Failures);

        Assert.Equal("missing closing brace", failure.Error.Text);
        Assert.Equal(":if (true) do={ /ppp secret add name=a", failure.Text);
        Assert.Equal(["/ppp/secret add name=b"], _bench.Calls);
    }

    [Fact]
    public void A_bad_block_is_left_out_whole()
    {
        StatementFailure failure = Assert.Single(_bench.Interpreter.RunEach(":do {\n  /ppp secret add name='\n  /ppp secret add name=a\n}\n/ppp secret add name=b").Failures);

        Assert.Equal(":do {\n  /ppp secret add name='\n  /ppp secret add name=a\n}", failure.Text);
        Assert.Equal(["/ppp/secret add name=b"], _bench.Calls);
    }

    [Fact]
    public void The_lines_of_a_string_are_never_taken_for_commands()
    {
        IReadOnlyList<StatementFailure> failures = _bench.Interpreter.RunEach("/system script add name=s source=\"a\n/ppp secret remove 0\n\"\n/ppp secret add name=b").Failures;

        Assert.Equal("/system script add name=s source=\"a\n/ppp secret remove 0\n\"", Assert.Single(failures).Text);
        Assert.Equal(["/ppp/secret add name=b"], _bench.Calls);
    }

    [Fact]
    public void Lines_behind_an_unknown_menu_do_not_reach_the_menu_before_it()
    {
        IReadOnlyList<StatementFailure> failures = _bench.Interpreter.RunEach("/ppp secret\nadd name=a\n/queue simple\nadd name=b\n:put 1\n/ppp secret\nadd name=c\n/tool fetch x=1\nadd name=d").Failures;

        Assert.Equal(["/queue simple", "add name=b", "/tool fetch x=1"], failures.Select(f => f.Text));
        Assert.Equal(["/ppp secret", "/queue simple", "/ppp secret"], failures.Select(f => f.Path));
        Assert.All(failures.Take(2), f => Assert.Equal("bad command name queue (line 3 column 2)", f.Error.Message));
        Assert.Equal(["/ppp/secret add name=a", "/ppp/secret add name=c", "/ppp/secret add name=d"], _bench.Calls);
    }

    [Fact]
    public void A_refusal_by_the_menu_is_a_failure_like_others()
    {
        _bench.OnCall = call => _ = call["name"]!.ToText() == "a" ? throw SstpRouter.RouterOs.Language.ScriptError.Failure("already have a") : 0;
        var told = new List<StatementFailure>();

        IReadOnlyList<StatementFailure> failures = _bench.Interpreter.RunEach("/ppp secret add name=a service=\"x\ny\"; /ppp secret add name=b", told.Add).Failures;

        Assert.Equal(failures, told);
        Assert.Equal("/ppp secret add name=a service=\"x\ny\"", Assert.Single(failures).Text);
        Assert.Equal("failure: already have a", failures[0].Error.Message);
        Assert.Equal(2, _bench.Calls.Count);
    }

    [Fact]
    public void An_interruption_ends_the_script()
    {
        _bench.OnCall = _ => _bench.Interrupt();

        Assert.Empty(_bench.Interpreter.RunEach("/ppp secret add name=a\n/ppp secret add name=b").Failures);
        Assert.Single(_bench.Calls);
    }

    [Fact]
    public void A_good_script_has_no_failures_and_leaves_its_menu_entered()
    {
        Assert.Empty(_bench.Interpreter.RunEach("/interface sstp-client\nadd name=a").Failures);
        Assert.Same(_bench.Clients, _bench.Interpreter.Current);
    }
}
