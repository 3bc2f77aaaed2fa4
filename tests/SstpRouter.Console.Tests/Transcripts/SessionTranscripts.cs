namespace SstpRouter.Console.Tests.Transcripts;

/// <summary>Safe mode, ways in and out, terminals without a size, and no terminal at all.</summary>
public sealed class SessionTranscripts : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private readonly ConsoleDesk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Fact]
    public void Safe_mode_is_taken_and_released_and_the_line_stays()
    {
        using PseudoTerminal terminal = _desk.Open();
        terminal.Type("/ip route\r/ppp\x18");         // Ctrl-X
        terminal.Expect("""
            [admin@hq] > /ip route
            [admin@hq] /ip/route> /ppp
            [Safe Mode taken]
            [admin@hq] /ip/route<SAFE> /ppp█
            """);
        terminal.Type("\x15/\r");
        terminal.ExpectEnd("[admin@hq] <SAFE> █");
        terminal.Type("\eOS");                        // F4
        terminal.ExpectEnd("[Safe Mode released]\n[admin@hq] > █");
        Assert.Equal(["taken", "released"], _desk.SafeMode.Done);
    }

    [Theory]
    [InlineData("u", "[Safe Mode taken]\n[admin@hq] <SAFE> █", "[Safe mode unrolled by another user]")]
    [InlineData("r", "[Safe Mode taken]\n[admin@hq] <SAFE> █", "[Safe mode released by another user]")]
    [InlineData("d", "[admin@hq] > █", null)]
    public void Who_wants_what_another_has_is_asked(string answer, string end, string? told)
    {
        using PseudoTerminal first = _desk.Open();
        using PseudoTerminal second = _desk.Open();
        first.Type("\x18");
        first.ExpectEnd("[Safe Mode taken]\n[admin@hq] <SAFE> █");
        first.Type("/ip");

        second.Type("\x18");
        second.ExpectEnd("Hijacking Safe Mode from someone - unroll/release/don't take it [u/r/d]: █");
        second.Type(answer);
        second.ExpectEnd($"Hijacking Safe Mode from someone - unroll/release/don't take it [u/r/d]: {answer}\n{end}");
        first.ExpectEnd(told is null ? "[admin@hq] <SAFE> /ip█" : told + "\n[admin@hq] > /ip█");
    }

    [Fact]
    public void Quitting_safe_mode_is_asked_about_and_undoes()
    {
        using PseudoTerminal terminal = _desk.Open();
        terminal.Type("\x18");
        terminal.ExpectEnd("[admin@hq] <SAFE> █");
        terminal.Type("/quit\r");
        terminal.ExpectEnd("You are in Safe Mode. Quitting will unroll changes. Quit? [y/N]: █");
        terminal.Type("\r");
        terminal.ExpectEnd("[admin@hq] <SAFE> █");
        terminal.Type("/quit\r");
        terminal.ExpectEnd("You are in Safe Mode. Quitting will unroll changes. Quit? [y/N]: █");
        terminal.Type("y");

        Assert.Equal(0, terminal.WaitForExit());
        Assert.True(_desk.SafeMode.Undone.Wait(Patience));
    }

    [Fact]
    public void Leaving_by_a_key_and_a_dead_line_undo_safe_mode_at_once()
    {
        using PseudoTerminal left = _desk.Open();
        left.Type("\x18");
        left.ExpectEnd("[admin@hq] <SAFE> █");
        left.Type("\x04");
        Assert.Equal(0, left.WaitForExit());
        Assert.True(_desk.SafeMode.Undone.Wait(Patience));

        _desk.SafeMode.Undone.Reset();
        using PseudoTerminal dead = _desk.Open();
        dead.Type("\x18");
        dead.ExpectEnd("[admin@hq] <SAFE> █");
        dead.HangUp();
        Assert.True(_desk.SafeMode.Undone.Wait(Patience));
    }

    [Fact]
    public void A_dead_line_ends_the_command_that_runs()
    {
        using PseudoTerminal terminal = _desk.Open();
        terminal.Type("/interface sstp-client monitor 0\r");
        _desk.Screens.Add("  status: connected\n");
        terminal.ExpectEnd("-- [Q quit|D dump|C-z pause]█");

        terminal.HangUp();

        Assert.True(_desk.Ended.Wait(Patience));
    }

    [Fact]
    public void An_interrupt_ends_the_command_that_runs()
    {
        using PseudoTerminal terminal = _desk.Open();
        terminal.Type(":while (true) do={}\r");
        terminal.ExpectEnd("[admin@hq] > :while (true) do={}");
        terminal.Type("\x03");
        terminal.ExpectEnd("interrupted\n[admin@hq] > █");
    }

    [Fact]
    public void A_terminal_that_nobody_reads_holds_up_nobody_else()
    {
        using PseudoTerminal stuck = _desk.Open();
        stuck.Look(false);
        stuck.Type("/system flood\r");

        for (int i = 0; i < 200; i++)
        {
            _desk.Log.Write("system,error,critical", "line " + i);
        }

        using PseudoTerminal other = _desk.Open();
        other.Type(":put still\r");
        other.Expect("[admin@hq] > :put still\nstill\n[admin@hq] > █");
        stuck.Look(true);
        stuck.Type("\x03");
        Assert.True(_desk.Ended.Wait(Patience));
        stuck.ExpectEnd("[admin@hq] > █");            // below the lines that piled up
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_serial_line_is_asked_for_its_size_and_need_not_answer(bool answers)
    {
        using PseudoTerminal terminal = _desk.Start(0, 0, [], answers, "cli");
        terminal.ExpectEnd("[admin@hq] > █");
        terminal.Type("\f/ppp secret print where\t\t");
        terminal.ExpectEnd("[admin@hq] > /ppp secret print where █");
    }

    [Fact]
    public void A_line_that_begins_with_a_hash_is_said_to_the_others()
    {
        using PseudoTerminal admin = _desk.Open();
        using PseudoTerminal fake = _desk.Open(user: "fake_admin", prompt: "[fake_admin@hq] > █");
        fake.Type("/ip");
        fake.Expect("[fake_admin@hq] > /ip█");
        admin.Type("# ready to break internet?\r");
        admin.Expect("[admin@hq] > # ready to break internet?\n[admin@hq] > █");
        fake.Expect("admin: ready to break internet?\n[fake_admin@hq] > /ip█");
        fake.Type("\x15# i was born ready\r");
        fake.Expect("admin: ready to break internet?\n[fake_admin@hq] > # i was born ready\n[fake_admin@hq] > █");
        admin.Expect("[admin@hq] > # ready to break internet?\nfake_admin: i was born ready\n[admin@hq] > █");
        admin.Type("#\r:put \"# no\"\r");
        admin.ExpectEnd("# no\n[admin@hq] > █");
        fake.Type("\r");
        fake.ExpectTail("# i was born ready\n[fake_admin@hq] >\n[fake_admin@hq] > █");
    }

    [Theory]
    [InlineData("vt100")]
    [InlineData("")]                                  // init tells a serial console nothing: it is a VT100
    [InlineData("dumb")]
    public void A_terminal_is_used_as_what_it_is(string kind)
    {
        using PseudoTerminal terminal = _desk.Start(80, 24, [("TERM", kind)], true, "cli");
        if (kind == "dumb")
        {
            terminal.ForbidSequences();
        }

        terminal.ExpectEnd("[admin@hq] > █");
        terminal.Type("/sys\tident\tpri\t\r");
        terminal.ExpectEnd("  name: hq\n[admin@hq] > █");
        terminal.Type("/system reboot\r");
        terminal.ExpectEnd("Reboot, yes? [y/N]: █");
        terminal.Type("n");
        terminal.ExpectEnd("Reboot, yes? [y/N]: n\naction cancelled\n[admin@hq] > █");
        terminal.Type(":while (true) do={}\r");
        terminal.ExpectEnd("[admin@hq] > :while (true) do={}");
        terminal.Type("\x03");
        terminal.ExpectEnd("interrupted\n[admin@hq] > █");
        terminal.Type(":put {\r1}\r");
        terminal.ExpectEnd("[admin@hq] > :put {\n{... 1}\n1\n[admin@hq] > █");
        terminal.Type("\x04");
        Assert.Equal(0, terminal.WaitForExit());
    }

    [Fact]
    public void A_serial_line_at_115200_keeps_up_with_who_types()
    {
        for (int i = 0; i < 60; i++)
        {
            _desk.Setup($"/ip pool add name=p{i:D2} ranges=10.0.{i}.1");
        }

        using PseudoTerminal terminal = _desk.Open();
        terminal.Slow(bitsPerSecond: 115_200);
        terminal.Type("/ip pool print\r");
        terminal.ExpectEnd("20 p20   10.0.20.1\n-- [Q quit|D dump|down]█");
        terminal.Type("d");                           // all that is left goes over the line, and typing goes on behind it
        terminal.Type("/ppp secret add name=x\x15/ip addr\t");
        terminal.ExpectEnd("59 p59   10.0.59.1\n[admin@hq] > /ip address █");
        terminal.Type("\x15/system flood\r");
        terminal.ExpectMore(2000);
        terminal.Type("\x03");                        // reaches the command although the line is full
        Assert.True(_desk.Ended.Wait(Patience));
        terminal.ExpectEnd("interrupted\n[admin@hq] > █");
    }

    [Fact]
    public void A_dumb_terminal_gets_prompts_and_no_sequences()
    {
        using PseudoTerminal terminal = _desk.Start(80, 24, [], true, "cli", "--user", "admin+cet1024w");
        terminal.Expect("[admin@hq] > █");
        terminal.Type(":put 1\r");
        terminal.Expect("[admin@hq] > :put 1\n1\n[admin@hq] > █");
    }

    [Fact]
    public void Without_a_terminal_lines_run_and_nothing_is_drawn()
    {
        Assert.Equal(("  name: hq\n", 0), _desk.Pipe("/system identity print\n", [], "cli"));
        Assert.Equal(("1\nbad command name nosuch (line 1 column 1)\n", 1), _desk.Pipe(":put 1\nnosuch\n", [], "cli"));
        Assert.Equal(("this command requires user input\n", 1), _desk.Pipe("/system reboot\n", [], "cli"));
        Assert.Equal(("1\n2\n3\n", 0), _desk.Pipe("# a script\n:foreach i in={1;2;\\\n3} do={\n  :put $i\n}", [], "cli"));
        Assert.Equal(("no such item\n7\n", 0), _desk.Pipe("/ppp secret remove nobody\n:put 7", [], "cli"));   // the last line counts, as in a shell
        Assert.Equal(("the input ends inside an open bracket or quote\n", 1), _desk.Pipe(":put {", [], "cli"));
    }

    [Fact]
    public void What_ssh_was_given_runs_and_ends()
    {
        Assert.Equal(("  name: hq\n", 0), _desk.Pipe("", [], "cli", "-c", "/system identity print"));
        Assert.Equal(("  name: hq\n", 0), _desk.Pipe("", [], "cli", "/system identity print"));
        Assert.Equal(("  name: hq\n", 0), _desk.Pipe("", [], "cli", "/system", "identity", "print"));
        Assert.Equal(("  name: hq\n", 0), _desk.Pipe("", [("SSH_ORIGINAL_COMMAND", "/system identity print")], "cli"));
        Assert.Equal(("no such item\n", 1), _desk.Pipe("", [], "cli", "-c", "/ppp secret remove nobody"));
        Assert.Equal(("this command requires user input\n", 1), _desk.Pipe("", [], "cli", "-c", "/system reboot"));
    }
}
