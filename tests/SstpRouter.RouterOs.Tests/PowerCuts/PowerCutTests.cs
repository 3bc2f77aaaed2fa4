using System.Diagnostics;
using System.Globalization;
using SstpRouter.RouterOs.Tests.History;
using SstpRouter.RouterOs.Tests.Storage;

namespace SstpRouter.RouterOs.Tests.PowerCuts;

/// <summary>Wherever the power goes: the old state or the new one, never neither, and never without what was confirmed.</summary>
public class PowerCutTests
{
    private const string TornChange = "a change was being saved when the power went, it has no effect";

    private static readonly int Kills = Number("SSTP_ROUTER_KILLS", 8);
    private static readonly int Days = Number("SSTP_ROUTER_POWER_DAYS", 3);

    [Fact]
    public void A_process_that_is_killed_while_it_writes()
    {
        var random = new Random(20260610);
        int killed = 0;
        for (int run = 0; run < Kills; run++)
        {
            var day = new Day(seed: run / 8);
            int cut = random.Next(1, day.Operations + 1);
            using var folder = new StateFolder();
            int confirmed = RunAndKill(folder, day.Seed, cut);
            killed += confirmed < StoreScript.Steps ? 1 : 0;
            day.Check(folder, confirmed, $"seed {day.Seed}, killed at operation {cut} of {day.Operations}");
        }

        Assert.True(killed > Kills * 3 / 4, $"only {killed} of {Kills} runs were killed");
    }

    [Fact]
    public void A_disk_that_forgets_what_nobody_waited_for()
    {
        for (int seed = 100; seed < 100 + Days; seed++)
        {
            var day = new Day(seed);
            for (int cut = 1; cut <= day.Operations; cut++)
            {
                using var folder = new StateFolder();
                int confirmed = -1;
                try
                {
                    StoreScript.Run(seed, folder.Path, new ForgettingDisk(cut, new Random(cut)), step => confirmed = step);
                }
                catch (PowerCutException)
                {
                    // The day ends here.
                }

                day.Check(folder, confirmed, $"seed {seed}, power cut at operation {cut} of {day.Operations}");
            }
        }
    }

    private static int RunAndKill(StateFolder folder, int seed, int cut)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet") { RedirectStandardOutput = true };
        foreach (string argument in (ReadOnlySpan<string>)["exec", typeof(StoreWriter).Assembly.Location, StoreWriter.Verb, folder.Path])
        {
            start.ArgumentList.Add(argument);
        }

        start.ArgumentList.Add(seed.ToString(CultureInfo.InvariantCulture));
        start.ArgumentList.Add(cut.ToString(CultureInfo.InvariantCulture));
        start.Environment["DOTNET_TieredPGO"] = "0";
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        string[] steps = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return steps.Length == 0 ? -1 : int.Parse(steps[^1], CultureInfo.InvariantCulture);
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out int number) ? number : otherwise;

    /// <summary>A day without a power cut: what a restart after each of its steps gives.</summary>
    private sealed class Day
    {
        private readonly List<string> _states = [];

        public Day(int seed)
        {
            Seed = seed;
            using var folder = new StateFolder();
            using (var empty = new StateFolder())
            {
                _states.Add(StoreScript.StateIn(empty.Path));
            }

            var disk = new ForgettingDisk(-1, new Random(0));
            StoreScript.Run(seed, folder.Path, disk, _ => _states.Add(StateOfCopy(folder)));
            Operations = disk.Operations;
        }

        public int Seed { get; }

        public int Operations { get; }

        public void Check(StateFolder folder, int confirmed, string what)
        {
            string state;
            using (var desk = new HistoryDesk(folder))
            {
                Assert.All(desk.Store.Notices.Where(n => n.File != "rejected.rsc"), n => Assert.Equal(TornChange, n.Text));
                state = desk.Everything();
            }

            string old = _states[confirmed + 1];
            string fresh = _states[Math.Min(confirmed + 2, _states.Count - 1)];
            Assert.True(state == old || state == fresh, $"{what}, confirmed {confirmed}:\n{state}\n--- neither\n{old}\n--- nor\n{fresh}");
            using var again = new HistoryDesk(folder);
            Assert.True(state == again.Everything(), $"{what}: a second start gives something else");
            again.Type("/ppp secret add name=afterwards");
            again.Dispose();
            using var third = new HistoryDesk(folder);
            Assert.True(third.Secrets().Contains("afterwards", StringComparison.Ordinal), $"{what}: what came afterwards is lost; {folder.Files()}");
        }

        private static string StateOfCopy(StateFolder folder)
        {
            using var copy = new StateFolder();
            foreach (string file in Directory.GetFiles(folder.Path).Where(f => Path.GetFileName(f) != "lock"))
            {
                File.Copy(file, copy[Path.GetFileName(file)]);
            }

            return StoreScript.StateIn(copy.Path);
        }
    }
}
