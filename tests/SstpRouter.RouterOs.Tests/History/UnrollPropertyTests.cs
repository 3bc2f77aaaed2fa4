using System.Globalization;
using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Tests.Storage;

namespace SstpRouter.RouterOs.Tests.History;

public class UnrollPropertyTests
{
    private static readonly int Cases =
        int.TryParse(Environment.GetEnvironmentVariable("SSTP_ROUTER_CASES"), CultureInfo.InvariantCulture, out int cases) ? cases / 10 : 40;

    [Fact]
    public void Any_changes_then_unroll_give_exactly_what_was_there_before()
    {
        for (int seed = 0; seed < Cases; seed++)
        {
            var random = new Random(seed);
            using var desk = new HistoryDesk();
            Change(desk, random, 30);
            string before = desk.Everything();
            desk.History.SafeMode.Take(desk.Admin);
            Change(desk, random, 40);

            desk.History.SafeMode.Unroll(desk.Admin);

            Assert.True(before == desk.Everything(), $"seed {seed}:\n{before}\n---\n{desk.Everything()}");
        }
    }

    [Fact]
    public void The_same_holds_over_a_restart_and_for_what_is_read_back_after_it()
    {
        for (int seed = 0; seed < Math.Max(5, Cases / 4); seed++)
        {
            var random = new Random(1000 + seed);
            using var folder = new StateFolder();
            string before;
            using (var desk = new HistoryDesk(folder))
            {
                Change(desk, random, 20);
                before = desk.Everything();
                desk.Type("/system commit arm");
                Change(desk, random, 20);
                if (seed % 2 == 0)
                {
                    desk.Store.Import("empty", "", desk.Admin); // a new snapshot, so that the mark outlives the journal
                }
            }

            using (var again = new HistoryDesk(folder))
            {
                again.Clock.Pass(TimeSpan.FromMinutes(5));
                Assert.True(before == again.Everything(), $"seed {seed}");
            }

            using var third = new HistoryDesk(folder);
            Assert.True(before == third.Everything(), $"seed {seed}, read back");
            Assert.Empty(third.Store.Notices);
        }
    }

    [Fact]
    public void Undoing_all_gives_exactly_what_was_there_before_and_redoing_all_what_was_there_after()
    {
        for (int seed = 0; seed < Cases; seed++)
        {
            var random = new Random(2000 + seed);
            using var desk = new HistoryDesk();
            var states = new List<string> { desk.Everything() };
            while (states.Count < 30)
            {
                Change(desk, random, 1, undoes: false);
                if (desk.Everything() is { } now && now != states[^1])
                {
                    states.Add(now);
                }
            }

            for (int i = states.Count - 2; i >= 0; i--)
            {
                desk.Type("/undo");
                Assert.True(states[i] == desk.Everything(), $"seed {seed}, undo to {i}:\n{states[i]}\n---\n{desk.Everything()}");
            }

            for (int i = 1; i < states.Count; i++)
            {
                desk.Type("/redo");
                Assert.True(states[i] == desk.Everything(), $"seed {seed}, redo to {i}");
            }
        }
    }

    // Few names, so that changes meet; many of them are refused, which is as well.
    private static void Change(HistoryDesk desk, Random random, int count, bool undoes = true)
    {
        Menu secrets = desk.Root.Find("ppp/secret")!;
        for (int i = 0; i < count; i++)
        {
            string name = "n" + random.Next(6);
            string other = "n" + random.Next(6);
            string line = random.Next(undoes ? 14 : 12) switch
            {
                0 or 1 or 2 => $"/ppp secret add name={name} password={random.Next(9)} comment=\"{random.Next(99)} x\"",
                3 => $"/ppp secret set {name} comment={random.Next(99)} remote-address=10.0.0.{random.Next(9)}",
                4 => $"/ppp secret set {name} name={other} !remote-address",
                5 => $"/ppp secret remove {name}",
                6 => $"/ppp profile add name={name} idle-timeout={random.Next(60)}",
                7 => $"/ppp profile set {name} name={other}",
                8 => $"/ppp secret set [find] profile={name}",
                9 => $"/ppp profile remove {name}",
                10 => random.Next(2) == 0 ? $"/system identity set name={name}" : $"/interface sstp-client add connect-to=h user={name} disabled=no",
                11 => "move",
                12 => "/undo",
                _ => "/redo",
            };
            try
            {
                if (line == "move")
                {
                    ulong[] ids = [.. desk.Store.Current.Items(secrets).Select(s => s.Id)];
                    if (ids.Length > 1)
                    {
                        desk.Store.Commit(draft => draft.Move(secrets, ids[random.Next(ids.Length)], random.Next(3) == 0 ? null : ids[random.Next(ids.Length)]), desk.Admin);
                    }
                }
                else
                {
                    desk.Type(line);
                }
            }
            catch (ScriptError)
            {
                // A name that is not there, or is there already.
            }
        }
    }
}
