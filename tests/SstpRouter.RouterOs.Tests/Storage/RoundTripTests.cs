using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Tests.Storage;

public class RoundTripTests
{
    // Everything that means something to the language, to a terminal or to UTF-8.
    private const string Letters = "ab 01*/,;:.\"\\$#=()[]{}'?<>!&|~-_@%^`\n\r\t\u0001\u007F\u0085\u00A0é\u2028漢😀";

    [Fact]
    public void Any_text_survives_the_journal_the_snapshot_and_an_export()
    {
        using var folder = new StateFolder();
        var random = new Random(20260610);
        string[] runes = [.. Letters.EnumerateRunes().Select(r => r.ToString())];
        string[] texts = [.. Enumerable.Range(0, 150).Select(i => i < runes.Length
            ? runes[i]
            : string.Concat(Enumerable.Range(0, random.Next(1, 120)).Select(_ => runes[random.Next(runes.Length)])))
            .Concat(["yes", "true", "1m", "10.0.0.1", "*1A", "none", "007", "find", "where"])];
        using (var router = TestRouter.On(folder))
        {
            Menu secrets = router["ppp/secret"];
            router.Store.Commit(draft =>
            {
                foreach ((int i, string text) in texts.Index())
                {
                    draft.Add(secrets, [KeyValuePair.Create("name", Value.Of($"u{i} {text}")), KeyValuePair.Create("comment", Value.Of(text))]);
                }
            });
        }

        string export;
        using (var fromJournal = TestRouter.On(folder))
        {
            Assert.Empty(fromJournal.Store.Notices);
            Assert.Equal(texts, Comments(fromJournal));
            fromJournal.Store.Import("nothing", "", fromJournal);
            export = fromJournal.Printed("/export");
        }

        using (var fromSnapshot = TestRouter.On(folder))
        {
            Assert.Empty(fromSnapshot.Store.Notices);
            Assert.Equal(texts, Comments(fromSnapshot));
        }

        using var copy = TestRouter.InMemory();
        Assert.Empty(copy.Store.Import("export.rsc", export, copy));
        Assert.Equal(texts, Comments(copy));
    }

    private static IEnumerable<string> Comments(TestRouter router) =>
        router.Store.Current.Items(router["ppp/secret"]).Select(i => i["comment"]!.ToText());
}
