using System.Text;
using SstpRouter.Console.Editing;
using SstpRouter.Console.Terminals;
using SstpRouter.Fuzzing;

namespace SstpRouter.Console.Tests;

/// <summary>Whatever bytes a terminal sends.</summary>
public sealed class KeyFuzzTests
{
    private const int MostKeys = 300;

    [Fact]
    public void Bytes_and_the_line_that_they_edit() => Fuzz.Run(
        "console-keys",
        [.. ((string[])["/ip address print\r", "ab\e[D\x08\e[A\e[1;5C\x1c\e[19~\r\n\x12a\x12\e", "\u4E2D\U0001F600\e[24;80R\eOP\e[[A\t"]).Select(Encoding.UTF8.GetBytes)],
        input =>
        {
            var editor = new LineEditor(new History());
            var decoder = new KeyDecoder();
            editor.Begin("> ", 20);
            foreach (Key key in (IEnumerable<Key>)[.. decoder.Take(input.AsSpan(0, Math.Min(input.Length, MostKeys))), .. decoder.Flush()])
            {
                Assert.DoesNotContain(key.Text, char.IsControl);
                EditStep step = editor.Press(key);
                Assert.DoesNotContain(step.Line, c => char.IsControl(c) && c != '\n');
                if (step.Outcome != EditOutcome.Editing)
                {
                    editor.Begin("> ", 20);
                }
            }
        },
        memory: MostKeys * MostKeys * 512); // each key draws the line anew
}
