using System.Globalization;
using SstpRouter.RouterOs.Interpretation;
using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Logging;
using SstpRouter.RouterOs.Menus;
using SstpRouter.RouterOs.Printing;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;
using SstpRouter.RouterOs.Values;
using SstpRouter.RouterOs.Verbs;
using Xunit.Abstractions;

namespace SstpRouter.RouterOs.Tests.Storage;

/// <summary>Exports of real routers. They are other people's, so they are not kept here: <c>SSTP_ROUTER_EXPORTS</c> names a directory that holds some.</summary>
public sealed class RealExportsTests(ITestOutputHelper output)
{
    [DirectoryFact("SSTP_ROUTER_EXPORTS")]
    public void Real_exports_are_read_and_what_they_set_here_arrives()
    {
        var total = new Tally("all");
        var told = new List<StoreNotice>();
        var lost = new List<string>();
        foreach (string file in Directory.EnumerateFiles(DirectoryFactAttribute.Of("SSTP_ROUTER_EXPORTS")!).Order(StringComparer.Ordinal))
        {
            Tally tally = Load(Path.GetFileName(file), File.ReadAllText(file), told, lost);
            total.Add(tally);
            output.WriteLine(tally.ToString());
        }

        output.WriteLine(total.ToString());
        output.WriteLine(string.Join('\n', told.Where(n => n.Kind is FailureKind.Unreadable or FailureKind.Refused or FailureKind.UnknownProperty)));
        Assert.True(total.Files > 0, "the directory is empty");
        Assert.Equal(0, total.Unreadable);
        Assert.True(lost.Count == 0, string.Join("\n", lost));
    }

    private static Tally Load(string name, string text, List<StoreNotice> told, List<string> lost)
    {
        Menu root = RouterMenus.Build();
        using var store = ConfigurationStore.InMemory(root);
        StandardVerbs.Attach(root, store);
        PrintVerb.Attach(root, store);
        LogRows.Attach(root, new RouterLog(TimeProvider.System));
        LoadReport report = store.Import(name, text, new Session("test", TextWriter.Null));
        var tally = new Tally(name)
        {
            Files = 1,
            Commands = report.Commands,
            Unreadable = report.Count(n => n.Kind == FailureKind.Unreadable),
            Foreign = report.Count(n => n.Kind is FailureKind.UnknownMenu or FailureKind.BehindUnknownMenu),
            LeftOut = report.Count(n => n.Kind == FailureKind.UnknownProperty),
            Refused = report.Count(n => n.Kind == FailureKind.Refused),
        };
        told.AddRange(report);

        // Read a second time by other means: each line of our menus whose words are plain must be found in the store.
        var known = report.Select(n => n.Statement.Line).ToHashSet();
        foreach (ExportReader.Line line in ExportReader.Read(text).Where(l => !known.Contains(l.Number) && l.Verb == "add"))
        {
            if (root.Find(line.Path) is not { Kind: MenuKind.Items } menu)
            {
                continue;
            }

            tally.Checked++;
            if (!store.Current.Items(menu).Any(i => line.Values.All(v => Holds(menu, i, v.Key, v.Value))))
            {
                lost.Add($"{name} line {line.Number}: {menu.Path} {string.Join(' ', line.Values.Keys)}");
            }
        }

        return tally;
    }

    private static bool Holds(Menu menu, Item item, string name, string value)
    {
        if (menu.Property(name) is not { } property)
        {
            return true; // said in another form: it was rewritten
        }

        string held = item[name] is { } has ? property.Type.Format(has) : "";
        return held == value
            || string.Join(',', held.Split(',').Order()) == string.Join(',', value.Split(',').Order())
            || (Literal.TryParse(held) is TimeValue a && Literal.TryParse(value) is TimeValue b && a == b)
            || (DateTime.TryParseExact(value, "MMM/dd/yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime day)
                && held == day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))
            || held.Split('/')[0] == value
            || value.Split(':')[0] == held
            || (name == "policy" && Granted(value).SequenceEqual(Granted(held)));
    }

    // An export names what is not granted too, and what only its version knew.
    private static IEnumerable<string> Granted(string policies) =>
        policies.Split(',').Where(p => p.Length > 0 && p[0] != '!' && !PolicyNames.IsFormer(p)).Order(StringComparer.Ordinal);

    private sealed class Tally(string name)
    {
        public int Files { get; set; }

        public int Commands { get; set; }

        public int Unreadable { get; set; }

        public int Foreign { get; set; }

        public int LeftOut { get; set; }

        public int Refused { get; set; }

        public int Checked { get; set; }

        public void Add(Tally other)
        {
            Files += other.Files;
            Commands += other.Commands;
            Unreadable += other.Unreadable;
            Foreign += other.Foreign;
            LeftOut += other.LeftOut;
            Refused += other.Refused;
            Checked += other.Checked;
        }

        public override string ToString() =>
            $"{name}: {Commands} commands, {Commands - Foreign - Unreadable} in menus of ours, {Foreign} of other menus, {Unreadable} unreadable; " +
            $"{Refused} refused, {LeftOut} properties left out, {Checked} items looked up";
    }
}
