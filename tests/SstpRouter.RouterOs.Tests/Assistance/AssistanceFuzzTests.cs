using System.Text;
using SstpRouter.Fuzzing;
using SstpRouter.RouterOs.Assistance;

namespace SstpRouter.RouterOs.Tests.Assistance;

/// <summary>Whatever is typed is read to its end.</summary>
public sealed class AssistanceFuzzTests
{
    private static readonly string[] Lines =
    [
        "/ppp secret set [find name=\"a $[/system identity get name]\" and !disabled] profile=default comment={:put $x}",
        ":foreach k,v in={1;\"a\"=(1 + -2);$x} do={ :if ($k != 2) do={ /ip/address print where address~\"^1\" } else={ .. } }",
        "$f 1 a=2; [:parse \"x\"]; # comment\n/interface sstp-client add authentication=pap,chap \\\n    user=a !password",
    ];

    [Fact]
    public void Typed_lines()
    {
        using var desk = new Desk();
        Fuzz.Run(
            "console-assistance",
            [.. Lines.Select(Encoding.UTF8.GetBytes)],
            input =>
            {
                string text = Encoding.UTF8.GetString(input);
                Assert.Equal(text.Length, desk.Assistant.Colours(text, desk.Root).Count);
                Completion completion = desk.Assistant.Complete(text, desk.Root);
                Assert.InRange(completion.Start, 0, text.Length);
                Assert.DoesNotContain(completion.Insert[..^Math.Min(completion.Insert.Length, text.Length - completion.Start)], char.IsControl);
                desk.Assistant.Help(text, desk.Root);
            },
            memory: 4 * 1024 * 1024);
    }
}
