using System.Text;
using SstpRouter.Fuzzing;
using SstpRouter.RouterOs.Interpretation;
using SstpRouter.RouterOs.Interpretation.Commands;
using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Menus;
using SstpRouter.RouterOs.Schema;

namespace SstpRouter.RouterOs.Tests.Language;

/// <summary>Texts that are no script: a console, an import and the store read them.</summary>
public sealed class ParserFuzzTests
{
    private static readonly string[] Scripts =
    [
        "/ip address\nadd address=10.0.0.1/24 interface=ether1 comment=\"a \\\"b\\\" \\0A$x\"\nset [find address~\"^10\"] disabled=yes\n",
        ":local a {1;2;\"x\"=3}; :foreach k,v in=$a do={ :put ($k . \"=\" . $v) } else={}\n# it's {\n",
        ":if ((1 + 2) * 3 >= 0x1F && !false) do={ :put [:pick \"abc\" 0 1] } else={ :error 1d2h3m4s }",
        "/interface sstp-client\r\nadd connect-to=192.168.62.2:443 name=sstp-out1 \\\r\n    password=\"\" user=MT-User profile=default-encryption\r\n",
        ":global f do={ :return ($1->\"x\") }; :put [$f 1 2001:db8::/32 10.0.0.1-10.0.0.9]; :while (true) do={:delay 1s}",
    ];

    private static readonly Menu Root = RouterMenus.Build();
    private static readonly Grammar Grammar = new(Root, LanguageCommands.All);

    [Fact]
    public void Script() => Fuzz.Run(
        "routeros-script",
        [.. Scripts.Select(Encoding.UTF8.GetBytes)],
        input =>
        {
            string text = Encoding.UTF8.GetString(input);
            try
            {
                new Parser(new SourceText(text), Grammar, Root).ParseScript();
            }
            catch (ScriptError error)
            {
                Assert.NotEmpty(error.Message);
            }

            Assert.InRange(Interpreter.StillOpen(text).Length, 0, text.Length);
        },
        memory: 2 * 1024 * 1024);

    [Theory]
    [InlineData("(")]
    [InlineData("{")]
    [InlineData("[")]
    [InlineData(":put [")]
    [InlineData(":put (-")]
    [InlineData(":put (!")]
    [InlineData(":if (1) do={")]
    [InlineData("\"$[")]
    [InlineData("$a->")]
    [InlineData(":put (1+")]
    [InlineData("do={")]
    public void Nesting_without_an_end_is_an_error_and_no_end_of_the_program(string opening)
    {
        string text = string.Concat(Enumerable.Repeat(opening, 100_000));

        Assert.Throws<ScriptError>(() => new Interpreter(Root, new Session("admin", TextWriter.Null)).Run(text));
        Interpreter.StillOpen(text);
    }
}
