using SstpRouter.Console.Editing;
using SstpRouter.Console.Terminals;

namespace SstpRouter.Console.Tests;

public sealed class KeyMapTests
{
    [Theory]
    [InlineData('\x01', ConsoleKey.A, true, KeyKind.Home)]
    [InlineData('\x03', ConsoleKey.C, true, KeyKind.Interrupt)]
    [InlineData('\x04', ConsoleKey.D, true, KeyKind.Leave)]
    [InlineData('\x05', ConsoleKey.E, true, KeyKind.End)]
    [InlineData('\x0B', ConsoleKey.K, true, KeyKind.KillToEnd)]
    [InlineData('\x15', ConsoleKey.U, true, KeyKind.KillToStart)]
    [InlineData('\x10', ConsoleKey.P, true, KeyKind.Older)]
    [InlineData('\0', ConsoleKey.UpArrow, false, KeyKind.Older)]
    [InlineData('\r', ConsoleKey.Enter, false, KeyKind.Enter)]
    [InlineData('\b', ConsoleKey.Backspace, false, KeyKind.Backspace)]
    [InlineData('\t', ConsoleKey.Tab, false, KeyKind.Unknown)]
    [InlineData('\0', ConsoleKey.F9, false, KeyKind.Unknown)]
    public void Keys_mean_what_they_mean_in_RouterOS(char character, ConsoleKey key, bool control, KeyKind kind) =>
        Assert.Equal(new Key(kind), KeyMap.Of(new ConsoleKeyInfo(character, key, false, false, control)));

    [Fact]
    public void Everything_else_that_has_a_character_inserts_it()
    {
        Assert.Equal(Key.Of("/"), KeyMap.Of(new ConsoleKeyInfo('/', ConsoleKey.Divide, false, false, false)));
        Assert.Equal(Key.Of("ā"), KeyMap.Of(new ConsoleKeyInfo('ā', ConsoleKey.None, false, false, false)));
    }
}
