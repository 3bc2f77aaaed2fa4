using System.Text;
using SstpRouter.RouterOs.Menus;
using SstpRouter.RouterOs.Printing;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;
using SstpRouter.RouterOs.Tests.Golden;
using SstpRouter.RouterOs.Values;
using SstpRouter.RouterOs.Verbs;

namespace SstpRouter.RouterOs.Tests.Menus;

/// <summary>What holds for all menus.</summary>
public class MenuTreeTests
{
    private static readonly Menu Root = RouterMenus.Build();

    public static TheoryData<string> Paths => [.. Root.SelfAndDescendants().Where(m => m.Kind != MenuKind.Container).Select(m => m.Path)];

    [Fact]
    public void The_tree_with_its_types_and_defaults_is_the_one_that_is_documented()
    {
        var text = new StringBuilder();
        foreach (Menu menu in Root.SelfAndDescendants())
        {
            text.Append(menu.Path).Append('\n');
            foreach (MenuCommand command in menu.Commands)
            {
                text.Append($"    {command.Name}({string.Join(' ', command.Arguments.Select(a => a.Name))})\n");
            }

            foreach (Property property in menu.Properties)
            {
                text.Append($"    {property.Name}: {property.Type.Syntax}{Traits(property)}\n");
            }
        }

        GoldenScreen.Check("menus", text.ToString());
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Defaults_are_of_the_type_and_come_back_as_they_are_written(string path)
    {
        foreach (Property property in Root.Find(path)!.Properties.Where(p => p.Default is not null))
        {
            string written = property.Type.Format(property.Default!);

            Assert.Equal(property.Default, property.Type.Parse(Value.Of(written), property.Name, new AnyName()));
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Columns_counters_and_built_in_values_name_properties(string path)
    {
        Menu menu = Root.Find(path)!;

        Assert.All(menu.TableColumns.Concat(menu.StatsColumns), name => Assert.NotNull(menu.Property(name)));
        Assert.All(menu.BuiltIns.SelectMany(b => b.Values.Keys), name => Assert.NotNull(menu.Property(name)));
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Names_of_properties_and_letters_of_flags_occur_once(string path)
    {
        Menu menu = Root.Find(path)!;

        Assert.Distinct(menu.Properties.Select(p => p.Name));
        Assert.Distinct(menu.Flags.Select(f => f.Letter));
    }

    [Fact]
    public void Every_menu_command_argument_and_property_has_one_line_of_help()
    {
        Menu root = RouterMenus.Build();
        using var store = ConfigurationStore.InMemory(root);
        StandardVerbs.Attach(root, store);
        PrintVerb.Attach(root, store);

        foreach (Menu menu in root.SelfAndDescendants())
        {
            AssertIsHelp(menu.Path, menu.Description);
            Assert.All(menu.Properties, p => AssertIsHelp($"{menu.Path} {p.Name}", p.Description));
            foreach (MenuCommand command in menu.Commands)
            {
                AssertIsHelp($"{menu.Path} {command.Name}", command.Description);
                Assert.All(command.Arguments, a => AssertIsHelp($"{menu.Path} {command.Name} {a.Name}", a.Description));
            }
        }
    }

    [Fact]
    public void A_tree_is_built_anew_each_time() => Assert.NotSame(RouterMenus.Build().Find("log"), RouterMenus.Build().Find("log"));

    [Fact]
    public void An_export_names_things_before_it_refers_to_them()
    {
        Assert.True(Rank("ip/pool") < Rank("ppp/secret"));
        Assert.True(Rank("ppp/profile") < Rank("interface/sstp-client"));
        Assert.True(Rank("interface/sstp-client") < Rank("ip/address"));
        Assert.True(Rank("ppp/profile") < Rank("interface/sstp-server/server"));

        static int Rank(string path) => Root.Find(path)!.ExportRank;
    }

    // As RouterOS writes it behind "name -- ": a capital, no full stop, nothing that could break the line.
    private static void AssertIsHelp(string what, string text) => Assert.True(
        text.Length is > 2 and < 120 && !char.IsLower(text[0]) && text[^1] != '.' && !text.Any(char.IsControl),
        $"{what} -- {text}");

    private static string Traits(Property property)
    {
        var text = new StringBuilder();
        if (property.Default is { } value)
        {
            text.Append(" = ").Append(property.Type.Format(value) is { Length: > 0 } written ? written : "\"\"");
        }

        Append(property.IsRequired, "required");
        Append(property.IsReadOnly, "state");
        Append(property.IsSensitive, "sensitive");
        Append(property.IsUnsettable, "may be unset");
        Append(property.OnlyDefaultSupported, "not built yet");
        return text.ToString();

        void Append(bool holds, string word) => text.Append(holds ? $" [{word}]" : "");
    }

    private sealed class AnyName : IReferenceScope
    {
        public IEnumerable<string> NamesOf(string menuPath) => ["default"];

        public bool IsComplete(string menuPath) => true;
    }
}
