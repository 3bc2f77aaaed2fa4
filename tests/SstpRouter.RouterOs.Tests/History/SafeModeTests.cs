using SstpRouter.RouterOs.History;
using SstpRouter.RouterOs.Interpretation;
using SstpRouter.RouterOs.Tests.Storage;

namespace SstpRouter.RouterOs.Tests.History;

public class SafeModeTests
{
    [Fact]
    public void A_released_safe_mode_keeps_the_changes_and_an_unrolled_one_undoes_everybodys()
    {
        using var desk = new HistoryDesk();
        Session other = desk.User("bob");
        Assert.Equal(SafeModeOutcome.Done, desk.History.SafeMode.Take(desk.Admin));
        desk.Type("/ppp secret add name=a");
        Assert.Equal(SafeModeOutcome.Done, desk.History.SafeMode.Release(desk.Admin));
        Assert.Equal("*1:a:", desk.Secrets());

        desk.History.SafeMode.Take(desk.Admin);
        desk.Type("/ppp secret set a comment=x");
        desk.Type("/ppp secret add name=b", other);
        Assert.Equal(SafeModeOutcome.Done, desk.History.SafeMode.Unroll(desk.Admin));

        Assert.Equal("*1:a:", desk.Secrets());
        Assert.Null(desk.History.SafeMode.Holder);
        Assert.Equal(SafeModeOutcome.NotTaken, desk.History.SafeMode.Unroll(desk.Admin));
        desk.Type("/redo\n/redo");
        Assert.Equal("*1:a:x *2:b:", desk.Secrets());
    }

    [Fact]
    public void A_lost_session_is_undone_at_once_and_another_session_that_ends_changes_nothing()
    {
        using var desk = new HistoryDesk();
        desk.History.SafeMode.Take(desk.Admin);
        desk.Type("/ppp secret add name=a");

        desk.History.SafeMode.SessionEnded(desk.User("admin"));
        Assert.Equal("*1:a:", desk.Secrets());

        desk.History.SafeMode.SessionEnded(desk.Admin);
        Assert.Equal("", desk.Secrets());
        Assert.Equal("safe mode of user admin ended with its session: its changes are undone", desk.Messages[^1]);
    }

    [Fact]
    public void One_session_holds_it_and_another_may_take_it_away()
    {
        using var desk = new HistoryDesk();
        Session other = desk.User("bob");
        var lost = new List<string>();
        desk.History.SafeMode.Lost += (holder, how) => lost.Add($"{holder.UserName} {holder.SessionId == desk.Admin.Id} {how}");
        desk.History.SafeMode.Take(desk.Admin);
        Assert.Equal(SafeModeOutcome.AlreadyTaken, desk.History.SafeMode.Take(desk.Admin));
        Assert.Equal(SafeModeOutcome.TakenByAnother, desk.History.SafeMode.Take(other));
        desk.Type("/ppp secret add name=a");

        Assert.Equal(SafeModeOutcome.Done, desk.History.SafeMode.Release(other));
        Assert.Equal(SafeModeOutcome.Done, desk.History.SafeMode.Take(other));

        Assert.Equal(["admin True Released"], lost);
        Assert.Equal("bob", desk.History.SafeMode.Holder!.UserName);
        desk.History.SafeMode.SessionEnded(desk.Admin);
        Assert.Equal("*1:a:", desk.Secrets());
    }

    [Fact]
    public void More_than_a_hundred_actions_end_it_and_stay()
    {
        using var desk = new HistoryDesk();
        var lost = new List<SafeModeLoss>();
        desk.History.SafeMode.Lost += (_, how) => lost.Add(how);
        desk.History.SafeMode.Take(desk.Admin);
        for (int i = 0; i < ISafeMode.MostActions; i++)
        {
            desk.Type($"/ppp secret add name=u{i}");
        }

        Assert.NotNull(desk.History.SafeMode.Holder);
        desk.Type("/ppp secret add name=last");

        Assert.Equal([SafeModeLoss.TooManyActions], lost);
        Assert.Null(desk.History.SafeMode.Holder);
        Assert.Equal(101, desk.Secrets().Split(' ').Length);
    }

    [Fact]
    public void Actions_in_safe_mode_are_floating()
    {
        using var desk = new HistoryDesk();
        desk.Type("/ppp secret add name=a");
        desk.History.SafeMode.Take(desk.Admin);
        desk.Type("/ppp secret add name=b");

        Assert.Equal(
            """
            Flags: U - UNDOABLE, F - FLOATING-UNDO
            Columns: ACTION, BY, POLICY, TIME
              ACTION                BY     POLICY  TIME
            F ppp secret <b> added  admin  write   2026-06-10 14:48:17
            U ppp secret <a> added  admin  write   2026-06-10 14:48:17

            """,
            desk.Type("/system history print"));
        Assert.Equal(
            """
                taken: yes
                   by: admin
                since: 2026-06-10 14:48:17
              actions: 1

            """,
            desk.Type("/safe-mode print"));
    }

    [Fact]
    public void A_router_that_starts_again_undoes_what_was_in_safe_mode()
    {
        using var folder = new StateFolder();
        using (var desk = new HistoryDesk(folder))
        {
            desk.Type("/ppp secret add name=a");
            desk.History.SafeMode.Take(desk.Admin);
            desk.Type("/ppp secret add name=b\n/ppp secret remove a\n/system identity set name=x");
        }

        using (var again = new HistoryDesk(folder))
        {
            Assert.Equal("*1:a:", again.Secrets());
            Assert.Null(again.History.SafeMode.Holder);
            Assert.Equal("safe mode of user admin was not released before the router stopped: its changes are undone", Assert.Single(again.Messages));
            again.Type("/ppp secret add name=c");
        }

        using var third = new HistoryDesk(folder);
        Assert.Equal("*1:a: *3:c:", third.Secrets());
        Assert.Empty(third.Messages);
    }

    [Fact]
    public void A_damaged_mark_undoes_nothing_and_says_so()
    {
        using var folder = new StateFolder();
        using (var desk = new HistoryDesk(folder))
        {
            desk.History.SafeMode.Take(desk.Admin);
            desk.Type("/ppp secret add name=b");
        }

        folder.Write("restore-safe-mode.rsc", folder.Read("restore-safe-mode.rsc").Replace("order 1", "order 2"));

        using var again = new HistoryDesk(folder);
        Assert.Equal("*1:b:", again.Secrets());
        Assert.Equal("safe-mode: this mark is damaged: the changes since then stay", Assert.Single(again.Messages));
    }

    [Fact]
    public void The_menu_does_it_for_scripts()
    {
        using var desk = new HistoryDesk();
        Session other = desk.User("bob");

        Assert.Equal("Taking Safe Mode session... Success!\n", desk.Type("/safe-mode take"));
        Assert.Equal("Safe Mode is taken by user admin in another session.", desk.Refused("/safe-mode take", other));
        desk.Type("/ppp secret add name=a");
        desk.Type("/safe-mode take on-error=unroll", other);
        Assert.Equal("", desk.Secrets());
        Assert.Equal("Releasing Safe Mode... Success!\n", desk.Type("/safe-mode toggle", other));
        Assert.Equal("false\n", desk.Type(":put [/safe-mode get taken]"));
    }
}
