using SstpRouter.Console.Editing;

namespace SstpRouter.Console.Tests;

public sealed class LineEditorTests
{
    private static readonly Key Left = new(KeyKind.Left);
    private static readonly Key Right = new(KeyKind.Right);
    private static readonly Key Home = new(KeyKind.Home);
    private static readonly Key End = new(KeyKind.End);
    private static readonly Key Backspace = new(KeyKind.Backspace);
    private static readonly Key Delete = new(KeyKind.Delete);
    private static readonly Key Older = new(KeyKind.Older);
    private static readonly Key Newer = new(KeyKind.Newer);
    private static readonly Key Enter = new(KeyKind.Enter);

    private readonly History _history = new();

    [Fact]
    public void A_character_at_the_end_writes_that_character_only()
    {
        var editor = new LineEditor(_history);
        editor.Begin("> ", 80);

        Assert.Equal(new EditStep("a"), editor.Press(Key.Of("a")));
    }

    [Fact]
    public void Enter_gives_the_line_wherever_the_cursor_stands() =>
        Assert.Equal("print", Line(Key.Of("print"), Left, Left, Enter));

    [Fact]
    public void Text_goes_in_at_the_cursor() => Assert.Equal("abcd", Line(Key.Of("ad"), Left, Key.Of("bc"), Enter));

    [Fact]
    public void Backspace_deletes_to_the_left_and_delete_to_the_right() =>
        Assert.Equal("ad", Line(Key.Of("abcd"), Left, Left, Backspace, Delete, Enter));

    [Fact]
    public void Deleting_at_the_edges_does_nothing() =>
        Assert.Equal("ab", Line(Key.Of("ab"), Delete, Right, Home, Backspace, Left, Enter));

    [Fact]
    public void Kill_to_the_end_and_to_the_start() =>
        Assert.Equal(("ab", "cd"), (
            Line(Key.Of("abcd"), Left, Left, new Key(KeyKind.KillToEnd), Enter),
            Line(Key.Of("abcd"), Left, Left, new Key(KeyKind.KillToStart), Enter)));

    [Fact]
    public void Home_and_end_reach_the_edges() => Assert.Equal("xaby", Line(Key.Of("ab"), Home, Key.Of("x"), End, Key.Of("y"), Enter));

    [Fact]
    public void Leave_ends_an_empty_line_and_deletes_in_another()
    {
        Assert.Equal(EditOutcome.Closed, Play(80, new Key(KeyKind.Leave)).Step.Outcome);
        Assert.Equal("b", Line(Key.Of("ab"), Home, new Key(KeyKind.Leave), Enter));
    }

    [Fact]
    public void An_interrupt_gives_the_line_up()
    {
        EditStep step = Play(80, Key.Of("ab"), new Key(KeyKind.Interrupt)).Step;

        Assert.Equal((EditOutcome.Interrupted, ""), (step.Outcome, step.Line));
    }

    [Fact]
    public void Older_lines_come_back_and_the_unfinished_one_after_them()
    {
        _history.Add("first");
        _history.Add("second");

        Assert.Equal("second", Line(Older, Enter));
        Assert.Equal("first", Line(Older, Older, Older, Enter));
        Assert.Equal("second!", Line(Older, Older, Newer, Key.Of("!"), Enter));
        Assert.Equal("draft", Line(Key.Of("draft"), Older, Newer, Newer, Enter));
    }

    [Fact]
    public void A_character_and_what_combines_with_it_are_one()
    {
        Assert.Equal("", Line(Key.Of("e\u0301"), Backspace, Enter));
        Assert.Equal("xe\u0301", Line(Key.Of("e\u0301"), Left, Key.Of("x"), Enter));
        Assert.Equal("\U0001F600", Line(Key.Of("\U0001F600\U0001F600"), Backspace, Enter));
    }

    [Fact]
    public void Control_characters_in_pasted_text_are_left_out() => Assert.Equal("ab", Line(Key.Of("a\e\tb"), Enter));

