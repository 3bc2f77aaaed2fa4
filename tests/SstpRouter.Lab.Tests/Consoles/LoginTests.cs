using SstpRouter.Console.Tests.Transcripts;
using SstpRouter.Lab.Tests.Harness;

namespace SstpRouter.Lab.Tests.Consoles;

/// <summary>Who comes in at the console of a running router, and what they may do there.</summary>
public sealed class LoginTests : IDisposable
{
    private const string Refused = "\nLogin failed, incorrect username or password\n\nLogin: █";

    private readonly ConsoleRouter _desk = new();

    public void Dispose() => _desk.Dispose();

    [RootFact]
    public void The_first_login_asks_for_a_password_and_the_next_wants_it()
    {
        using (PseudoTerminal first = _desk.OpenLogin())
        {
            first.Type("admin\r");
            first.Expect("Login: admin\nPassword: █");
            first.Type("\r");
            first.ExpectEnd("/command        Use command at the base level\n\nChange your password\nnew password> █");
            first.Type("one\r");
            first.ExpectTail("new password> ***\nrepeat new password> █");
            first.Type("two\r");
            first.ExpectTail("repeat new password> ***\nTry again, error: New passwords do not match!\nnew password> █");
            first.Type("s3cret\r");
            first.ExpectTail("repeat new password> █");
            first.Type("s3cret\r");
            first.ExpectTail("new password> ******\nrepeat new password> ******\n\nPassword changed\n[admin@MikroTik] > █");
            first.Type("\x04");
            Assert.Equal(0, first.WaitForExit());
        }

        using PseudoTerminal second = _desk.OpenLogin();
        second.Type("admin\r");
        second.ExpectEnd("Password: █");
        second.Type("wrong\r");
        second.Expect("Login: admin\nPassword: *****\n" + Refused);
        second.Type("nobody\r");
        second.ExpectEnd("Password: █");
        second.Type("s3cret\r");
        second.ExpectEnd("Login: nobody\nPassword: ******\n" + Refused);
        second.Type("admin\r");
        second.ExpectEnd("Password: █");
        second.Type("s3cret\r");
        second.ExpectTail("login failure for user nobody via loca\nl\n[admin@MikroTik] > █");      // the critical lines since the last login
        Assert.Equal(0, _desk.Router.Program.Count("s3cret"));
    }

    [RootFact]
    public void The_question_for_a_password_can_be_put_off()
    {
        using PseudoTerminal terminal = _desk.OpenLogin();
        terminal.Type("admin\r");
        terminal.ExpectEnd("Password: █");
        terminal.Type("\r");
        terminal.ExpectEnd("new password> █");
        terminal.Type("\x03");                        // Ctrl-C
        terminal.ExpectEnd("Change your password\nnew password>\n[admin@MikroTik] > █");
        Assert.Equal("MikroTik", _desk.Identity);

        using PseudoTerminal next = _desk.OpenLogin();
        next.Type("admin\r");
        next.ExpectEnd("Password: █");
        next.Type("\r");
        next.ExpectEnd("Change your password\nnew password> █");
    }

    [RootFact]
    public void Without_a_password_nobody_comes_in_from_the_network()
    {
        using PseudoTerminal terminal = _desk.OpenLogin(("SSH_CONNECTION", "192.0.2.7 50000 192.0.2.1 22"));
        terminal.Type("admin\r");
        terminal.ExpectEnd("Password: █");
        terminal.Type("\r");

        terminal.Expect("Login: admin\nPassword:\n" + Refused);
        _desk.Router.Program.WaitForLine("system,error,critical login failure for user admin from 192.0.2.7 via ssh");
    }

