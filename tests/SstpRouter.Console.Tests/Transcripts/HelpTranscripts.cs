namespace SstpRouter.Console.Tests.Transcripts;

/// <summary>Completion, help, colours and errors at a real terminal.</summary>
public sealed class HelpTranscripts : IDisposable
{
    private const int Red = 31;
    private const int Cyan = 36;
    private const int Magenta = 35;
    private const int Green = 32;

    private readonly ConsoleDesk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Fact]
    public void The_first_screen_tells_the_keys()
    {
        using PseudoTerminal terminal = _desk.Start(80, 24, [], true, "cli");

        terminal.ExpectEnd("""

            [F1]            Gives the list of available commands
            command [F1]    Gives help on the command and list of arguments

            [Tab]           Completes the command/word. If the input is ambiguous,
                            a second [Tab] gives possible options

            /               Move up to base level
            ..              Move up one level
            /command        Use command at the base level

            [admin@hq] > █
            """);
    }

    [Fact]
    public void Menus_are_entered_and_left()
    {
        using PseudoTerminal terminal = _desk.Open();
        terminal.Type("/ip route\r");
        terminal.ExpectEnd("[admin@hq] /ip/route> █");
        terminal.Type("..\r");
        terminal.ExpectEnd("[admin@hq] /ip> █");
        terminal.Type("/system identity print\r");
        terminal.ExpectEnd("  name: hq\n[admin@hq] /ip> █");
        terminal.Type("address\r/\r");
        terminal.Expect("""
            [admin@hq] > /ip route
            [admin@hq] /ip/route> ..
            [admin@hq] /ip> /system identity print
              name: hq
            [admin@hq] /ip> address
            [admin@hq] /ip/address> /
            [admin@hq] > █
            """);
    }

    [Fact]
    public void One_tab_completes_and_a_second_lists()
    {
        _desk.Setup("/ppp profile add name=office");
        using PseudoTerminal terminal = _desk.Open();
        terminal.Type("/int\t");
        terminal.Expect("[admin@hq] > /interface █");
        terminal.Type("ss\t");
        terminal.Expect("[admin@hq] > /interface sstp-█");
        terminal.Type("\t");
        terminal.Expect("""
            [admin@hq] > /interface sstp-
            sstp-client  sstp-server
            [admin@hq] > /interface sstp-█
            """);
        terminal.Type("c\tadd prof\tof\tdis\ty\t");
        terminal.ExpectEnd("[admin@hq] > /interface sstp-client add profile=office disabled=yes █");
    }

    [Fact]
    public void Initials_find_a_name_that_nothing_starts_with()
    {
        using PseudoTerminal terminal = _desk.Open();
        terminal.Type("/ppp x\t");
        terminal.Expect("[admin@hq] > /ppp export █");
    }

    [Theory]
    [InlineData("\eOP")]
    [InlineData("\e[11~")]
    [InlineData("?")]
    public void Help_lists_names_with_what_they_are_for(string key)
    {
        using PseudoTerminal terminal = _desk.Open();
        terminal.Type("/ppp ");
        terminal.Expect("[admin@hq] > /ppp █");
        terminal.Type(key);
        terminal.Expect("""
            [admin@hq] > /ppp
            active -- Users that are connected now
            profile -- What PPP users and tunnels have in common
            secret -- Users that may connect, their passwords and addresses
            export -- Print the configuration as a script, or save it in a file
            [admin@hq] > /ppp █
            """);
    }

    [Fact]
    public void Help_on_a_value_shows_its_form_and_a_question_mark_in_a_string_is_one()
    {
        using PseudoTerminal terminal = _desk.Open();
        terminal.Type("/ppp secret add disabled=");
        terminal.Expect("[admin@hq] > /ppp secret add disabled=█");
        terminal.Type("\eOP");
        terminal.ExpectEnd("Disabled ::= yes | no\n[admin@hq] > /ppp secret add disabled=█");
        terminal.Type("\x15:put \"what");
        terminal.ExpectEnd("[admin@hq] > :put \"what█");
        terminal.Type("?");
        terminal.ExpectEnd("[admin@hq] > :put \"what?█");
    }

    [Fact]
    public void Words_have_colours_and_an_unknown_one_turns_red()
    {
        using PseudoTerminal terminal = _desk.Open();
        terminal.Type("/ppp secret add name=x");
        terminal.Expect("[admin@hq] > /ppp secret add name=x█");
        Assert.Equal((Cyan, Cyan, Magenta, Green), (terminal.ColourOf("/ppp"), terminal.ColourOf("secret"), terminal.ColourOf("add"), terminal.ColourOf("name")));
        terminal.Type("\x15/ppp secrets");
        terminal.Expect("[admin@hq] > /ppp secrets█");
        Assert.Equal(Red, terminal.ColourOf("secrets"));
        terminal.Type("\x7f");
        terminal.Expect("[admin@hq] > /ppp secret█");
        Assert.Equal(Cyan, terminal.ColourOf("secret"));
    }

    [Fact]
    public void An_error_is_red_and_the_faulty_line_stays_with_the_cursor_at_its_fault()
    {
        using PseudoTerminal terminal = _desk.Open();
        terminal.Type("/ip adress print\r");
        terminal.Expect("""
            [admin@hq] > /ip adress print
            bad command name adress (line 1 column 5)
            [admin@hq] > /ip █dress print
            """);
        Assert.Equal(Red, terminal.ColourOf("bad command"));
        terminal.Type("\u0006d\r");                     // Ctrl-F, and the letter that was missing
        terminal.ExpectEnd("[admin@hq] > █");
    }

    [Fact]
    public void A_mistake_of_meaning_leaves_a_bare_prompt()
    {
        using PseudoTerminal terminal = _desk.Open();
        terminal.Type("/ppp secret remove nobody\r");
        terminal.Expect("[admin@hq] > /ppp secret remove nobody\nno such item\n[admin@hq] > █");
    }

    [Fact]
    public void A_program_that_types_finds_a_bare_prompt_without_colours()
    {
        using PseudoTerminal terminal = _desk.Open(user: "admin+ct511w4098h");
        terminal.Type("/ip adress print\r");
        terminal.Expect("[admin@hq] > /ip adress print\nbad command name adress (line 1 column 5)\n[admin@hq] > █");
        Assert.Equal(0, terminal.ColourOf("bad command"));
    }
}
