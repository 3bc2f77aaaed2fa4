using SstpRouter.RouterOs.History;
using SstpRouter.RouterOs.Schema;

namespace SstpRouter.RouterOs.Tests.History;

public class UndoTests
{
    [Fact]
    public void Undo_goes_back_action_by_action_and_redo_forward()
    {
        using var desk = new HistoryDesk();
        desk.Type("/ppp secret add name=a\n/ppp secret add name=b\n/ppp secret set a,b comment=x\n/ppp secret remove a");
        string[] states = ["*1:a: *2:b:", "*1:a:x *2:b:x", "*2:b:x"];

        Assert.Equal(states[2], desk.Secrets());
        desk.Type("/undo");
        Assert.Equal(states[1], desk.Secrets());
        desk.Type("/undo");
        Assert.Equal(states[0], desk.Secrets());
        desk.Type("/undo\n/undo");
        Assert.Equal("", desk.Secrets());
        Assert.Equal("failure: nothing to undo", desk.Refused("/undo"));
        desk.Type("/redo\n/redo");
        Assert.Equal(states[0], desk.Secrets());
        desk.Type("/redo\n/redo");
        Assert.Equal(states[2], desk.Secrets());
        Assert.Equal("failure: nothing to redo", desk.Refused("/redo"));
    }

    [Fact]
    public void A_new_action_ends_what_could_be_done_again()
    {
        using var desk = new HistoryDesk();
        desk.Type("/ppp secret add name=a\n/undo\n/ppp secret add name=b");

        Assert.Equal("failure: nothing to redo", desk.Refused("/redo"));
        Assert.Equal("*2:b:", desk.Secrets());
    }

    [Fact]
    public void Actions_that_touched_many_items_are_forgotten_earlier_but_never_the_newest()
    {
        using var desk = new HistoryDesk();
        int users = ChangeStack.MostChanges / 3;
        desk.Type($":for n from=1 to={users} do={{/ppp secret add name=$n}}");
        desk.Type("/ppp secret set [find] comment=a\n/ppp secret set [find] comment=b\n/ppp secret set [find] comment=c\n/ppp secret set [find] comment=d");

        desk.Type("/undo\n/undo\n/undo");
        Assert.Equal("failure: nothing to undo", desk.Refused("/undo"));
        Assert.StartsWith("*1:1:a ", desk.Secrets(), StringComparison.Ordinal);

        desk.Type($":for n from=1 to={users * 3} do={{/ppp secret add name=\"more$n\"}}\n/ppp secret set [find] comment=e\n/undo");
        Assert.StartsWith("*1:1:a ", desk.Secrets(), StringComparison.Ordinal);
        Assert.Equal("failure: nothing to undo", desk.Refused("/undo"));
    }

    [Fact]
    public void Undo_leaves_alone_what_another_has_changed_since()
    {
        using var desk = new HistoryDesk();
        desk.Type("/ppp secret add name=a password=1\n/ppp secret set a comment=x");
        desk.Store.Commit(draft =>
        {
            var item = draft.Snapshot.Items(desk.Root.Find("ppp/secret")!)[0];
            draft.Replace(item with { Values = item.Values.SetItem("password", Values.Value.Of("2")) });
        });

        desk.Type("/undo");

        Assert.Equal("2\n", desk.Type(":put [/ppp secret get a password]"));
        Assert.Equal("*1:a:", desk.Secrets());
    }

    [Fact]
    public void A_rename_is_undone_with_all_that_followed_it()
    {
        using var desk = new HistoryDesk();
        desk.Type("/ppp profile add name=branch\n/ppp secret add name=a profile=branch\n/ppp profile set branch name=site");
        Assert.Equal("site\n", desk.Type(":put [/ppp secret get a profile]"));

        desk.Type("/undo");

        Assert.Equal("branch\n", desk.Type(":put [/ppp secret get a profile]"));
    }

    [Fact]
    public void The_rules_hold_for_an_undo_too()
    {
        using var desk = new HistoryDesk();
        desk.Type("/ppp secret add name=a\n/ppp secret set a name=b");
        desk.Store.Commit(draft => draft.Add(desk.Root.Find("ppp/secret")!, [KeyValuePair.Create("name", Values.Value.Of("a"))]));

        Assert.Equal("failure: secret with the same name already exists", desk.Refused("/undo"));
        Assert.Equal("*1:b: *2:a:", desk.Secrets());
    }

    [Fact]
    public void The_history_is_printed_as_the_manual_shows_it()
    {
        using var desk = new HistoryDesk();
        desk.Type("/ip pool add name=p ranges=10.0.0.2-10.0.0.9\n/ppp secret add name=alice password=secret\n/system identity set name=hq\n/undo");

        Assert.Equal(
            """
            Flags: U - UNDOABLE, R - REDOABLE
            Columns: ACTION, BY, POLICY, TIME
              ACTION                    BY     POLICY  TIME
            R system identity changed   admin  write   2026-06-10 14:48:17
            U ppp secret <alice> added  admin  write   2026-06-10 14:48:17
            U pool <p> added            admin  write   2026-06-10 14:48:17

            """,
            desk.Type("/system history print"));
        Assert.Equal(
            """
            Flags: U - undoable, R - redoable, F - floating-undo
               R redo=/system/identity/set name=hq
                 undo=/system/identity/set name=MikroTik action="system identity changed"
                 by="admin" policy=write time=2026-06-10 14:48:17

               U redo=/ppp/secret/add name=alice password=*****
                 undo=/ppp/secret/remove *1 action="ppp secret <alice> added" by="admin"
                 policy=write time=2026-06-10 14:48:17

               U redo=/ip/pool/add name=p ranges=10.0.0.2-10.0.0.9
                 undo=/ip/pool/remove *1 action="pool <p> added" by="admin" policy=write
                 time=2026-06-10 14:48:17

            """,
            desk.Type("/system history print detail"));
    }

    [Fact]
    public void The_history_keeps_the_last_hundred()
    {
        using var desk = new HistoryDesk();
        for (int i = 0; i < 103; i++)
        {
            desk.Type($"/ppp secret add name=u{i}");
        }

        Assert.Equal("100\n", desk.Type("/system history print count-only"));
    }

    [Fact]
    public void The_log_tells_who_did_what()
    {
        using var desk = new HistoryDesk();
        desk.Type("/ppp secret add name=alice\n/ppp secret set alice comment=x\n/ppp secret remove alice\n/undo");
        desk.Type("/ip pool add ranges=10.0.0.2", desk.User("bob"));

        Assert.Equal(
            [
                "ppp secret <alice> added by admin", "ppp secret <alice> changed by admin", "ppp secret <alice> removed by admin",
                "ppp secret <alice> removed: undone by admin", "pool <pool1> added by bob",
            ],
            desk.Messages);
        Assert.All(desk.Log.Lines, l => Assert.Equal("system,info", l.Topics));
    }

    [Fact]
    public void What_one_may_not_do_one_may_not_undo()
    {
        using var desk = new HistoryDesk();
        desk.Type("/ppp secret add name=a");

        Assert.Equal("not enough permissions (9)", desk.Refused("/undo", desk.User("guest", Policies.Read)));
    }

    [Fact]
    public void An_import_is_no_action()
    {
        using var desk = new HistoryDesk();
        desk.Store.Import("x", "/ppp secret add name=a", desk.Admin);

        Assert.Equal("0\n", desk.Type("/system history print count-only"));
    }
}
