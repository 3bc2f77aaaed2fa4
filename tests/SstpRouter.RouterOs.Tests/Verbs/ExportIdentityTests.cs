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

    /// <summary>A property that is never set proves nothing; so none is left out.</summary>
    [Fact]
    public void The_configurations_that_are_made_up_set_every_property_of_every_menu()
    {
        var unset = new HashSet<string>();
        for (int seed = 1; seed <= 60; seed++)
        {
            using var router = new Router();
            router.Fill(new Random(seed));
            string[] properties = [.. router.ExportedMenus.SelectMany(m => m.Properties
                .Where(p => p is { IsReadOnly: false, OnlyDefaultSupported: false } && p.Type.ReferencedMenu != "/certificate") // they are in no export
                .Where(p => !router.ItemsOf(m).Any(i => i.IsSet(p.Name) && !Equals(i[p.Name], p.Default)))
                .Select(p => m.Path + " " + p.Name))];
            if (seed == 1)
            {
                unset.UnionWith(properties);
            }

            unset.IntersectWith(properties);
        }

        Assert.Empty(unset.Order(StringComparer.Ordinal));
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
        public string Describe() => string.Join('\n', ExportedMenus
            .SelectMany(m => ItemsOf(m).Select(item => m.Path + " " + string.Join(
                ' ',
                m.Properties.Where(p => !p.IsReadOnly).Select(p => $"{p.Name}={(item[p.Name] is { } v ? p.Type.Format(v) : "(none)")}{(p.ExplicitMatters && item.IsSet(p.Name) ? "!" : "")}")))));

        public IEnumerable<Menu> ExportedMenus => Root.SelfAndDescendants().Where(ExportVerb.IsExported);

        public IEnumerable<Item> ItemsOf(Menu menu) => menu.Kind == MenuKind.Settings ? [Store.Current.Settings(menu)] : Store.Current.Items(menu);

        public void Fill(Random random)
        {
            foreach (Menu menu in ExportedMenus.OrderBy(m => m.ExportRank))
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
            return string.Join(' ', all.Union(some).Select(p => p.Name + "=" + Quoting.Quote(MadeUpValues.Of(p, Store.References, random))));
        }
    }

    private sealed class StoppedClock : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override DateTimeOffset GetUtcNow() => new(2026, 6, 10, 14, 48, 17, TimeSpan.Zero);
    }
}