    [Fact]
    public void A_long_line_wraps_and_the_cursor_moves_over_the_rows()
    {
        (VirtualScreen screen, _) = Play(10, Key.Of("abcdefghijklmno"), Home, Right, Key.Of("X"));

        Assert.Equal(["> aXbcdefg", "hijklmno"], screen.Rows);
        Assert.Equal((0, 4), (screen.Row, screen.Column));
    }

    [Fact]
    public void A_line_that_fills_its_row_puts_the_cursor_on_the_next()
    {
        (VirtualScreen screen, _) = Play(10, Key.Of("abcdefgh"));

        Assert.Equal((1, 0), (screen.Row, screen.Column));
    }

    [Fact]
    public void After_enter_the_cursor_stands_below_the_line_at_its_start()
    {
        (VirtualScreen full, _) = Play(10, Key.Of("abcdefgh"), Home, Enter);
        (VirtualScreen half, _) = Play(10, Key.Of("abcdefghij"), Home, Enter);
        (VirtualScreen empty, _) = Play(10, Enter);

        Assert.Equal(((1, 0), (2, 0), (1, 0)), ((full.Row, full.Column), (half.Row, half.Column), (empty.Row, empty.Column)));
    }

    [Fact]
    public void A_shorter_line_leaves_nothing_of_the_longer_one()
    {
        _history.Add("short");
        _history.Add("a line of several rows on this screen");

        (VirtualScreen screen, _) = Play(10, Older, Older);

        Assert.Equal(["> short"], screen.Rows);
    }

    [Fact]
    public void A_redraw_begins_on_a_clean_screen()
    {
        (VirtualScreen screen, _) = Play(10, Key.Of("abcdefghijkl"), new Key(KeyKind.Redraw));

        Assert.Equal(["> abcdefgh", "ijkl"], screen.Rows);
        Assert.Equal((1, 4), (screen.Row, screen.Column));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(10)]
    [InlineData(80)]
    public void Whatever_is_typed_the_screen_shows_the_line_and_the_cursor_its_place(int width)
    {
        var random = new Random(width);
        Key[] keys =
        [
            Key.Of("a"), Key.Of("bcd"), Key.Of("\u4E2D"), Key.Of("o\u0308"), Key.Of(" "), Left, Left, Right, Home, End, Backspace, Delete, Older, Newer,
            new(KeyKind.KillToEnd), new(KeyKind.KillToStart), new(KeyKind.Redraw), new(KeyKind.Unknown),
        ];
        _history.Add("one line of history that is longer than a row");
        for (int round = 0; round < 300; round++)
        {
            Key[] played = [.. Enumerable.Range(0, random.Next(30)).Select(_ => keys[random.Next(keys.Length)])];
            (VirtualScreen screen, _) = Play(width, played);
            string line = Line([.. played, Enter]);

            var plain = new VirtualScreen(width);
            plain.Write("> " + line);
            Assert.Equal(plain.Rows, screen.Rows);

            // Typing a mark shows where the cursor really is.
            string marked = Line([.. played, Key.Of("|"), Enter]);
            var before = new VirtualScreen(width);
            before.Write("> " + marked[..marked.IndexOf('|', StringComparison.Ordinal)] + "|");
            screen.Write("|");
            Assert.Equal((before.Row, before.Column), (screen.Row, screen.Column));
        }
    }

    private string Line(params Key[] keys) => Play(80, keys).Step.Line;

    private (VirtualScreen Screen, EditStep Step) Play(int width, params Key[] keys)
    {
        var editor = new LineEditor(_history);
        var screen = new VirtualScreen(width);
        screen.Write(editor.Begin("> ", width, height: 1000));
        EditStep step = default;
        foreach (Key key in keys)
        {
            step = editor.Press(key);
            screen.Write(step.Screen);
        }

        return (screen, step);
    }
}
