using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Tests.Printing;

/// <summary>What the arguments of <c>print</c> choose, return and remember.</summary>
public class PrintArgumentTests
{
    private readonly PrintedMenus _menus = new();

    public PrintArgumentTests()
    {
        _menus.Add("ppp/secret", 5, values: [("name", "alice"), ("service", "sstp")]);
        _menus.Add("ppp/secret", 0x1A, values: [("name", "bob"), ("disabled", "yes")]);
        _menus.Add("ppp/secret", 7, values: [("name", "carol"), ("service", "sstp")]);
    }

    private Menu Secrets => _menus.Root.Find("ppp/secret")!;

    [Fact]
    public void Print_remembers_the_numbers_it_gave_out()
    {
        _menus.Print("ppp/secret");

        Assert.Equal([5, 0x1A, 7], _menus.Numbers.Of(Secrets)!);
    }

    [Fact]
    public void A_condition_numbers_what_it_lets_through()
    {
        (string text, _) = _menus.Run("ppp/secret", row => row["service"]!.ToText() == "sstp", ("terse", null), ("proplist", "name"));

        Assert.Equal("0 name=alice\n1 name=carol\n", text);
        Assert.Equal([5, 7], _menus.Numbers.Of(Secrets)!);
    }

    [Fact]
    public void What_shows_no_numbers_leaves_the_remembered_ones_alone()
    {
        _menus.Print("ppp/secret");

        _menus.Run("ppp/secret", _ => false, ("count-only", null));
        _menus.Run("ppp/secret", _ => false, ("as-value", null));

        Assert.Equal([5, 0x1A, 7], _menus.Numbers.Of(Secrets)!);
    }

    [Fact]
    public void Dynamic_routes_have_no_number_to_remember()
    {
        _menus.Add("ip/route", 1, "A", isDynamic: true, values: [("dst-address", "10.0.0.1/32")]);
        _menus.Add("ip/route", 2, "As", values: [("dst-address", "0.0.0.0/0")]);

        _menus.Print("ip/route");

        Assert.Equal([2], _menus.Numbers.Of(_menus.Root.Find("ip/route")!)!);
    }

    [Fact]
    public void From_shows_items_by_name_id_or_remembered_number()
    {
        _menus.Run("ppp/secret", row => row["service"]!.ToText() == "sstp");

        Assert.Equal("0 name=carol\n", _menus.Print("ppp/secret", ("from", "1"), ("terse", null), ("proplist", "name")));
        Assert.Equal("0 X name=bob\n1   name=alice\n", _menus.Print("ppp/secret", ("from", "*1A,alice"), ("terse", null), ("proplist", "name")));
        Assert.Equal("no such item", Assert.Throws<ScriptError>(() => _menus.Print("ppp/secret", ("from", "nobody"))).Message);
    }

    [Fact]
    public void Count_only_writes_and_returns_the_count()
    {
        (string text, Value result) = _menus.Run("ppp/secret", row => row["disabled"] is BooleanValue { IsTrue: true }, ("count-only", null));

        Assert.Equal("1\n", text);
        Assert.Equal(Value.Of(1), result);
    }

    [Fact]
    public void Show_ids_puts_ids_in_the_place_of_numbers()
    {
        Assert.Equal("*5    name=alice\n*1A X name=bob\n*7    name=carol\n", _menus.Print("ppp/secret", ("show-ids", null), ("terse", null), ("proplist", "name")));
    }

    [Fact]
    public void As_value_returns_the_columns_by_name_in_one_line_and_writes_nothing()
    {
        (string text, Value result) = _menus.Run("ppp/secret", row => row["name"]!.ToText() == "bob", ("as-value", null));

        Assert.Equal("", text);
        Assert.Equal(".id=*1A;caller-id=;name=bob;password=;profile=default;service=any", result.ToText());
    }

    [Fact]
    public void As_value_with_detail_returns_all_properties_with_their_types()
    {
        var rows = (ArrayValue)_menus.Run("ppp/secret", null, ("as-value", null), ("detail", null)).Result;

        var bob = (ArrayValue)rows.Entries[1].Value;
        Assert.Contains(new ArrayEntry("disabled", Value.Of(true)), bob.Entries);
        Assert.Contains(new ArrayEntry("limit-bytes-in", Value.Of(0)), bob.Entries);
        Assert.Equal(bob.Entries.Select(e => e.Key).Order(StringComparer.Ordinal), bob.Entries.Select(e => e.Key));
    }

    [Fact]
    public void As_value_with_stats_returns_the_counters_too()
    {
        _menus.Add("interface", 1, values: [("name", "ether1"), ("type", "ether"), ("rx-byte", "1000")]);

        Assert.Equal(".id=*1;name=ether1;rx-byte=1000;type=ether", _menus.Run("interface", null, ("as-value", null), ("stats", null)).Result.ToText());
    }

    [Fact]
    public void As_value_of_settings_is_one_array()
    {
        (string text, Value result) = _menus.Run("system/identity", null, ("as-value", null));

        Assert.Equal("", text);
        Assert.Equal("name=MikroTik", result.ToText());
    }

    [Fact]
    public void Proplist_takes_flags_and_the_id_too_and_refuses_what_is_not_there()
    {
        Assert.Equal("1 X .id=*1A disabled=yes\n", _menus.Print("ppp/secret", ("terse", null), ("proplist", ".id,disabled")).Split('\n')[1] + "\n");
        var error = Assert.Throws<ScriptError>(() => _menus.Print("ppp/secret", ("proplist", "name,colour")));
        Assert.Equal("input does not match any value of proplist", error.Message);
    }

    [Fact]
    public void Only_menus_with_counters_know_stats()
    {
        Assert.Null(Secrets.Command("print")!.Argument("stats"));
        Assert.NotNull(_menus.Root.Find("interface")!.Command("print")!.Argument("stats"));
    }

    [Fact]
    public void Brief_shows_a_table_where_the_detail_layout_is_usual()
    {
        _menus.AddManualClient();

        Assert.StartsWith("Flags: R - RUNNING\nColumns: NAME, MAX-MTU,", _menus.Print("interface/sstp-client", ("brief", null)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_flag_that_was_given_as_no_is_not_given()
    {
        Assert.StartsWith("Columns", _menus.Run("ppp/secret", row => row["disabled"] is BooleanValue { IsTrue: false }).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Columns", _menus.Print("ppp/secret", ("detail", null)));
    }

    [Fact]
    public void A_menu_that_has_a_print_of_its_own_keeps_it()
    {
        Menu menu = new Menu("x", MenuKind.Items, "x").Add(new MenuCommand("print", "its own"));

        SstpRouter.RouterOs.Printing.PrintVerb.Attach(menu, _ => []);

        Assert.Equal("its own", menu.Command("print")!.Description);
    }
}
