using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Storage;

namespace SstpRouter.RouterOs.Tests.Storage;

public class StoreRulesTests
{
    [Fact]
    public void Names_of_interfaces_are_unique_over_all_kinds_and_the_running_system()
    {
        using var router = TestRouter.InMemory();
        router["interface"].State = new FakeState(router["interface"]).Add(0xF00001, "ether1");
        router.Run("/interface sstp-client add name=a connect-to=h user=u");

        Assert.Equal("failure: already have interface with such name", router.Refusal("/interface sstp-client add name=a connect-to=h user=u"));
        Assert.Equal("failure: already have interface with such name", router.Refusal("/interface sstp-client add name=ether1 connect-to=h user=u"));
    }

    [Fact]
    public void A_duplicate_name_in_other_menus_has_the_general_text()
    {
        using var router = TestRouter.InMemory();
        router.Run("/ppp secret add name=alice");

        Assert.Equal("failure: item with such name already exists", router.Refusal("/ppp secret add name=alice"));
        router.Run("/ppp secret add name=bob");
        Assert.Equal("failure: item with such name already exists", router.Refusal("/ppp secret set bob name=alice"));
    }

    [Fact]
    public void References_follow_a_rename()
    {
        using var router = TestRouter.InMemory();
        router.Run("/ip pool add name=lan ranges=10.0.0.2-10.0.0.9\n/ppp profile add name=branch local-address=lan\n/ppp secret add name=alice profile=branch remote-address=lan");

        router.Run("/ip pool set lan name=office\n/ppp profile set branch name=site");

        Assert.Equal("office", router.Named("ppp/profile", "site")["local-address"]!.ToText());
        Assert.Equal("site", router.Named("ppp/secret", "alice")["profile"]!.ToText());
        Assert.Equal("office", router.Named("ppp/secret", "alice")["remote-address"]!.ToText());
    }

    [Fact]
    public void A_rename_of_an_interface_is_followed_through_the_menu_of_all_interfaces()
    {
        using var router = TestRouter.InMemory();
        router["interface"].State = new FakeState(router["interface"]);
        router.Run("/interface sstp-client add name=wan connect-to=h user=u\n/ip address add address=10.0.0.1/24 interface=wan");

        router.Run("/interface sstp-client set wan name=uplink");

        Assert.Equal("uplink", router.Store.Current.Items(router["ip/address"])[0]["interface"]!.ToText());
    }

    [Fact]
    public void An_item_in_use_is_not_removed_and_the_refusal_says_by_whom()
    {
        using var router = TestRouter.InMemory();
        router.Run("/ppp profile add name=branch\n/ppp secret add name=alice profile=branch");

        Assert.Equal(
            "failure: ppp profile <branch> is used by /ppp secret <alice> profile, change that first",
            router.Refusal("/ppp profile remove branch"));

        router.Run("/ppp secret remove alice\n/ppp profile remove branch");
        Assert.Equal("default default-encryption", router.Names("ppp/profile"));
    }

    [Fact]
    public void Built_in_items_can_be_changed_but_neither_removed_nor_renamed()
    {
        using var router = TestRouter.InMemory();

        router.Run("/ppp profile set default idle-timeout=5m");

        Assert.Equal("failure: can not remove default profile", router.Refusal("/ppp profile remove default"));
        Assert.Equal("failure: can not rename default profile", router.Refusal("/ppp profile set *FFFFFFFE name=x"));
        Assert.Equal("00:05:00", router.Named("ppp/profile", "default")["idle-timeout"]!.ToText());
    }

    [Fact]
    public void What_is_not_built_yet_is_refused_unless_it_is_the_default()
    {
        using var router = TestRouter.InMemory();

        router.Run("/interface sstp-client add connect-to=h user=u mrru=disabled");

        Assert.Equal("failure: mrru is not supported yet", router.Refusal("/interface sstp-client set 0 mrru=1600"));
    }

    [Fact]
    public void A_menus_own_check_sees_the_whole_item()
    {
        using var router = TestRouter.InMemory();
        Assert.Equal("failure: an address needs a length", router.Refusal("/ip address add address=0.0.0.0/0 interface=any"));
        Assert.Empty(router.Store.Current.Items(router["ip/address"]));
    }

    [Fact]
    public void A_refusal_leaves_everything_as_it_was()
    {
        using var router = TestRouter.InMemory();
        router.Run("/ppp secret add name=alice\n/ppp secret add name=bob");
        StoreSnapshot before = router.Store.Current;

        router.Refusal("/ppp secret set alice,bob name=carol");

        Assert.Same(before, router.Store.Current);
    }

    [Fact]
    public void Subscribers_are_asked_before_and_told_after_and_may_refuse()
    {
        using var router = TestRouter.InMemory();
        var subscriber = new Subscriber();
        StoreSnapshot start = router.Store.Subscribe(subscriber);
        Assert.Same(router.Store.Current, start);

        router.Run("/ppp secret add name=alice");
        subscriber.Refuses = true;
        string refusal = router.Refusal("/ppp secret add name=bob");

        Assert.Equal("failure: no", refusal);
        Assert.Equal(["prepare alice", "apply alice", "prepare bob"], subscriber.Heard);
        Assert.Equal("alice", router.Names("ppp/secret"));
    }

    [Fact]
    public void A_change_that_changes_nothing_is_not_told()
    {
        using var router = TestRouter.InMemory();
        var subscriber = new Subscriber();
        router.Run("/ppp secret add name=alice");
        router.Store.Subscribe(subscriber);

        router.Run("/ppp secret set alice name=alice");

        Assert.Empty(subscriber.Heard);
    }

    [Fact]
    public void A_subscriber_that_fails_keeps_no_other_from_hearing()
    {
        using var router = TestRouter.InMemory();
        var second = new Subscriber();
        router.Store.Subscribe(new Subscriber { Fails = true });
        router.Store.Subscribe(second);

        Assert.Throws<NotSupportedException>(() => router.Run("/ppp secret add name=alice"));

        Assert.Contains("apply alice", second.Heard);
    }

    [Fact]
    public void A_transaction_within_a_transaction_is_a_mistake_of_the_program()
    {
        using var router = TestRouter.InMemory();
        Assert.Throws<InvalidOperationException>(() => router.Store.Commit(_ => router.Store.Commit(_ => { })));
        router.Run("/ppp secret add name=alice");
    }

    [Fact]
    public void An_id_is_never_given_twice()
    {
        using var router = TestRouter.InMemory();
        router.Run("/ppp secret add name=a\n/ppp secret add name=b\n/ppp secret remove b\n/ppp secret add name=c");
        Assert.Equal([1UL, 3UL], router.Store.Current.Items(router["ppp/secret"]).Select(i => i.Id));
    }

    private sealed class Subscriber : IStoreSubscriber
    {
        public List<string> Heard { get; } = [];

        public bool Refuses { get; set; }

        public bool Fails { get; set; }

        public void Prepare(IReadOnlyList<ItemChange> changes, StoreSnapshot after)
        {
            Heard.Add("prepare " + changes[0].After!["name"]);
            if (Refuses)
            {
                throw ScriptError.Failure("no");
            }
        }

        public void Apply(IReadOnlyList<ItemChange> changes, StoreSnapshot after)
        {
            Heard.Add("apply " + changes[0].After!["name"]);
            if (Fails)
            {
                throw new NotSupportedException();
            }
        }
    }
}
