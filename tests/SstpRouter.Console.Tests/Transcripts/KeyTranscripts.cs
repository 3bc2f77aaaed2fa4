namespace SstpRouter.Console.Tests.Transcripts;

/// <summary>Each key of RouterOS's editor, pressed at a real terminal. The full block is the cursor.</summary>
public sealed class KeyTranscripts : IDisposable
{
    private const string Up = "\e[A";
    private const string Down = "\e[B";
    private const string Right = "\e[C";
    private const string Left = "\e[D";

    private readonly ConsoleDesk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Fact]
    public void Keys_move_and_delete()
    {
        using PseudoTerminal terminal = _desk.Open();
        foreach ((string keys, string line) in ((string, string)[])
        [
            ("abc", "abc█"),
            (Left + Left, "a█c"),
            ("x", "ax█c"),
            ("\x01", "█xbc"),            // Ctrl-A
            ("\x06", "a█bc"),            // Ctrl-F
            ("\x05", "axbc█"),           // Ctrl-E
            ("\x02", "axb█"),            // Ctrl-B
            ("\x08", "ax█"),             // Ctrl-H: the c is under the cursor
            ("\x04", "ax█"),             // Ctrl-D deletes it
            (" one two", "ax one two█"),
            ("\e[1;5D", "ax one █wo"),   // Ctrl-Left
            ("\eb", "ax █ne two"),       // Alt-B
            ("\x0b", "ax █"),            // Ctrl-K
            ("\x15", "█"),               // Ctrl-U
            ("ab cd\e[H", "█b cd"),      // Home
            ("\e[1;5C", "ab█cd"),        // Ctrl-Right
            ("\e[3~", "ab█d"),           // Delete
            ("\eOF", "abcd█"),           // End
            ("\x7f\x7f", "ab█"),
            (Right, "ab█"),
        ])
        {
            terminal.Type(keys);
            terminal.Expect("[admin@hq] > " + line);
        }
    }

    [Fact]
    public void History_comes_back_by_arrows_and_by_search()
    {
        using PseudoTerminal terminal = _desk.Open();
        terminal.Type(":put one\r");
        terminal.ExpectEnd("[admin@hq] > █");
        terminal.Type(":put two\r");
        terminal.Expect("""
            [admin@hq] > :put one
            one
            [admin@hq] > :put two
            two
            [admin@hq] > █
            """);

        terminal.Type("draft" + Up);
        terminal.ExpectEnd("[admin@hq] > :put two█");
        terminal.Type("\x10");                        // Ctrl-P
        terminal.ExpectEnd("[admin@hq] > :put one█");
        terminal.Type(Down + "\x0e");                 // Ctrl-N
        terminal.ExpectEnd("[admin@hq] > draft█");

        terminal.Type("\x15\x12on");                  // Ctrl-R
        terminal.ExpectEnd("(reverse-i-search)'on': :put one█");
        terminal.Type("\r");
        terminal.Expect("""
            [admin@hq] > :put one
            one
            [admin@hq] > :put two
            two
            [admin@hq] > :put one
            one
            [admin@hq] > █
            """);
    }

    [Fact]
    public void History_is_kept_for_the_next_login_but_no_password_is()
    {
        using (PseudoTerminal first = _desk.Open())
        {
            first.Type("/ppp secret add name=alice password=s3cret\r");
            first.ExpectEnd("[admin@hq] > █");
            first.Type(":put kept\r");
            first.ExpectEnd("kept\n[admin@hq] > █");
            first.Type("\x04");
            Assert.Equal(0, first.WaitForExit());
        }

        using PseudoTerminal second = _desk.Open();
        second.Type(Up);
        second.Expect("[admin@hq] > :put kept█");
        second.Type(Up);
        second.Type("!");
        second.Expect("[admin@hq] > :put kept!█");
        Assert.Equal(":put kept\n", File.ReadAllText(_desk.HistoryFile));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_desk.HistoryFile));
    }

    [Fact]
    public void Interrupt_gives_the_line_up_and_redraw_cleans_the_screen()
    {
        using PseudoTerminal terminal = _desk.Open();
        terminal.Type("nonsense\x03");
        terminal.Expect("[admin@hq] > nonsense\n[admin@hq] > █");
        terminal.Type("/ip\f");                       // Ctrl-L
        terminal.Expect("[admin@hq] > /ip█");
        terminal.Type("\r\e[15~");                    // F5
        terminal.Expect("[admin@hq] /ip> █");
    }

    [Fact]
    public void An_open_brace_asks_for_more()
    {
        using PseudoTerminal terminal = _desk.Open();
        terminal.Type(":if (true) do={\r");
        terminal.Expect("[admin@hq] > :if (true) do={\n{... █");
        terminal.Type(":put (1 + \\\r");
        terminal.Expect("[admin@hq] > :if (true) do={\n{... :put (1 + \\\n{(\\... █");
        terminal.Type("2)\r}\r");
        terminal.Expect("[admin@hq] > :if (true) do={\n{... :put (1 + \\\n{(\\... 2)\n{... }\n3\n[admin@hq] > █");
    }

    [Fact]
    public void A_line_is_split_and_its_parts_are_numbered()
    {
        using PseudoTerminal terminal = _desk.Open();
        terminal.Type(":put a; :put b\x02\x02\x02\x02\x02\x02\x1c");    // Ctrl-\ before the second :put
        terminal.Expect("line 2 of 2> :put b█");
        terminal.Type("\x01" + Up);
        terminal.Expect("line 1 of 2> :put a; █");
        terminal.Type("\e[19~");                                        // F8
        terminal.Expect("line 1 of 2> :put a; █\nline 2 of 2> :put b");
        terminal.Type("\x05");                                          // Ctrl-E at the end of a line goes to that of the last
        terminal.Expect("line 1 of 2> :put a;\nline 2 of 2> :put b█");
        terminal.Type("\x01\x01");                                      // and Ctrl-A to the start of the first
        terminal.Expect("line 1 of 2> █put a;\nline 2 of 2> :put b");
        terminal.Type(Down + "\x1c:put c");
        terminal.Expect("line 1 of 3> :put a;\nline 2 of 3> :put b\nline 3 of 3> :put c█");
        terminal.Type("\r");
        terminal.ExpectEnd("a\nb\nc\n[admin@hq] > █");
    }

    [Fact]
    public void A_line_is_put_aside_and_taken_back()
    {
        using PseudoTerminal terminal = _desk.Open();
        terminal.Type("/ppp secret add na\e[17~");       // F6
        terminal.Expect("[admin@hq] > █");
        terminal.Type(":put x\r");
        terminal.ExpectEnd("x\n[admin@hq] > █");
        terminal.Type("\e[17~");
        terminal.ExpectEnd("[admin@hq] > /ppp secret add na█");
    }

    [Fact]
    public void A_line_longer_than_the_screen_is_wide_wraps()
    {
        using PseudoTerminal terminal = _desk.Open(width: 30);
        terminal.Type(":put \"0123456789abcdef\"");
        terminal.Expect("[admin@hq] > :put \"0123456789a\nbcdef\"█");
        terminal.Type("\x01");
        terminal.Expect("[admin@hq] > █put \"0123456789a\nbcdef\"");
        terminal.Type("#");
        terminal.Expect("[admin@hq] > #█put \"0123456789\nabcdef\"");
    }

    [Fact]
    public void The_line_follows_the_size_of_the_window()
    {
        using PseudoTerminal terminal = _desk.Open(width: 80);
        terminal.Type("/ppp secret print");
        terminal.Expect("[admin@hq] > /ppp secret print█");
        terminal.Resize(60, 20);
        terminal.Type("\r");
        terminal.ExpectEnd("[admin@hq] > █");
        terminal.Type(":put [:len \"x\"]\r");
        terminal.ExpectEnd("1\n[admin@hq] > █");
    }

    [Fact]
    public void In_hot_lock_words_complete_themselves()
    {
        using PseudoTerminal terminal = _desk.Open();
        terminal.Type("\e[18~");                      // F7
        terminal.Expect("[admin@hq] >> █");
        Assert.Equal(33, terminal.ColourOf("> "));    // yellow
        terminal.Type("/");
        terminal.Expect("[admin@hq] >> /█");
        terminal.Type("p");
        terminal.Expect("[admin@hq] >> /p█");         // ppp, ping or password
        terminal.Type("p");
        terminal.Expect("[admin@hq] >> /ppp █");
        terminal.Type("s");
        terminal.Expect("[admin@hq] >> /ppp secret █");
        terminal.Type("\e[18~");
        terminal.Expect("[admin@hq] > /ppp secret █");
    }

    [Fact]
    public void A_typed_character_costs_its_own_bytes_on_a_slow_line()
    {
        using PseudoTerminal terminal = _desk.Open();
        terminal.Type(":put \"a");
        terminal.Expect("[admin@hq] > :put \"a█");
        long before = terminal.Received;
        string typed = "a";
        foreach (char key in "bcdefghij")
        {
            terminal.Type(key.ToString());
            typed += key;
            terminal.Expect($"[admin@hq] > :put \"{typed}█");
        }

        Assert.Equal(9, terminal.Received - before);
    }
}
