using SstpRouter.Console.Editing;
using SstpRouter.Console.Targets;

namespace SstpRouter.Console.Tests;

public sealed class ConsoleLoopTests
{
    [Fact]
    public void Each_line_runs_and_its_output_is_shown()
    {
        var terminal = new FakeTerminal();
        var target = new FakeTarget("> ");

        Assert.Equal(0, Run(terminal, target, "one", "", "two"));

        Assert.Equal(["one", "two"], target.Ran);
        Assert.Equal("ran one\nran two\n", terminal.Written);
    }

    [Fact]
    public void An_error_stands_on_its_own_line_and_the_status_is_that_of_the_last_line()
    {
        var terminal = new FakeTerminal();

        Assert.Equal(1, Run(terminal, new FakeTarget("> "), "one", "fail"));
        Assert.Equal("ran one\nhalf a line\nno such item\n", terminal.Written);
        Assert.Equal(0, Run(new FakeTerminal(), new FakeTarget("> "), "fail", "one"));
    }

    [Fact]
    public void An_error_is_red_where_there_are_colours()
    {
        var terminal = new FakeTerminal { HasColours = true };

        Run(terminal, new FakeTarget("> "), "fail");

        Assert.EndsWith("\e[31mno such item\e[m\n", terminal.Written, StringComparison.Ordinal);
    }

    [Fact]
    public void An_open_bracket_asks_for_more_and_sends_the_whole()
    {
        var terminal = new FakeTerminal();
        var target = new FakeTarget("> ");
        var lines = new FakeLines((EditOutcome.Entered, "do {"), (EditOutcome.Entered, "x"), (EditOutcome.Entered, "}"));

        new ConsoleLoop(terminal, lines, target).Run();

        Assert.Equal(["do {\nx\n}"], target.Ran);
        Assert.Equal(["> ", "{... ", "{... ", "> "], lines.Prompts);
    }

    [Fact]
    public void An_interrupt_gives_the_open_text_up()
    {
        var target = new FakeTarget("> ");
        var lines = new FakeLines((EditOutcome.Entered, "do {"), (EditOutcome.Interrupted, ""), (EditOutcome.Entered, "one"));

        new ConsoleLoop(new FakeTerminal(), lines, target).Run();

        Assert.Equal(["one"], target.Ran);
    }

    [Fact]
    public void An_input_that_ends_inside_a_bracket_fails()
    {
        var terminal = new FakeTerminal();

        Assert.Equal(1, Run(terminal, new FakeTarget("> "), "do {"));
        Assert.Equal("the input ends inside an open bracket or quote\n", terminal.Written);
    }

    [Theory]
    [InlineData("/quit")]
    [InlineData(" quit ")]
    public void Quit_leaves(string quit)
    {
        var target = new FakeTarget("> ");

        Assert.Equal(0, Run(new FakeTerminal(), target, quit, "one"));
        Assert.Empty(target.Ran);
    }

    [Fact]
    public void Interrupts_reach_the_running_command_only_while_it_runs()
    {
        var terminal = new FakeTerminal();
        var target = new FakeTarget("> ") { WhileRunning = terminal.PressInterrupt };

        Run(terminal, target, "one");
        terminal.PressInterrupt();

        Assert.Equal(1, target.Interrupts);
    }

    [Fact]
    public void An_interrupt_right_behind_enter_waits_for_the_command()
    {
        var terminal = new FakeTerminal();
        int early = -1;
        FakeTarget target = null!;
        target = new FakeTarget("> ")
        {
            BeforeRunning = () =>
            {
                terminal.PressInterrupt();
                early = target.Interrupts;
            },
        };

        Run(terminal, target, "one");

        Assert.Equal((0, 1), (early, target.Interrupts));
    }

    [Fact]
    public void Typed_keys_become_lines_with_a_history()
    {
        var terminal = new FakeTerminal(
            Key.Of("one"), new Key(KeyKind.Enter), new Key(KeyKind.Older), new Key(KeyKind.Enter), new Key(KeyKind.Leave));
        var target = new FakeTarget("> ");

        new ConsoleLoop(terminal, new EditedLines(terminal, target), target).Run();

        Assert.Equal(["one", "one"], target.Ran);
    }

    [Fact]
    public void A_terminal_that_goes_away_ends_the_console()
    {
        var terminal = new FakeTerminal(Key.Of("one"));
        var target = new FakeTarget("> ");

        Assert.Equal(0, new ConsoleLoop(terminal, new EditedLines(terminal, target), target).Run());
    }

    [Fact]
    public void A_name_alone_chooses_a_router_and_before_a_command_sends_it_there()
    {
        var branch = new FakeTarget("[admin@MikroTik] > ");
        var hq = new FakeTarget("[admin@MikroTik] /ip> ");
        var both = new NamedTargets(("branch", branch), ("hq", hq));
        Assert.Equal("branch [admin@MikroTik] > ", both.Prompt);

        Run(new FakeTerminal(), both, "a", "hq b", "c", "hq", "d", "branch\te", "hqx");

        Assert.Equal(["a", "c", "e"], branch.Ran);
        Assert.Equal(["b", "d", "hqx"], hq.Ran);
        Assert.Equal("hq [admin@MikroTik] /ip> ", both.Prompt);
    }

    [Fact]
    public void An_interrupt_goes_to_the_router_that_runs_the_command()
    {
        var terminal = new FakeTerminal();
        var branch = new FakeTarget("> ");
        var hq = new FakeTarget("> ") { WhileRunning = terminal.PressInterrupt };

        Run(terminal, new NamedTargets(("branch", branch), ("hq", hq)), "hq ping");

        Assert.Equal((0, 1), (branch.Interrupts, hq.Interrupts));
    }

    private static int Run(FakeTerminal terminal, ICommandTarget target, params string[] lines) =>
        new ConsoleLoop(terminal, new PlainLines(new StringReader(string.Join('\n', lines))), target).Run();

    private sealed class FakeLines(params (EditOutcome, string)[] lines) : ILineSource
    {
        private int _next;

        public List<string> Prompts { get; } = [];

        public (EditOutcome Outcome, string Line) Read(LineRequest wanted)
        {
            Prompts.Add(wanted.Prompt());
            return _next < lines.Length ? lines[_next++] : (EditOutcome.Closed, "");
        }
    }
}
