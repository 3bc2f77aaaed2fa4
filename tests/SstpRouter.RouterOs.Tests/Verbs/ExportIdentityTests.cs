using SstpRouter.RouterOs.Interpretation;
using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Menus;
using SstpRouter.RouterOs.Printing;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;
using SstpRouter.RouterOs.Values;
using SstpRouter.RouterOs.Verbs;

namespace SstpRouter.RouterOs.Tests.Verbs;

/// <summary>What an export says, an empty router becomes: for configurations made up of what the router's menus can hold.</summary>
public class ExportIdentityTests
{
    // Everything that means something to the language, to a terminal or to UTF-8.
    private const string Letters = "ab01 */,;:.\"\\$#=()[]{}'?<>!&|~-_@%^`\n\r\té漢😀";

    [Theory]
    [InlineData("show-sensitive")]
    [InlineData("compact show-sensitive")]
    [InlineData("verbose show-sensitive")]
    [InlineData("terse show-sensitive")]
    [InlineData("verbose terse show-sensitive")]
    public void An_export_makes_the_same_configuration_in_an_empty_router(string form)
    {
        int cases = int.Parse(Environment.GetEnvironmentVariable("SSTP_ROUTER_CASES") ?? "25", System.Globalization.CultureInfo.InvariantCulture);
        int items = 0;
        for (int seed = 1; seed <= cases; seed++)
        {
            using var router = new Router();
            router.Fill(new Random(seed));
            string export = router.Export(form);
            items += router.Root.SelfAndDescendants().Sum(m => router.Store.Current.Items(m).Length);

            using var copy = new Router();
            IReadOnlyList<StoreNotice> refused = copy.Store.Import("export.rsc", export, copy.Session);

            Assert.True(refused.Count == 0, $"seed {seed}: {refused.FirstOrDefault()}\n{export}");
            Assert.Equal(router.Describe(), copy.Describe());
            Assert.Equal(export, copy.Export(form));
            Assert.Equal(router.Export("show-sensitive"), copy.Export("show-sensitive"));
        }

        Assert.True(items > 6 * cases, $"only {items} items were made up");
    }

    [Fact]
    public void Each_menu_exports_what_the_whole_export_says_about_it()
    {
        using var router = new Router();
        router.Fill(new Random(7));
        string whole = router.Export("terse show-sensitive");

        foreach (Menu menu in router.Root.SelfAndDescendants().Where(m => m.Kind != MenuKind.Container && m.Command("export") is not null))
        {
            string own = router.Printed($"{menu.Path} export terse show-sensitive");
            string[] expected = [.. Lines(whole).Where(l => l.StartsWith(menu.ExportPath + " ", StringComparison.Ordinal))];
            Assert.Equal(expected, Lines(own).Where(l => l.StartsWith(menu.ExportPath + " ", StringComparison.Ordinal)));
            Assert.All(Lines(own), l => Assert.StartsWith(menu.ExportPath + " ", l, StringComparison.Ordinal));
        }

        static string[] Lines(string export) => [.. export.Split('\n').Where(l => l.StartsWith('/'))];
    }

    [Fact]
    public void What_is_sensitive_stays_out_of_every_form_that_does_not_ask_for_it()
    {
        using var router = new Router();
        router.Run("/ppp secret add name=alice password=TopSecret1; /interface sstp-client add connect-to=a.example user=u password=TopSecret2");

        foreach (string form in (string[])["", "compact", "verbose", "terse", "hide-sensitive", "show-sensitive hide-sensitive"])
        {
            Assert.DoesNotContain("TopSecret", router.Export(form), StringComparison.Ordinal);
        }

        Assert.Equal(2, router.Export("show-sensitive").Split("TopSecret").Length - 1);
    }

    /// <summary>The router's menus over a store in memory, with made-up content.</summary>
    private sealed class Router : IDisposable
    {
        private readonly StringWriter _output = new();
        private readonly Interpreter _interpreter;

        public Router()
        {
            Root = RouterMenus.Build();
            Store = ConfigurationStore.InMemory(Root, new StoppedClock());
            StandardVerbs.Attach(Root, Store);
            PrintVerb.Attach(Root, Store);
            Session = new Session("admin", _output, width: 80);
            _interpreter = new Interpreter(Root, Session);
        }

        public Menu Root { get; }

        public ConfigurationStore Store { get; }

