using System.Collections.Immutable;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;
using SstpRouter.RouterOs.Tests.Storage;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Tests.Verbs;

public class ItemVerbsTests
{
    [Fact]
    public void Add_returns_the_id_and_makes_up_the_lowest_free_name()
    {
        using var router = TestRouter.InMemory();

        Assert.Equal("*1", router.Run("/interface sstp-client add connect-to=h user=u").ToText());
        router.Run("/interface sstp-client add connect-to=h user=u name=sstp-out3");
        router.Run("/interface sstp-client add connect-to=h user=u");
        router.Run("/interface sstp-client add connect-to=h user=u");

        Assert.Equal("sstp-out1 sstp-out3 sstp-out2 sstp-out4", router.Names("interface/sstp-client"));
    }

    [Fact]
    public void Add_gives_what_only_add_gives()
    {
        using var router = TestRouter.InMemory();
        router.Run("/interface sstp-client add connect-to=h user=u");
        router.Run("/interface sstp-client add connect-to=h user=u disabled=no");

        Assert.Equal(["true", "false"], router.Store.Current.Items(router["interface/sstp-client"]).Select(i => i["disabled"]!.ToText()));
    }

    [Theory]
    [InlineData("/interface sstp-client add", "missing value(s) of argument(s) connect-to user")]
    [InlineData("/interface sstp-client add user=u", "missing value(s) of argument(s) connect-to")]
    [InlineData("/interface sstp-client add connect-to=h user=u port=0", "value of port out of range (1..65535)")]
    [InlineData("/interface sstp-client add connect-to=h user=u profile=x", "input does not match any value of profile")]
    [InlineData("/interface sstp-client add connect-to=h user=u running=yes", "expected end of command")]
    [InlineData("/interface sstp-client add connect-to=h user=u !port", "value of port can not be unset")]
    [InlineData("/ppp secret set name=x", "expected item id")]
    [InlineData("/ppp secret set \"\" name=x", "expected item id")]
    [InlineData("/ppp secret set nobody name=x", "no such item")]
    [InlineData("/ppp secret remove 7", "no such item")]
    [InlineData("/ppp secret remove *7", "no such item")]
    [InlineData("/ppp secret remove alice,nobody", "no such item")]
    [InlineData("/ppp secret unset alice name", "input does not match any value of value-name")]
    [InlineData("/ppp secret get alice nonsense", "input does not match any value of value-name")]
    public void A_bad_command_gets_the_routers_words_and_changes_nothing(string command, string text)
    {
        using var router = TestRouter.InMemory();
        router.Run("/ppp secret add name=alice");
        StoreSnapshot before = router.Store.Current;

        Assert.Equal(text, router.Refusal(command));
        Assert.Same(before, router.Store.Current);
    }

    [Theory]
    [InlineData("1", "b")]
    [InlineData("0,2", "a c")]
    [InlineData("*2", "b")]
    [InlineData("b", "b")]
    [InlineData("c,a", "a c")]
    [InlineData("\"b,c\"", "b,c")]
    [InlineData("[find name=b]", "b")]
    [InlineData("[find where name~\"^[ab]\\$\"]", "a b")]
    [InlineData("[find]", "a b c b,c")]
    [InlineData("[find name=nobody]", "")]
    public void Items_are_meant_by_number_id_name_list_and_search(string numbers, string meant)
    {
        using var router = TestRouter.InMemory();
        router.Run("/ppp secret\nadd name=a\nadd name=b\nadd name=c\nadd name=\"b,c\"");

        router.Run($"/ppp secret comment {numbers} seen");

        Assert.Equal(meant, string.Join(' ', router.Store.Current.Items(router["ppp/secret"])
            .Where(i => i["comment"] is not null).Select(i => i["name"]!.ToText())));
    }

    [Fact]
    public void Numbers_are_those_of_the_last_print_whatever_came_and_went()
    {
        using var router = TestRouter.InMemory();
        router.Run("/ppp secret\nadd name=a\nadd name=b\nadd name=c");
        router.Numbers.Remember(router["ppp/secret"], [1, 2, 3]);
        router.Run("/ppp secret remove 0");

        router.Run("/ppp secret set 1 comment=x");

        Assert.Equal("x", router.Named("ppp/secret", "b")["comment"]!.ToText());
        Assert.Equal("no such item", router.Refusal("/ppp secret set 0 comment=x"));
    }

