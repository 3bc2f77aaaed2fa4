using SstpRouter.Console.Tests.Transcripts;
using SstpRouter.Lab.Tests.Harness;

namespace SstpRouter.Lab.Tests.Consoles;

/// <summary>Each error text of RouterOS that this router has a use for, by a mistake that people make at the prompt.</summary>
/// <remarks>Not here: <c>bad parameter</c> (7.23's word for <c>expected end of command</c>), <c>no such command</c> and its kin (API and REST), and the
/// texts of menus that the router has not.</remarks>
public sealed class ErrorTests : IDisposable
{
    private static readonly (string Typed, string Answer)[] Mistakes =
    [
        ("/ip adress print", "bad command name adress (line 1 column 5)"),
        ("/ppp secret add name=carol servise=sstp", "expected end of command (line 1 column 28)"),
        (":PUT 1", "expected command name (line 1 column 2)"),
        (":put 'x'", "syntax error (line 1 column 6)"),
        (":put \"100\\%\"", "syntax error (line 1 column 10)"),
        (":if (true) do={:put 1]}", "expected closing brace (line 1 column 22)"),
        ("/ppp secret add name=", "expected input value (line 1 column 22)"),
        ("/ppp secret print where", "missing value for where (line 1 column 24)"),
        ("/interface sstp-client add", "missing value(s) of argument(s) connect-to user"),
        ("/ppp secret remove carol", "no such item"),
        ("/ppp secret remove", "expected item id (line 1 column 13)"),
        ("/ip address add address=10.0.0.1/24 interface=ether9", "input does not match any value of interface"),
        ("/ppp secret set alice service=p", "ambiguous value of service, more than one possible value matches input"),
        ("/ip address add address=10.0.0.256/24 interface=lo", "invalid value for argument address"),
        ("/interface sstp-client set office port=70000", "value of port out of range (1..65535)"),
        ("/interface sstp-client set office max-mtu=1500bytes", "value of max-mtu contains invalid trailing characters"),
        ("/interface sstp-client add name=office connect-to=a.example user=u", "failure: already have interface with such name"),
        ("/ip address add address=127.0.0.8/8 interface=lo; /ip address add address=127.0.0.8/8 interface=lo", "failure: already have such address"),
        ("/user add name=admin group=full password=x", "failure: user with the same name already exists"),
        ("/ppp profile remove default", "failure: can not remove default profile"),
        ("/system script run broken", "Script Error: failure: already have interface with such name (/interface/sstp-client/add; line 1)"),
        (":error (\"no\" . \" luck\")", "no luck"),
        (":resolve nowhere.invalid", "failure: could not get answer from dns server"),
    ];

    private readonly ConsoleRouter _desk = new();

    public ErrorTests()
    {
        _desk.Router.Exec("/ppp secret add name=alice; /interface sstp-client add name=office connect-to=vpn.example user=u; "
            + "/system script add name=broken source=\"/interface sstp-client add name=office connect-to=a.example user=u\"");
    }

    public void Dispose() => _desk.Dispose();

    [RootFact]
    public void A_mistake_is_answered_in_red_in_the_words_of_RouterOS()
    {
        using PseudoTerminal terminal = _desk.Open();
        List<string> wrong = [];
        foreach ((string typed, string answer) in Mistakes)
        {
            terminal.Type("\x03\f");
            terminal.Expect("[admin@MikroTik] > █");
            terminal.Type(typed + "\r");
            string shown = terminal.WaitForRow(r => !r.StartsWith("[admin@MikroTik] >", StringComparison.Ordinal) && !typed.EndsWith(r, StringComparison.Ordinal));
            if (shown != answer[..Math.Min(80, answer.Length)] || terminal.ColourOf(shown) != 31)
            {
                wrong.Add($"{typed}\n   {answer}\n   {shown}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [RootFact]
    public void What_was_broken_off_says_so()
    {
        using PseudoTerminal terminal = _desk.Open();
        terminal.Type(":delay 1h\r");
        terminal.ExpectEnd("[admin@MikroTik] > :delay 1h");
        terminal.Type("\x03");
        terminal.ExpectEnd("interrupted\n[admin@MikroTik] > █");
        Assert.Equal("this command requires user input", _desk.Router.ExecFails("/ppp secret edit alice comment"));
        _desk.Router.Exec("/user add name=viewer group=read password=v");
        using PseudoTerminal viewer = _desk.LogIn("viewer", "v", "[viewer@MikroTik] > █");
        viewer.Type("/ppp secret remove alice\r");
        viewer.ExpectEnd("not enough permissions (9)\n[viewer@MikroTik] > █");
    }

    // At a prompt, more would be asked for.
    [RootFact]
    public void What_ends_too_early_is_told_where()
    {
        Assert.Equal("expected closing bracket (line 1 column 15)", _desk.Router.ExecFails(":put [:len \"x\""));
        Assert.Equal("missing closing brace (line 1 column 23)", _desk.Router.ExecFails(":if (true) do={ :put 1"));
    }

    [RootFact]
    public void A_line_that_cannot_be_understood_stays_and_one_that_fails_does_not()
    {
        using PseudoTerminal terminal = _desk.Open();
        terminal.Type("/ppp secret add name=carol servise=sstp\r");
        terminal.Expect("""
            [admin@MikroTik] > /ppp secret add name=carol servise=sstp
            expected end of command (line 1 column 28)
            [admin@MikroTik] > /ppp secret add name=carol █ervise=sstp
            """);
        terminal.Type("\x06\x06\x06\x06\x06\u0004c\r");   // to the letter that is wrong, and the right one in its place
        terminal.ExpectEnd("[admin@MikroTik] > /ppp secret add name=carol service=sstp\n[admin@MikroTik] > █");
        terminal.Type("/ppp secret remove nobody\r");
        terminal.ExpectEnd("no such item\n[admin@MikroTik] > █");
    }

    [RootFact]
    public void A_line_runs_in_the_background()
    {
        using PseudoTerminal terminal = _desk.Open();
        terminal.Type("/ppp profile\r");
        terminal.ExpectEnd("[admin@MikroTik] /ppp/profile> █");
        terminal.Type("add name=made; :delay 1h\x14");   // Ctrl-T
        terminal.ExpectTail("add name=made; :delay 1h\n[admin@MikroTik] /ppp/profile> █");
        terminal.Type("\f/system script job print\r");
        terminal.ExpectTail("[admin@MikroTik] /ppp/profile> █");
        Await.Until(() => _desk.Router.Exec(":put [/ppp profile find name=made]").Trim().Length > 0, () => "the line does not run");
        Assert.Contains("execute", _desk.Router.Exec("/system script job print"));
    }
}
