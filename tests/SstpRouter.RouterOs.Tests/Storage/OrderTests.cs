using SstpRouter.RouterOs.Storage;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Tests.Storage;

public class OrderTests
{
    [Fact]
    public void Items_are_put_in_front_of_others_and_moved_and_the_order_is_read_back()
    {
        var random = new Random(7);
        using var folder = new StateFolder();
        for (int round = 0; round < 12; round++)
        {
            using var router = TestRouter.On(folder);
            Assert.Empty(router.Store.Notices);
            for (int i = 0; i < 8; i++)
            {
                string[] before = [.. router.Names("ppp/secret").Split(' ', StringSplitOptions.RemoveEmptyEntries)];
                string name = $"r{round}i{i}";
                ulong[] ids = [.. router.Store.Current.Items(router["ppp/secret"]).Select(s => s.Id)];
                ulong? place = ids.Length == 0 || random.Next(3) == 0 ? null : ids[random.Next(ids.Length)];
                var expected = before.ToList();
                router.Store.Commit(draft =>
                {
                    draft.Add(router["ppp/secret"], [KeyValuePair.Create("name", Value.Of(name))], place);
                    expected.Insert(place is null ? expected.Count : Array.IndexOf(ids, place.Value), name);
                    if (ids.Length > 2)
                    {
                        int moved = random.Next(ids.Length);
                        int to = random.Next(ids.Length);
                        draft.Move(router["ppp/secret"], ids[moved], ids[to]);
                        if (moved != to)
                        {
                            expected.Remove(before[moved]);
                            expected.Insert(expected.IndexOf(before[to]), before[moved]);
                        }
                    }
                });
                Assert.Equal(expected, router.Names("ppp/secret").Split(' '));
            }

            if (round % 3 == 2)
            {
                router.Store.Import("nothing", "", router); // the next round reads a snapshot
            }
        }
    }

    [Fact]
    public void Built_in_items_keep_the_place_that_they_were_moved_to()
    {
        using var folder = new StateFolder();
        using (var router = TestRouter.On(folder))
        {
            router.Run("/ppp profile add name=x\n/ppp profile add name=y");
            router.Store.Commit(draft => draft.Move(router["ppp/profile"], 0, before: 2));
            Assert.Equal("default-encryption x default y", router.Names("ppp/profile"));
            router.Store.Import("nothing", "", router);
        }

        using var again = TestRouter.On(folder);
        Assert.Empty(again.Store.Notices);
        Assert.Equal("default-encryption x default y", again.Names("ppp/profile"));
    }

    [Fact]
    public void A_transaction_in_which_two_items_exchange_their_names_is_read_back()
    {
        using var folder = new StateFolder();
        using (var router = TestRouter.On(folder))
        {
            router.Run("/ppp secret add name=a\n/ppp secret add name=b");
            StoreSnapshot before = router.Store.Current;
            router.Run("/ppp secret set a name=c\n/ppp secret set b name=a\n/ppp secret set c name=b");
            router.Store.Restore(before);
            Assert.Equal("a b", router.Names("ppp/secret"));
        }

        using var again = TestRouter.On(folder);
        Assert.Empty(again.Store.Notices);
        Assert.Equal("a b", again.Names("ppp/secret"));
    }

    [Fact]
    public void Places_are_found_however_often_something_comes_in_between()
    {
        ItemList list = ItemList.Empty;
        using var router = TestRouter.InMemory();
        for (ulong id = 1; id <= 300; id++)
        {
            list = list.Add(new Item(router["ppp/secret"], id, System.Collections.Immutable.ImmutableDictionary<string, Value>.Empty), id == 1 ? null : 1);
        }

        Assert.Equal([.. Enumerable.Range(2, 299).Select(i => (ulong)i), 1UL], list.Items.Select(i => i.Id));
        Assert.Equal(298, list.IndexOf(300));
    }
}
