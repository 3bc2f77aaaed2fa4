using System.Text;
using SstpRouter.Console.Editing;
using SstpRouter.Console.Terminals;

namespace SstpRouter.Console.Tests;

public sealed class KeyDecoderTests
{
    [Theory]
    [InlineData("\x01", KeyKind.Home)]
    [InlineData("\x02", KeyKind.Left)]
    [InlineData("\x03", KeyKind.Interrupt)]
    [InlineData("\x04", KeyKind.Leave)]
    [InlineData("\x05", KeyKind.End)]
    [InlineData("\x06", KeyKind.Right)]
    [InlineData("\x08", KeyKind.Backspace)]
    [InlineData("\x7f", KeyKind.Backspace)]
    [InlineData("\t", KeyKind.Complete)]
    [InlineData("\r", KeyKind.Enter)]
    [InlineData("\n", KeyKind.Enter)]
    [InlineData("\x0b", KeyKind.KillToEnd)]
    [InlineData("\x0c", KeyKind.Redraw)]
    [InlineData("\x0e", KeyKind.Newer)]
    [InlineData("\x10", KeyKind.Older)]
    [InlineData("\x12", KeyKind.Search)]
    [InlineData("\x15", KeyKind.KillToStart)]
    [InlineData("\x18", KeyKind.SafeMode)]
    [InlineData("\x1c", KeyKind.Split)]
    [InlineData("\x1a", KeyKind.Pause)]
    [InlineData("\e[A", KeyKind.Older)]
    [InlineData("\eOA", KeyKind.Older)]
    [InlineData("\e[B", KeyKind.Newer)]
    [InlineData("\e[C", KeyKind.Right)]
    [InlineData("\e[D", KeyKind.Left)]
    [InlineData("\e[1;5C", KeyKind.WordRight)]
    [InlineData("\e[1;3D", KeyKind.WordLeft)]
    [InlineData("\e[1;2C", KeyKind.Right)]
    [InlineData("\eOc", KeyKind.WordRight)]
    [InlineData("\ef", KeyKind.WordRight)]
    [InlineData("\eb", KeyKind.WordLeft)]
    [InlineData("\e[H", KeyKind.Home)]
    [InlineData("\e[1~", KeyKind.Home)]
    [InlineData("\e[7~", KeyKind.Home)]
    [InlineData("\eOF", KeyKind.End)]
    [InlineData("\e[4~", KeyKind.End)]
    [InlineData("\e[3~", KeyKind.Delete)]
    [InlineData("\e[5~", KeyKind.PageUp)]
    [InlineData("\e[6~", KeyKind.PageDown)]
    [InlineData("\eOP", KeyKind.Help)]
    [InlineData("\e[11~", KeyKind.Help)]
    [InlineData("\e[[A", KeyKind.Help)]
    [InlineData("\eOR", KeyKind.Search)]
    [InlineData("\e[[C", KeyKind.Search)]
    [InlineData("\eOS", KeyKind.SafeMode)]
    [InlineData("\e[14~", KeyKind.SafeMode)]
    [InlineData("\e[15~", KeyKind.Redraw)]
    [InlineData("\e[[E", KeyKind.Redraw)]
    [InlineData("\e[18~", KeyKind.HotLock)]
    [InlineData("\e[19~", KeyKind.Expand)]
    [InlineData("\e[20~", KeyKind.Unknown)]
    public void Keys_mean_what_they_mean_in_RouterOS(string bytes, KeyKind kind) => Assert.Equal([new Key(kind)], Decode(bytes));

    [Theory]
    [InlineData("a")]
    [InlineData("?")]
    [InlineData("\u0101")]
    [InlineData("\u4E2D")]
    [InlineData("\U0001F600")]
    public void Characters_are_text(string text) => Assert.Equal([Key.Of(text)], Decode(text));

    [Fact]
    public void A_line_end_of_two_bytes_is_one_key() =>
        Assert.Equal([Key.Of("a"), new Key(KeyKind.Enter), Key.Of("b"), new Key(KeyKind.Enter), new Key(KeyKind.Enter)], Decode("a\r\nb\r\0\r"));

    [Fact]
    public void A_report_of_the_cursor_is_told_from_keys() =>
        Assert.Equal([new Key(KeyKind.CursorReport, "24;80"), Key.Of("x")], Decode("\e[24;80Rx"));

    [Fact]
    public void An_escape_alone_is_known_once_nothing_follows()
    {
        var decoder = new KeyDecoder();

        Assert.Empty(decoder.Take("\e"u8));
        Assert.True(decoder.IsPending);
        Assert.Equal([new Key(KeyKind.Escape)], decoder.Flush());
        Assert.False(decoder.IsPending);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_left_out() =>
        Assert.Equal([Key.Of("a"), Key.Of("b")], new KeyDecoder().Take([(byte)'a', 0xFF, 0x80, 0xC3, (byte)'(', (byte)'b']));

    private static List<Key> Decode(string text)
    {
        var decoder = new KeyDecoder();
        var keys = new List<Key>();
        foreach (byte b in Encoding.UTF8.GetBytes(text))
        {
            keys.AddRange(decoder.Take([b]));
        }

        Assert.Equal(keys, new KeyDecoder().Take(Encoding.UTF8.GetBytes(text)));
        return keys;
    }
}