    [Fact]
    public void Set_with_an_empty_search_does_nothing()
    {
        using var router = TestRouter.InMemory();
        StoreSnapshot before = router.Store.Current;
        router.Run("/ppp secret set [find name=nobody] comment=x; /ppp secret remove [find]");
        Assert.Same(before, router.Store.Current);
    }

    [Fact]
    public void Values_are_taken_away_by_unset_by_negation_and_by_an_empty_text()
    {
        using var router = TestRouter.InMemory();
        router.Run("/ppp secret add name=a remote-address=10.0.0.5 comment=x; /ppp secret add name=b remote-address=10.0.0.6");

        router.Run("/ppp secret unset a remote-address; /ppp secret set b !remote-address; /ppp secret set a comment=\"\"");

        Assert.All(router.Store.Current.Items(router["ppp/secret"]), i => Assert.Null(i["remote-address"]));
        Assert.False(router.Named("ppp/secret", "a").IsSet("comment"));
    }

    [Fact]
    public void Enable_and_disable_take_several_items()
    {
        using var router = TestRouter.InMemory();
        router.Run("/ppp secret add name=a; /ppp secret add name=b");

        router.Run("/ppp secret disable a,b; /ppp secret enable 1");

        Assert.Equal([Value.Of(true), Value.Of(false)], router.Store.Current.Items(router["ppp/secret"]).Select(i => i["disabled"]));
    }

    [Fact]
    public void Dynamic_items_are_removed_only_where_the_running_system_allows_it()
    {
        using var router = TestRouter.InMemory();
        var state = new FakeState(router["interface"]).Add(0xF00001, "<sstp-alice>").Add(0xF00002, "<sstp-bob>");
        state.Removable.Add(0xF00001);
        router["interface"].State = state;

        router.Run("/interface remove [find name=\"<sstp-alice>\"]");

        Assert.Equal("<sstp-bob>", Assert.Single(state.Rows)["name"]!.ToText());
        Assert.Equal("failure: can not remove dynamic item", router.Refusal("/interface remove 0"));
    }

    [Fact]
    public void A_dynamic_item_is_not_changed()
    {
        using var router = TestRouter.InMemory();
        router["ppp/secret"].State = new FakeState(router["ppp/secret"]).Add(0xF00001, "guest");
        Assert.Equal("failure: can not change dynamic secret", router.Refusal("/ppp secret set guest comment=x"));
    }

    [Fact]
    public void Get_gives_one_value_or_all()
    {
        using var router = TestRouter.InMemory();
        router.Run("/ppp secret add name=a remote-address=10.0.0.5");

        Assert.Equal("10.0.0.5", router.Run("/ppp secret get a remote-address").ToText());
        Assert.Equal("a", router.Run("/ppp secret get [find] value-name=name").ToText());
        Assert.Equal("any", router.Run("/ppp secret get 0 service").ToText());
        Assert.Equal(Value.Nothing, router.Run("/ppp secret get 0 comment"));
        Assert.Equal("MikroTik", router.Run("/system identity get name").ToText());
        Assert.Equal(Value.Of(false), router.Run("/interface sstp-client; add connect-to=h user=u; get 0 running"));
        Assert.Equal(
            ".id=*1;disabled=false;name=a;password=;profile=default;remote-address=10.0.0.5;service=any",
            router.Run("/ppp secret get a").ToText());
        Assert.Equal("name=MikroTik", router.Run("/system identity get").ToText());
    }

    [Fact]
    public void Get_of_several_items_is_refused()
    {
        using var router = TestRouter.InMemory();
        Assert.Equal("invalid internal item number", router.Refusal("/ppp profile get 0,1 name"));
    }