    [RootFact]
    public void Whom_an_ssh_server_let_in_comes_only_from_where_and_while_he_may()
    {
        _desk.Router.Exec("/user add name=nina group=read password=x address=192.0.2.0/24,198.51.100.7");

        using PseudoTerminal fromTheNetwork = Asks("192.0.2.7", "1");
        using PseudoTerminal fromTheHost = Asks("198.51.100.7", "1");
        _desk.Router.Program.WaitForLine("user nina logged in from 198.51.100.7 via ssh");
        _desk.Router.Program.WaitForLine("user nina logged out from 198.51.100.7 via ssh");
        using PseudoTerminal fromElsewhere = Asks("198.51.100.8", "password");
        _desk.Router.Program.WaitForLine("system,error,critical login failure for user nina from 198.51.100.8 via ssh");
        _desk.Router.Exec("/user set nina disabled=yes");
        using PseudoTerminal whileDisabled = Asks("192.0.2.7", "password");

        PseudoTerminal Asks(string from, string answer)
        {
            PseudoTerminal terminal = _desk.Start([("SSH_CONNECTION", from + " 50000 192.0.2.1 22")], "--user", "nina", "-c", "/user active print count-only");
            Assert.Equal(answer == "1" ? 0 : 1, terminal.WaitForExit());
            terminal.ExpectTail(answer);
            return terminal;
        }
    }

    [RootTheory]
    [InlineData("admin+ct40w")]
    [InlineData("admin+cet40w")]
    public void Console_options_are_no_part_of_the_name(string login)
    {
        _desk.Router.Exec("/user set admin password=s3cret");
        using PseudoTerminal terminal = _desk.LogIn(login, "s3cret", "[admin@MikroTik] > █");
        terminal.Type(":put 1\r");
        terminal.ExpectEnd("[admin@MikroTik] > :put 1\n1\n[admin@MikroTik] > █");
        Assert.Equal(0, terminal.ColourOf(":put"));
        terminal.Type("/ppp profile pr\r");
        terminal.ExpectTail("on-down=\"\"\n[admin@MikroTik] > █");
        Assert.InRange(terminal.LongestRow("use-"), 10, 40);
    }

    [RootFact]
    public void A_dumb_terminal_gets_no_sequences_and_answers_questions()
    {
        _desk.Router.Exec("/user set admin password=s3cret");
        using PseudoTerminal terminal = _desk.LogIn("admin+cet512w", "s3cret", "[admin@MikroTik] > █");
        terminal.ForbidSequences();
        terminal.Type("/system ident\tpr\x7f\x7fprint\r");
        terminal.ExpectEnd("[admin@MikroTik] > /system identity print\n  name: MikroTik\n[admin@MikroTik] > █");
        terminal.Type("/system idxntity print\r");
        terminal.ExpectTail("bad command name idxntity (line 1 column 9)\n[admin@MikroTik] > █");
        terminal.Type("/password\r");
        terminal.ExpectEnd("old password: █");
        terminal.Type("s3cret\r");
        terminal.ExpectEnd("new password: █");
        terminal.Type("next\r");
        terminal.ExpectEnd("retype new password: █");
        terminal.Type("next\r");
        terminal.ExpectEnd("old password: ******\nnew password: ****\nretype new password: ****\n[admin@MikroTik] > █");
        terminal.Type("\x18");
        terminal.ExpectEnd("[Safe Mode taken]\n[admin@MikroTik] <SAFE> █");
        terminal.Type("\x04");
        Assert.Equal(0, terminal.WaitForExit());
    }

    [RootFact]
    public void A_dumb_terminal_logs_in_and_sets_its_first_password()
    {
        using PseudoTerminal terminal = _desk.OpenLogin(("TERM", "dumb"));
        terminal.ForbidSequences();
        terminal.Type("admin\r");
        terminal.Expect("Login: admin\nPassword: █");
        terminal.Type("\r");
        terminal.ExpectEnd("Change your password\nnew password> █");
        terminal.Type("s3cret\r");
        terminal.ExpectTail("repeat new password> █");
        terminal.Type("s3cret\r");
        terminal.ExpectTail("\nPassword changed\n[admin@MikroTik] > █");
        terminal.Type(":put done\r");
        terminal.ExpectEnd("[admin@MikroTik] > :put done\ndone\n[admin@MikroTik] > █");
    }