        public Session Session { get; }

        public void Run(string line) => _interpreter.Run(line);

        public string Printed(string line)
        {
            _output.GetStringBuilder().Clear();
            _interpreter.Run(line);
            return _output.ToString();
        }

        public string Export(string form) => Printed("/export " + form);

        /// <summary>Every value of every item, in order, whether it was set or is the default.</summary>
        public string Describe() => string.Join('\n', Root.SelfAndDescendants()
            .Where(m => m is { IsExported: true, IsWritable: true } && m.Kind != MenuKind.Container)
            .SelectMany(m => (m.Kind == MenuKind.Settings ? [Store.Current.Settings(m)] : Store.Current.Items(m)).Select(item => m.Path + " " + string.Join(
                ' ',
                m.Properties.Where(p => !p.IsReadOnly).Select(p => $"{p.Name}={(item[p.Name] is { } v ? p.Type.Format(v) : "(none)")}{(p.ExplicitMatters && item.IsSet(p.Name) ? "!" : "")}")))));

        public void Fill(Random random)
        {
            Menu[] menus = [.. Root.SelfAndDescendants().Where(m => m is { IsExported: true, IsWritable: true } && m.Kind != MenuKind.Container).OrderBy(m => m.ExportRank)];
            foreach (Menu menu in menus)
            {
                if (menu.Kind == MenuKind.Settings)
                {
                    Set(menu, "", random);
                    continue;
                }

                for (int i = random.Next(4); i > 0; i--)
                {
                    Try($"{menu.Path} add {Values(menu, random, all: menu.Properties.Where(p => p.IsRequired))}");
                }

                foreach (BuiltInItem item in menu.BuiltIns)
                {
                    Set(menu, new IdValue(item.Id).ToText(), random);
                }
            }
        }

        public void Dispose() => Store.Dispose();

        private void Set(Menu menu, string item, Random random)
        {
            if (random.Next(2) == 0)
            {
                Try($"{menu.Path} set {item} {Values(menu, random, [])}");
            }
        }

        // A combination that a rule of the menu refuses is no configuration.
        private void Try(string line)
        {
            try
            {
                _interpreter.Run(line);
            }
            catch (ScriptError)
            {
            }
        }

        private string Values(Menu menu, Random random, IEnumerable<Property> all)
        {
            IEnumerable<Property> some = menu.Properties.Where(p => p is { IsReadOnly: false, OnlyDefaultSupported: false } && random.Next(3) == 0);
            return string.Join(' ', all.Union(some).Select(p => p.Name + "=" + Quoting.Quote(Text(menu, p, random))));
        }

        private string Text(Menu menu, Property property, Random random)
        {
            string[] words = [.. property.Type.Completions(Store.References)];
            return property.Type.Syntax switch
            {
                _ when property.Name == "interface" => "ether" + random.Next(3),
                _ when property.Name == "url" => $"http://a.example/{random.Next(100)}.crl",
                _ when words.Length > 0 && random.Next(4) > 0 => words[random.Next(words.Length)],
                "text" or "name" => string.Concat(Enumerable.Range(0, random.Next(1, 40)).Select(_ => Rune(random))),
                "time" => new TimeValue(TimeSpan.FromSeconds(random.Next(1, 2_000_000))).ToShortText(),
                "address/length" => $"10.{random.Next(256)}.{random.Next(256)}.{random.Next(256)}/{random.Next(33)}",
                "list of from-to | network/length" => $"10.{random.Next(9)}.0.2-10.9.0.9,10.77.0.0/2{random.Next(10)}",
                "list of IP addresses" => $"10.0.0.{random.Next(256)},2001:db8::{random.Next(1, 9999)}",
                var syntax when syntax.StartsWith("IP", StringComparison.Ordinal) => $"10.1.2.{random.Next(256)}",
                _ when property.Default is { } value => property.Type.Format(value),
                _ => random.Next(1, 60).ToString(System.Globalization.CultureInfo.InvariantCulture),
            };
        }

        private static string Rune(Random random)
        {
            string[] runes = [.. Letters.EnumerateRunes().Select(r => r.ToString())];
            return runes[random.Next(runes.Length)];
        }
    }

    private sealed class StoppedClock : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override DateTimeOffset GetUtcNow() => new(2026, 6, 10, 14, 48, 17, TimeSpan.Zero);
    }
}
