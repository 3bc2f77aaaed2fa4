using System.Text;
using SstpRouter.RouterOs.Storage;

namespace SstpRouter.RouterOs.Tests.Storage;

public class DamageTests
{
    [Fact]
    public void A_journal_cut_anywhere_gives_the_last_whole_state()
    {
        using var folder = new StateFolder();
        using (var router = TestRouter.On(folder))
        {
            router.Run("/ppp secret add name=alice\n/ppp secret add name=bob comment=\"two words\"\n/ppp secret set 0,1 comment=x");
        }

        byte[] whole = File.ReadAllBytes(folder["journal-0.rsc"]);
        int[] ends = [0, .. EndsOfTransactions(Encoding.UTF8.GetString(whole))];
        string[] states = ["", "alice:", "alice: bob:two words", "alice:x bob:x"];
        int head = Journal.Head.Length; // the file gets its name with its head in it
        int[] cuts = [.. Enumerable.Range(head, whole.Length + 1 - head).Where(n => n % 7 == 0 || ends.Any(e => Math.Abs(e - n) <= 2))];
        foreach (int length in cuts)
        {
            using var cut = new StateFolder();
            File.WriteAllBytes(cut["journal-0.rsc"], whole[..length]);
            using var router = TestRouter.On(cut);

            // The line feed behind a closing line adds nothing, so a cut that takes only it leaves the transaction whole.
            int committed = ends.Count(e => e > 0 && e - 1 <= length);
            Assert.Equal(states[committed], State(router));
            bool isTorn = length > Math.Max(head, ends[committed]);
            Assert.Equal(isTorn, router.Store.Notices.Any(n => n.IsRejection));
        }
    }

    [Fact]
    public void A_torn_tail_is_kept_aside_said_once_as_such_and_gone_from_the_journal()
    {
        using var folder = new StateFolder();
        folder.Write("journal-0.rsc", Journal.Head + "/ppp secret add .id=*1 name=alice\n/ppp secr");
        using (var router = TestRouter.On(folder))
        {
            Assert.Equal("journal-0.rsc line 2: a change was being saved when the power went, it has no effect", Assert.Single(router.Store.Notices).ToString());
        }

        Assert.Contains("name=alice\n/ppp secr\n", folder.Read("rejected.rsc"));
        using var again = TestRouter.On(folder);
        Assert.Equal("rejected.rsc", Assert.Single(again.Store.Notices).File);
    }

    [Fact]
    public void A_cut_that_takes_only_the_last_line_feed_harms_neither_what_was_before_nor_what_comes_after()
    {
        using var folder = Saved("/ppp secret add name=alice");
        folder.Write("journal-0.rsc", folder.Read("journal-0.rsc").TrimEnd('\n'));
        using (var router = TestRouter.On(folder))
        {
            router.Run("/ppp secret add name=bob");
        }

        using var again = TestRouter.On(folder);
        Assert.Empty(again.Store.Notices);
        Assert.Equal("alice bob", again.Names("ppp/secret"));
    }

    [Fact]
    public void A_journal_edited_by_hand_is_accepted_and_that_is_said()
    {
        using var folder = Saved("/ppp secret add name=alice\n/ppp secret add name=bob");
        folder.Write("journal-0.rsc", folder.Read("journal-0.rsc").Replace("alice", "anna"));

        using var router = TestRouter.On(folder);

        Assert.Equal("journal-0.rsc line 2: was edited by hand, which is accepted", Assert.Single(router.Store.Notices).ToString());
        Assert.Equal("anna bob", router.Names("ppp/secret"));
    }

    [Fact]
    public void A_damaged_change_in_the_middle_is_kept_aside_whole_and_the_others_count()
    {
        using var folder = Saved("/ppp secret add name=alice\n/ppp secret add name=bob\n/ppp secret set 0,1 comment=x\n/ppp secret add name=carol");
        folder.Write("journal-0.rsc", folder.Read("journal-0.rsc").Replace("set *2 comment=x", "se\0 *2 comm\0nt=x"));

        using (var router = TestRouter.On(folder))
        {
            StoreNotice notice = Assert.Single(router.Store.Notices);
            Assert.True(notice.IsRejection);
            Assert.Equal(7, notice.Line);
            Assert.Equal("alice: bob: carol:", State(router));
        }

        using var again = TestRouter.On(folder);
        Assert.Equal("alice: bob: carol:", State(again));
        Assert.Contains("set *1 comment=x", folder.Read("rejected.rsc"));
    }

