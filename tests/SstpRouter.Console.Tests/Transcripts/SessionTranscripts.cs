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
    }

    [Fact]
    public void What_ssh_was_given_runs_and_ends()
    {
        Assert.Equal(("  name: hq\n", 0), _desk.Pipe("", [], "cli", "-c", "/system identity print"));
        Assert.Equal(("  name: hq\n", 0), _desk.Pipe("", [("SSH_ORIGINAL_COMMAND", "/system identity print")], "cli"));
        Assert.Equal(("no such item\n", 1), _desk.Pipe("", [], "cli", "-c", "/ppp secret remove nobody"));
        Assert.Equal(("this command requires user input\n", 1), _desk.Pipe("", [], "cli", "-c", "/system reboot"));
    }
}