    [Fact]
    public void A_menu_has_the_commands_that_its_content_calls_for()
    {
        using var router = TestRouter.InMemory();

        Assert.Equal("add comment disable edit enable export find get remove reset set unset", Commands("ppp/secret"));
        Assert.Equal("edit export get set", Commands("system/identity"));
        Assert.Equal("disable enable export find get remove set", Commands("interface"));
        Assert.Equal("export", Commands("ppp"));

        string Commands(string path) => string.Join(' ', router[path].Commands.Select(c => c.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_new_item_takes_from_another_what_was_not_given_but_for_its_name()
    {
        using var router = TestRouter.InMemory();
        router.Run("/interface sstp-client add connect-to=a.example user=u password=p disabled=no comment=first; /ppp secret add name=alice service=sstp");

        router.Run("/interface sstp-client add copy-from=sstp-out1 user=v");
        Assert.Equal("missing value(s) of argument(s) name", router.Refusal("/ppp secret add copy-from=alice"));
        Assert.Equal("no such item", router.Refusal("/ppp secret add name=bob copy-from=carol"));

        Item copy = router.Named("interface/sstp-client", "sstp-out2");
        Assert.Equal("a.example v p false first", $"{copy["connect-to"]} {copy["user"]} {copy["password"]} {copy["disabled"]} {copy["comment"]}");
    }

    [Fact]
    public void Reset_brings_back_what_a_new_item_has()
    {
        using var router = TestRouter.InMemory();
        router.Run("/interface sstp-client add connect-to=a.example user=u port=444 disabled=no; /ppp profile set default use-ipv6=no idle-timeout=5m");

        router.Run("/interface sstp-client reset sstp-out1 port disabled; /ppp profile reset default use-ipv6 idle-timeout");

        Item client = router.Named("interface/sstp-client", "sstp-out1");
        Assert.Equal("443 true", $"{client["port"]} {client["disabled"]}");
        Assert.Equal("true", router.Named("ppp/profile", "default")["use-ipv6"]!.ToText());
        Assert.Null(router.Named("ppp/profile", "default")["idle-timeout"]);
        Assert.Equal("value of connect-to can not be unset", router.Refusal("/interface sstp-client reset sstp-out1 connect-to"));
        Assert.Equal("failure: name the properties to reset", router.Refusal("/interface sstp-client reset sstp-out1"));
    }

    [Fact]
    public void Get_returns_text_where_it_is_asked_for()
    {
        using var router = TestRouter.InMemory();
        router.Run("/ppp secret add name=alice disabled=yes");

        Assert.Equal("bool", Type("disabled"));
        Assert.Equal("str", Type("disabled as-string"));
        Assert.Equal(Value.Of("yes"), router.Run("/ppp secret get 0 disabled as-string-value"));
        Assert.Equal("str", Type("as-string"));

        string Type(string what) => router.Run($"/ppp secret get alice {what}").TypeName;
    }

    [Fact]
    public void Interfaces_of_every_kind_are_switched_named_and_commented_in_one_menu()
    {
        using var router = TestRouter.InMemory();
        router.Run("/interface sstp-client add connect-to=a.example user=u");
        ulong id = router.Named("interface/sstp-client", "sstp-out1").Id;
        var state = new FakeState(router["interface"]);
        state.Rows.AddRange([Shown(id, "sstp-out1"), Shown(0x1000001, "ether1")]);
        router["interface"].State = state;

        router.Run("/interface enable sstp-out1; /interface set sstp-out1 name=branch comment=\"to the branch\"");

        Item client = router.Named("interface/sstp-client", "branch");
        Assert.Equal(Value.Of(false), client["disabled"]);
        Assert.Equal("to the branch", client["comment"]!.ToText());
        Assert.Equal("failure: item <ether1> is of the system and can not be changed here", router.Refusal("/interface disable ether1"));

        Row Shown(ulong row, string name) => new(router["interface"], row, ImmutableDictionary<string, Value>.Empty.Add("name", Value.Of(name)), isDynamic: false);
    }

    [Fact]
    public void Nothing_is_edited_without_a_console()
    {
        using var router = TestRouter.InMemory();
        Assert.Equal("this command requires user input", router.Refusal("/ppp profile edit default name"));
        Assert.Equal("this command requires user input", router.Refusal("/system identity edit name"));
    }
}
