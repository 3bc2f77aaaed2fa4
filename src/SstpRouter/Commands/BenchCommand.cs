using SstpRouter.Bench;
using SstpRouter.Linux;

namespace SstpRouter.Commands;

/// <summary><c>bench</c>: what this board can do, and what of it the tunnel reaches.</summary>
internal static class BenchCommand
{
    public static int Run(Options options)
    {
        BenchOptions asked = BenchOptions.Read(options);
        if (ProcessControl.EffectiveUserId != 0)
        {
            System.Console.Error.WriteLine("sstp-router bench: needs root, because it makes network namespaces; run it with sudo");
            return 1;
        }

        var report = new BenchReport(VersionText.Line.TrimEnd(), Board.This(), asked.Time.TotalSeconds);
        try
        {
            BenchRun.Measure(asked, report, ShowProgress);
        }
        catch (BenchFailure failure)
        {
            System.Console.Error.WriteLine("sstp-router bench: " + failure.Message);
            return 1;
        }

        System.Console.Out.Write(asked.IsJson ? BenchJson.Write(report) : BenchTable.Write(report));
        return 0;
    }

    /// <summary>Only for somebody who waits at a terminal.</summary>
    private static void ShowProgress(string title)
    {
        if (!System.Console.IsErrorRedirected)
        {
            System.Console.Error.WriteLine($"measuring: {title}");
        }
    }
}