    [Fact]
    public void A_snapshot_edited_by_hand_is_accepted_and_its_bad_lines_are_kept_aside()
    {
        using var folder = Imported("/ppp secret add name=alice");
        folder.Write("config.rsc", folder.Read("config.rsc").Replace("#. end", "add name=bob\nadd name=carol servcie=sstp\n#. end"));

        using (var router = TestRouter.On(folder))
        {
            Assert.Equal(
                ["config.rsc: was edited by hand, which is accepted", "config.rsc line 7: expected end of command"],
                router.Store.Notices.Select(n => n.ToString().Split(" (")[0]));
            Assert.Equal("alice bob", router.Names("ppp/secret"));
            Assert.Equal([1UL, 2UL], router.Store.Current.Items(router["ppp/secret"]).Select(i => i.Id));
        }

        using var again = TestRouter.On(folder);
        Assert.Equal("rejected.rsc", Assert.Single(again.Store.Notices).File);
        Assert.Equal("alice bob", again.Names("ppp/secret"));
    }

    [Fact]
    public void An_export_from_elsewhere_in_the_snapshots_place_is_taken_and_the_journal_kept_aside()
    {
        using var folder = Imported("/ppp secret add name=alice");
        folder.Write("config.rsc", "# an export\n/ppp secret\nadd name=zoe service=sstp\n/system identity\nset name=hq\n");

        using var router = TestRouter.On(folder);

        Assert.Equal("zoe", router.Names("ppp/secret"));
        Assert.Contains(router.Store.Notices, n => n.Text.Contains("belongs to another configuration"));
        Assert.Contains("journal-0.rsc.aside", folder.Files());
    }

    [Theory]
    [InlineData("\0")]
    [InlineData("cut")]
    [InlineData("missing")]
    public void A_damaged_snapshot_is_made_good_from_the_generation_before_and_both_journals(string damage)
    {
        using var folder = Imported("/ppp secret add name=alice");
        using (var router = TestRouter.On(folder))
        {
            router.Run("/ppp secret add name=bob");
            router.Store.Import("second", "/ppp secret add name=carol", router);
            router.Run("/ppp secret add name=dora");
        }

        string text = folder.Read("config.rsc");
        switch (damage)
        {
            case "missing":
                File.Delete(folder["config.rsc"]);
                break;
            case "cut":
                folder.Write("config.rsc", text[..(text.Length / 2)]);
                break;
            default:
                folder.Write("config.rsc", text.Replace("carol", "c\0\0\0l"));
                break;
        }

        using (var again = TestRouter.On(folder))
        {
            Assert.Contains("the last whole state is used instead", again.Store.Notices[0].Text);
            Assert.Equal("alice bob carol dora", again.Names("ppp/secret"));
        }

        using var third = TestRouter.On(folder);
        Assert.Empty(third.Store.Notices);
        Assert.Equal("alice bob carol dora", third.Names("ppp/secret"));
    }

    [Fact]
    public void The_first_snapshot_is_made_good_from_the_first_journal()
    {
        using var folder = Imported("/ppp secret add name=alice");
        folder.Write("config.rsc", "\0\0\0\0");

        using var router = TestRouter.On(folder);

        Assert.Equal("alice", router.Names("ppp/secret"));
        Assert.Equal("\0\0\0\0", folder.Read("config-damaged.rsc"));
    }

    [Fact]
    public void A_crash_between_the_steps_of_a_compaction_loses_nothing()
    {
        using var folder = Imported("/ppp secret add name=alice");
        using (var router = TestRouter.On(folder))
        {
            router.Run("/ppp secret add name=bob");
        }

        // As if the power had gone after the next generation's journal and half its snapshot were written.
        folder.Write("journal-2.rsc", "");
        folder.Write("config.rsc.new", "#. generation 2\n/ppp sec");

        using var again = TestRouter.On(folder);
        Assert.Empty(again.Store.Notices);
        Assert.Equal("alice bob", again.Names("ppp/secret"));
        again.Run("/ppp secret add name=carol");
        again.Dispose();

        using var third = TestRouter.On(folder);
        Assert.Equal("alice bob carol", third.Names("ppp/secret"));
    }

    private static IEnumerable<int> EndsOfTransactions(string journal)
    {
        for (int mark = journal.IndexOf("#. commit ", StringComparison.Ordinal); mark >= 0; mark = journal.IndexOf("#. commit ", mark + 1, StringComparison.Ordinal))
        {
            yield return journal.IndexOf('\n', mark) + 1;
        }
    }

    private static string State(TestRouter router) =>
        string.Join(' ', router.Store.Current.Items(router["ppp/secret"]).Select(i => $"{i["name"]}:{i["comment"]}"));

    private static StateFolder Saved(string commands)
    {
        var folder = new StateFolder();
        using var router = TestRouter.On(folder);
        router.Run(commands);
        return folder;
    }

    private static StateFolder Imported(string commands)
    {
        var folder = new StateFolder();
        using var router = TestRouter.On(folder);
        router.Store.Import("first", commands, router);
        return folder;
    }
}
