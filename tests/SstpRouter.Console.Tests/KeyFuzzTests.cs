using SstpRouter.Console.Editing;
using SstpRouter.Console.Terminals;
using SstpRouter.Fuzzing;

namespace SstpRouter.Console.Tests;

/// <summary>Whatever keys a terminal reports: three bytes of an input are one.</summary>
public sealed class KeyFuzzTests
{
    private static readonly byte[] Typed = Keys("/ip address print", ConsoleKey.None, 0);

    [Fact]
    public void Keys_and_the_line_that_they_edit() => Fuzz.Run(
        "console-keys",
        [Typed, [.. Typed, 0, (byte)ConsoleKey.LeftArrow, 0, 0, (byte)ConsoleKey.Backspace, 0, 1, (byte)ConsoleKey.K, 4], [0x4E, 0, 0, 0, (byte)ConsoleKey.UpArrow, 0, 13, (byte)ConsoleKey.Enter, 0]],
        input =>
        {
            var editor = new LineEditor(new History());
            editor.Begin("> ", 20);
            for (int at = 0; at + 2 < Math.Min(input.Length, 300); at += 3)
            {
                var modifiers = (ConsoleModifiers)(input[at + 2] & 7);
                char character = (char)(input[at] | ((input[at + 2] & 0xF8) << 8));
                Key key = KeyMap.Of(new ConsoleKeyInfo(
                    character, (ConsoleKey)input[at + 1], modifiers.HasFlag(ConsoleModifiers.Shift), modifiers.HasFlag(ConsoleModifiers.Alt), modifiers.HasFlag(ConsoleModifiers.Control)));
                Assert.DoesNotContain(key.Text, char.IsControl);
                EditStep step = editor.Press(key);
                Assert.DoesNotContain(step.Line, char.IsControl);
                if (step.Outcome != EditOutcome.Editing)
                {
                    editor.Begin("> ", 20);
                }
            }
        },
        memory: 4 * 1024 * 1024);

    private static byte[] Keys(string text, ConsoleKey key, byte modifiers) => [.. text.SelectMany(c => (byte[])[(byte)c, (byte)key, modifiers])];
}
