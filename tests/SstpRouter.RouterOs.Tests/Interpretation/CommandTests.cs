using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Tests.Interpretation;

public class CommandTests
{
    private readonly ScriptBench _bench = new();

    [Theory]
    [InlineData("/interface sstp-client add name=x")]
    [InlineData("/interface/sstp-client/add name=x")]
    [InlineData("interface sstp-client add name=x")]
    [InlineData("interface/sstp-client add name=x")]
    [InlineData("/interface sstp-client/add name=x")]
    [InlineData("/inte sstp-c ad na=x")]
    [InlineData("/interface sstp-server .. sstp-client add name=x")]
    [InlineData(":interface sstp-client add name=x")]
    [InlineData("  /interface sstp-client add name=\"x\" ; ")]
    [InlineData("/interface sstp-client \\\n    add name=\\\n    x")]
    public void A_path_may_be_written_in_either_form_and_shortened(string line)
    {
        _bench.Run(line);

        Assert.Equal(["/interface/sstp-client add name=x"], _bench.Calls);
    }

    [Theory]
    [InlineData("interface sstp-client add connect-to=192.168.62.2 disabled=no name=sstp-out1 password=StrongPass profile=default-encryption user=MT-User",
        "/interface/sstp-client add connect-to=192.168.62.2 disabled=no name=sstp-out1 password=StrongPass profile=default-encryption user=MT-User")]
    [InlineData("ppp secret add name=MT-User service=sstp", "/ppp/secret add name=MT-User service=sstp")]
    [InlineData("interface sstp-server server set enabled=yes", "/interface/sstp-server/server set enabled=yes")]
    [InlineData("interface/sstp-client/set add-default-route=yes", "/interface/sstp-client set add-default-route=yes")]
    public void The_lines_of_the_manual_run_as_they_stand(string line, string call)
    {
        _bench.Run(line);

        Assert.Equal([call], _bench.Calls);
    }

    [Theory]
    [InlineData("foo", "bad command name foo (line 1 column 1)")]
    [InlineData("/ip foo", "bad command name foo (line 1 column 5)")]
    [InlineData("/ip/foo/print", "bad command name foo (line 1 column 5)")]
    [InlineData("/i address print", "bad command name i (line 1 column 2)")]
    [InlineData("/interface sstp print", "bad command name sstp (line 1 column 12)")]
    [InlineData("\n\n  /ip foo", "bad command name foo (line 3 column 7)")]
    [InlineData(":PUT 1", "expected command name (line 1 column 2)")]
    [InlineData("/ip Address", "expected command name (line 1 column 5)")]
    [InlineData("/ppp secret add foo=bar", "expected end of command (line 1 column 17)")]
    [InlineData("/ppp secret add name=a b", "expected end of command (line 1 column 24)")]
    [InlineData("/ppp secret add name=a name=b", "expected end of command (line 1 column 24)")]
    [InlineData("/ppp secret add name=a=b", "expected end of command (line 1 column 23)")]
    [InlineData("/interface sstp-client add p=1", "expected end of command (line 1 column 28)")]
    [InlineData("/ppp secret add name=", "expected input value (line 1 column 22)")]
    [InlineData("/ppp secret add name='a'", "syntax error (line 1 column 22)")]
    [InlineData("/ppp secret add name=a$x", "syntax error (line 1 column 23)")]
    [InlineData("/ppp secret add name=\"a\"b", "syntax error (line 1 column 25)")]
    [InlineData("/ppp secret add name=a\\b", "syntax error (line 1 column 23)")]
    [InlineData("/ppp secret add name=\"a\\qb\"", "syntax error (line 1 column 24)")]
    [InlineData("/ppp secret add name=\"a", "syntax error (line 1 column 24)")]
    [InlineData("/ppp secret remove [find", "expected closing bracket (line 1 column 25)")]
    [InlineData("{\n:put 1\n", "missing closing brace (line 3 column 1)")]
    [InlineData("{ :put 1 ]", "expected closing brace (line 1 column 10)")]
    [InlineData("/ppp secret print where", "missing value for where (line 1 column 24)")]
    [InlineData("/ppp secret find where=", "missing value for where (line 1 column 24)")]
    [InlineData("/ppp secret find colour=red", "expected end of command (line 1 column 18)")]
    [InlineData(":put (1 + )", "syntax error (line 1 column 11)")]
    [InlineData(":put (1 + 2", "syntax error (line 1 column 12)")]
    [InlineData(":put 1 }", "syntax error (line 1 column 8)")]
    public void Mistakes_are_told_in_RouterOS_words_with_their_place(string line, string message)
    {
        Assert.Equal(message, _bench.Fail(line));
        Assert.Empty(_bench.Calls);
    }

