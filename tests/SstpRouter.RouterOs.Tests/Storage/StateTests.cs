using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;

namespace SstpRouter.RouterOs.Tests.Storage;

public class StateTests
{
    [Fact]
    public void What_was_confirmed_is_there_after_a_restart_with_its_ids_and_order()
    {
        using var folder = new StateFolder();
        using (var router = TestRouter.On(folder))
        {
            Assert.True(router.Store.IsEmpty);
            router.Run("/ppp secret add name=alice password=\"a b\\\"\\$\\n\" service=sstp\n/ppp secret add name=bob\n/ppp secret add name=carol");
            router.Run("/ppp secret remove bob\n/ppp secret set alice remote-address=10.0.0.5 comment=hello\n/ppp profile set default idle-timeout=5m");
            router.Run("/system identity set name=hq\n/ppp secret set alice !remote-address");
        }

        using var again = TestRouter.On(folder);

        Assert.False(again.Store.IsEmpty);
        Assert.Empty(again.Store.Notices);
        Assert.Equal("alice carol", again.Names("ppp/secret"));
        Assert.Equal([1UL, 3UL], again.Store.Current.Items(again["ppp/secret"]).Select(i => i.Id));
        Assert.Equal("a b\"$\n", again.Named("ppp/secret", "alice")["password"]!.ToText());
        Assert.Null(again.Named("ppp/secret", "alice")["remote-address"]);
        Assert.Equal("hq", again.Store.Current.Settings(again["system/identity"])["name"]!.ToText());
        Assert.Equal("00:05:00", again.Named("ppp/profile", "default")["idle-timeout"]!.ToText());
    }

    [Fact]
    public void The_journal_holds_what_a_command_did_and_a_closing_line()
    {
        using var folder = new StateFolder();
        using (var router = TestRouter.On(folder))
        {
            router.Run("/ppp secret add name=alice\n/ppp secret add name=bob\n/ppp secret set 0,1 comment=\"x y\"");
        }

        string[] lines = folder.Read("journal-0.rsc").Split('\n');

        Assert.Equal("#. form 1", lines[0]);
        lines = lines[1..];
        Assert.Equal("/ppp secret add .id=*1 name=alice", lines[0]);
        Assert.StartsWith("#. commit ", lines[1]);
        Assert.Equal("/ppp secret add .id=*2 name=bob", lines[2]);
        Assert.Equal(["/ppp secret set *1 comment=\"x y\"", "/ppp secret set *2 comment=\"x y\""], lines[4..6]);
    }

    [Fact]
    public void An_unset_value_and_a_rename_are_read_back_as_they_became()
    {
        using var folder = new StateFolder();
        using (var router = TestRouter.On(folder))
        {
            router.Run("/ppp profile add name=branch\n/ppp secret add name=alice profile=branch\n/ppp profile set branch name=site");
        }

        using var again = TestRouter.On(folder);
        Assert.Equal("site", again.Named("ppp/secret", "alice")["profile"]!.ToText());
    }

    [Fact]
    public void Files_are_for_their_owner_only()
    {
        using var parent = new StateFolder();
        string state = parent["state"];
        Menu root = TestMenus.Build();
        using (var store = ConfigurationStore.Open(state, root))
        {
            store.Commit(draft => draft.Replace(draft.Snapshot.Settings(root.Find("system/identity")!) with { Values = Named("x") }));
        }

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(state));
        Assert.All(Directory.GetFiles(state), f => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(f)));
    }

    [Fact]
    public void Only_one_process_uses_a_directory()
    {
        using var folder = new StateFolder();
        using var first = TestRouter.On(folder);

        var error = Assert.Throws<IOException>(() => TestRouter.On(folder));

        Assert.Contains("is used by another router", error.Message);
    }

    [Fact]
    public void A_long_journal_becomes_a_snapshot_and_ids_are_still_never_given_twice()
    {
        using var folder = new StateFolder();
        using (var router = TestRouter.On(folder))
        {
            string comment = new('x', 60_000);
            router.Run("/ppp secret add name=gone\n/ppp secret remove gone");
            for (int i = 0; i < 6; i++)
            {
                router.Run($"/ppp secret add name=u{i} comment={comment}");
            }
        }

        Assert.Contains("config.rsc", folder.Files());
        Assert.StartsWith("#. generation 1\n#. form 1\n#. next-id *", folder.Read("config.rsc"));

        using var again = TestRouter.On(folder);
        Assert.Empty(again.Store.Notices);
        Assert.Equal("u0 u1 u2 u3 u4 u5", again.Names("ppp/secret"));
        again.Run("/ppp secret remove u5\n/ppp secret add name=new");
        Assert.Equal(8UL, again.Named("ppp/secret", "new").Id);
    }

    [Fact]
    public void An_import_is_saved_as_a_whole_and_keeps_its_bad_lines()
    {
        using var folder = new StateFolder();
        using (var router = TestRouter.On(folder))
        {
            var rejected = router.Store.Import("first.rsc", "# head\n/ppp secret\nadd name=alice\nadd nmae=bob password=x\n/system identity set name=hq\n", router);

            Assert.Equal(
                [
                    "first.rsc line 4 column 5: expected end of command: /ppp secret has no property nmae, it was left out",
                    "first.rsc line 4 column 1: missing value(s) of argument(s) name",
                ],
                rejected.Lines());
            Assert.Equal("first.rsc: 3 of 4 commands have effect; 1 property(s) left out, 1 refused", rejected.Summary());
            Assert.All(rejected, n => Assert.Equal("/ppp secret\nadd nmae=bob password=x", n.Source));
            Assert.Equal("config.rsc config.sum journal-0.rsc journal-1.rsc rejected.rsc", folder.Files());
        }

        using var again = TestRouter.On(folder);
        Assert.Equal("alice", again.Names("ppp/secret"));
        Assert.Equal(2, folder.Read("rejected.rsc").Split("add nmae=bob password=x\n").Length);
        Assert.StartsWith("rejected.rsc line 1: still waits to be mended: first.rsc line 4", again.Store.Notices[0].ToString());
        Assert.False(again.Store.IsEmpty);
    }

    [Fact]
    public void A_snapshot_writes_built_in_items_only_where_they_were_changed()
    {
        using var folder = new StateFolder();
        using (var router = TestRouter.On(folder))
        {
            router.Store.Import("x", "/ppp profile set default-encryption use-ipv6=no", router);
        }

        Assert.Equal("#. generation 1\n#. form 1\n/ppp profile\nset *FFFFFFFE use-ipv6=no\n#. end\n", folder.Read("config.rsc"));
    }

    private static System.Collections.Immutable.ImmutableDictionary<string, Values.Value> Named(string name) =>
        System.Collections.Immutable.ImmutableDictionary<string, Values.Value>.Empty.Add("name", Values.Value.Of(name));
}