    [RootFact]
    public void The_own_password_is_changed_at_the_prompt()
    {
        _desk.Router.Exec("/user set admin password=one");
        using PseudoTerminal terminal = _desk.LogIn("admin", "one", "[admin@MikroTik] > █");
        terminal.Type("/password\r");
        terminal.ExpectEnd("old password: █");
        terminal.Type("two\r");
        terminal.ExpectTail("system,error,critical password change failure for user admin: wro\nng old password\n[admin@MikroTik] > █");
        Assert.Equal(31, terminal.ColourOf("failure: wrong old password"));
        terminal.Type("/password\r");
        terminal.ExpectEnd("old password: █");
        terminal.Type("one\r");
        terminal.ExpectEnd("new password: █");
        terminal.Type("two\r");
        terminal.ExpectEnd("retype new password: █");
        terminal.Type("three\r");
        terminal.ExpectEnd("failure: passwords do not match\n[admin@MikroTik] > █");
        terminal.Type("/password old-password=one\r");
        terminal.ExpectEnd("new password: █");
        terminal.Type("two\r");
        terminal.ExpectEnd("retype new password: █");
        terminal.Type("two\r");
        terminal.ExpectEnd("retype new password: ***\n[admin@MikroTik] > █");
        using PseudoTerminal next = _desk.LogIn("admin", "two", "[admin@MikroTik] > █");
        Assert.Equal("this command requires user input", _desk.Router.ExecFails("/password"));
    }

    [RootFact]
    public void A_group_says_what_its_users_may_do_at_the_prompt()
    {
        _desk.Router.Exec("/user add name=viewer group=read password=v; /user add name=far group=read password=f address=192.0.2.0/24; "
            + "/user group add name=shut policy=read,ssh; /user add name=shut group=shut password=s");
        using PseudoTerminal terminal = _desk.LogIn("viewer", "v", "[viewer@MikroTik] > █");
        terminal.Type("\f/system identity print\r");
        terminal.Expect("[viewer@MikroTik] > /system identity print\n  name: MikroTik\n[viewer@MikroTik] > █");
        terminal.Type("/system identity set name=x\r");
        terminal.ExpectEnd("not enough permissions (9)\n[viewer@MikroTik] > █");
        terminal.Type("/user set viewer group=full\r");
        terminal.ExpectEnd("not enough permissions (9)\n[viewer@MikroTik] > █");
        _desk.Router.Exec("/user set viewer group=full");
        terminal.Type("/system identity set name=hq\r");
        terminal.ExpectEnd("[viewer@hq] > █");

        using PseudoTerminal shut = _desk.OpenLogin();
        shut.Type("shut\r");
        shut.ExpectEnd("Password: █");
        shut.Type("s\r");
        shut.ExpectEnd(Refused);                      // its group does not let it in here
    }

    [RootFact]
    public void Who_is_logged_in_is_listed_and_can_be_thrown_out()
    {
        _desk.Router.Exec("/user add name=bob group=full password=b");
        using PseudoTerminal bob = _desk.LogIn("bob", "b", "[bob@MikroTik] > █");
        using PseudoTerminal far = _desk.LogIn("bob", "b", "[bob@MikroTik] > █", ("SSH_CONNECTION", "192.0.2.7 50000 192.0.2.1 22"));
        string[] rows = _desk.Router.Exec("/user active print").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Matches(@"^0 D? ?\d{4}-\d\d-\d\d \d\d:\d\d:\d\d  bob +console *$", rows[^2]);
        Assert.Matches(@"^1 D? ?\d{4}-\d\d-\d\d \d\d:\d\d:\d\d  bob +192\.0\.2\.7  ssh *$", rows[^1]);

        _desk.Router.Exec("/user active remove [find name=bob]");

        Assert.Equal(1, bob.WaitForExit());
        bob.ExpectTail("the session was removed");
        Assert.Equal(1, far.WaitForExit());
        _desk.Router.Program.WaitForLine("system,info,account user bob logged in from 192.0.2.7 via ssh");
        _desk.Router.Program.WaitForLine("system,info,account user bob logged out from 192.0.2.7 via ssh");
    }
}