    [Fact]
    public void A_path_alone_is_where_the_next_line_starts()
    {
        _bench.Run("/interface sstp-client");
        Assert.Same(_bench.Clients, _bench.Interpreter.Current);

        _bench.Run("add name=x");
        _bench.Run("/ppp secret add name=y");
        Assert.Same(_bench.Clients, _bench.Interpreter.Current);

        _bench.Run("..");
        Assert.Equal("/interface", _bench.Interpreter.Current.Path);
        _bench.Run("sstp-server");
        _bench.Run("server set enabled=yes");
        _bench.Run("/");
        Assert.Same(_bench.Root, _bench.Interpreter.Current);
        _bench.Run("..");
        Assert.Same(_bench.Root, _bench.Interpreter.Current);
        Assert.Equal(
            ["/interface/sstp-client add name=x", "/ppp/secret add name=y", "/interface/sstp-server/server set enabled=yes"],
            _bench.Calls);
    }

    [Fact]
    public void A_path_holds_for_the_lines_behind_it_and_ends_with_its_block()
    {
        _bench.Run("/ppp secret\nadd name=a\n{ /interface sstp-client; add name=b }\nadd name=c");

        Assert.Equal(["/ppp/secret add name=a", "/interface/sstp-client add name=b", "/ppp/secret add name=c"], _bench.Calls);
    }

    [Fact]
    public void The_current_menu_stays_where_a_line_fails()
    {
        _bench.Run("/ppp secret");
        Assert.Equal("bad command name nowhere (line 1 column 6)", _bench.Fail("/ppp nowhere"));
        _bench.Run("add name=x");

        Assert.Equal(["/ppp/secret add name=x"], _bench.Calls);
    }

    [Fact]
    public void Values_without_a_name_go_to_the_arguments_that_take_them_in_order()
    {
        _bench.Run("/interface sstp-client");
        _bench.Run("set 0 name=x");
        _bench.Run("get 0 name");
        _bench.Run("monitor sstp-out1 once");
        _bench.Run("monitor once 0,1");
        _bench.Run("monitor 0 on");
        _bench.Run("remove *1A");
        _bench.Run("set numbers=2 comment=\"a b\"");

        Assert.Equal(
            [
                "/interface/sstp-client set numbers=0 name=x",
                "/interface/sstp-client get numbers=0 value-name=name",
                "/interface/sstp-client monitor numbers=sstp-out1 once=true",
                "/interface/sstp-client monitor once=true numbers=0,1",
                "/interface/sstp-client monitor numbers=0 once=true",
                "/interface/sstp-client remove numbers=*1A",
                "/interface/sstp-client set numbers=2 comment=a b",
            ],
            _bench.Calls);
    }

    [Fact]
    public void Plain_words_reach_a_command_as_text_and_substitutions_as_they_are()
    {
        _bench.Run("/interface sstp-client add port=443 disabled=yes");
        Assert.All(_bench.Last!.Arguments, a => Assert.IsType<TextValue>(a.Value));

        _bench.Run("/interface sstp-client add port=(400 + 43) comment=\"port $[:len abc]\" name=$nothing");
        Assert.Equal(Value.Of(443), _bench.Last["port"]);
        Assert.Equal(Value.Of("port 3"), _bench.Last["comment"]);
        Assert.Equal(Value.Nothing, _bench.Last["name"]);
    }

