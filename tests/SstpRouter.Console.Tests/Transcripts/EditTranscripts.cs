namespace SstpRouter.Console.Tests.Transcripts;

/// <summary>The editor of the whole screen, which <c>edit</c> opens.</summary>
public sealed class EditTranscripts : IDisposable
{
    private const string Keys = "C-c quit C-o save&quit C-u undo C-k cut line C-y paste F5 repaint";
    private const string Up = "\e[A";
    private const string Down = "\e[B";

    private readonly ConsoleDesk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Fact]
    public void A_script_is_edited_on_the_whole_screen_and_saved()
    {
        _desk.Setup("/system script add name=up source=\":log info one\\n:log info two\"");
        using PseudoTerminal terminal = _desk.Open(height: 8);
        terminal.Type("/system script edit up source\r");
        terminal.Expect("█log info one\n:log info two\n\n\n\n\n\n" + Keys);
        terminal.Type(Down + "\x05\r:put \"x\"");        // Ctrl-E, Enter
        terminal.Expect(":log info one\n:log info two\n:put \"x\"█\n\n\n\n\n" + Keys);
        terminal.Type("\x0f");                           // Ctrl-O
        terminal.Expect("[admin@hq] > █");
        terminal.Type(":put [/system script get up source]\r");
        terminal.ExpectEnd(":log info one\n:log info two\n:put \"x\"\n[admin@hq] > █");
    }

    [Fact]
    public void Quitting_the_editor_changes_nothing()
    {
        using PseudoTerminal terminal = _desk.Open(height: 8);
        terminal.Type("/system identity edit name\r");
        terminal.Expect("█q\n\n\n\n\n\n\n" + Keys);
        terminal.Type("x");
        terminal.Expect("x█q\n\n\n\n\n\n\n" + Keys);
        terminal.Type("\x03");                           // Ctrl-C
        terminal.Expect("[admin@hq] > █");
        terminal.Type("/system identity edit name\r");
        terminal.Expect("█q\n\n\n\n\n\n\n" + Keys);
        terminal.Type("\x7f\e[3~\e[3~branch\x0f");
        terminal.Expect("[admin@branch] > █");
    }

    [Fact]
    public void Lines_are_cut_pasted_and_brought_back()
    {
        _desk.Setup("/system script add name=up source=\"a\\nb\\nc\"");
        using PseudoTerminal terminal = _desk.Open(height: 6);
        terminal.Type("/system script edit 0 value-name=source\r");
        terminal.Expect("█\nb\nc\n\n\n" + Keys);
        terminal.Type("\x0b\x0b");                       // Ctrl-K
        terminal.Expect("█\n\n\n\n\n" + Keys);
        terminal.Type("\x05\r\x19");                     // Ctrl-Y
        terminal.Expect("c\na\nb\n█\n\n" + Keys);
        terminal.Type("\x15\x15\x15");                   // Ctrl-U
        terminal.Expect("█\nc\n\n\n\n" + Keys);
        terminal.Type("\x15");
        terminal.Expect("█\nb\nc\n\n\n" + Keys);
        terminal.Type("\e[15~\x03");                     // F5
        terminal.Expect("[admin@hq] > █");
    }

    [Fact]
    public void A_text_larger_than_the_screen_is_seen_through_a_window()
    {
        _desk.Setup("/system script add name=up source=\"1\\n2\\n3\\n4\\n5 " + new string('x', 40) + "y\"");
        using PseudoTerminal terminal = _desk.Open(width: 30, height: 4);
        terminal.Type("/system script edit up source\r");
        terminal.Expect("█\n2\n3\nC-c quit C-o save&quit C-u un");
        terminal.Type(Down + Down + Down);
        terminal.Expect("2\n3\n█\nC-c quit C-o save&quit C-u un");
        terminal.Type(Down + "\x05");
        terminal.Expect("\n\nxxxxxxxxy█\nC-c quit C-o save&quit C-u un");
        terminal.Type("\x01");
        terminal.Expect("3\n4\n█ xxxxxxxxxxxxxxxxxxxxxxxxxxx\nC-c quit C-o save&quit C-u un");
        terminal.Type("\e[5~");                          // Page Up
        terminal.Expect("█\n3\n4\nC-c quit C-o save&quit C-u un");
        terminal.Type(Up + "\x03");
        terminal.Expect("[admin@hq] > █");
    }

    [Fact]
    public void What_may_not_be_so_is_refused_and_stays_as_it_was()
    {
        _desk.Setup("/ip pool add name=p ranges=10.0.0.1");
        using PseudoTerminal terminal = _desk.Open(height: 6);
        terminal.Type("/ip pool edit p ranges\r");
        terminal.Expect("█0.0.0.1\n\n\n\n\n" + Keys);
        terminal.Type("x\x0f");
        terminal.ExpectEnd("invalid value for argument ranges\n[admin@hq] > █");
        terminal.Type("/ip pool edit p nothing\r");
        terminal.ExpectEnd("input does not match any value of value-name\n[admin@hq] > █");
        terminal.Type("/ip pool edit q ranges\r");
        terminal.ExpectEnd("no such item\n[admin@hq] > █");
    }
}