    [Fact]
    public void A_name_behind_an_exclamation_mark_is_negated()
    {
        _bench.Run("/interface sstp-client set 0 !comment !us");

        Assert.Equal(["/interface/sstp-client set numbers=0 !comment !user"], _bench.Calls);
    }

    [Fact]
    public void Values_keep_what_addresses_lists_and_exclusions_are_made_of()
    {
        _bench.Run("/interface sstp-client add name=10.0.0.1/24,fe80::1 user=alice@example.com comment=!a:b*c%d+e^f?g");

        Assert.Equal(["/interface/sstp-client add name=10.0.0.1/24,fe80::1 user=alice@example.com comment=!a:b*c%d+e^f?g"], _bench.Calls);
    }

    [Fact]
    public void A_script_in_braces_reaches_a_property_as_text()
    {
        _bench.Run("/interface sstp-client add on-up={ :log info \"up\"; /ppp secret }");

        Assert.Equal(Value.Of(":log info \"up\"; /ppp secret"), _bench.Last!["on-up"]);
    }

    [Fact]
    public void Brackets_among_the_arguments_are_looked_up_in_the_commands_menu()
    {
        _bench.AddRow(7, ("name", Value.Of("x")));
        _bench.Run("/interface sstp-client remove [find name=x]");

        Assert.Equal(["/interface/sstp-client find", "/interface/sstp-client remove numbers=*7"], _bench.Calls);
    }

    [Fact]
    public void Ids_may_be_given_to_add()
    {
        _bench.Run("/ppp secret add .id=*3 name=x");

        Assert.Equal(["/ppp/secret add .id=*3 name=x"], _bench.Calls);
    }

    [Fact]
    public void The_text_of_a_command_hides_passwords()
    {
        _bench.Run("/interface sstp-client add password=\"Strong Pass\" user=u; /interface/sstp-client/set 0 pass=x");
        Assert.Equal("/interface/sstp-client/set 0 pass=*****", _bench.Last!.Text);

        _bench.Run("/interface sstp-client add password=\"Strong Pass\" user=u");
        Assert.Equal("/interface sstp-client add password=***** user=u", _bench.Last.Text);
        Assert.Equal(Value.Of("Strong Pass"), _bench.Last["password"]);
        Assert.Equal(24, _bench.Last.Position.Column);
    }

    [Fact]
    public void The_languages_commands_work_in_every_menu_unless_the_menu_has_its_own()
    {
        _bench.Run("/interface sstp-client");

        Assert.Equal("3", _bench.Print("put [:len abc]"));
        _bench.Run("set 0 name=x");
        Assert.Equal("1", _bench.Print(":local a 0; :set a 1; :put $a"));
        Assert.Equal(["/interface/sstp-client set numbers=0 name=x"], _bench.Calls);
    }

    [Fact]
    public void A_command_that_nothing_serves_says_so()
    {
        _bench.Clients.Command("monitor")!.Run = null;

        Assert.Equal("failure: monitor is not available here", _bench.Fail("/interface sstp-client monitor 0"));
    }

    [Fact]
    public void Nothing_runs_where_the_text_cannot_be_read_and_the_commands_before_where_it_can()
    {
        Assert.Equal("syntax error (line 2 column 22)", _bench.Fail("/ppp secret add name=a\n/ppp secret add name='"));
        Assert.Empty(_bench.Calls);

        Assert.Equal("bad command name foo (line 2 column 1)", _bench.Fail("/ppp secret add name=a\nfoo\n/ppp secret add name=b"));
        Assert.Equal(["/ppp/secret add name=a"], _bench.Calls);
    }

    [Fact]
    public void Comments_and_empty_commands_are_passed_over()
    {
        _bench.Run("\uFEFF# first\r\n  # second ; /ppp secret add name=no\r\n;;/ppp secret add name=a#b;  # third\r\n");

        Assert.Equal(["/ppp/secret add name=a#b"], _bench.Calls);
    }
}
