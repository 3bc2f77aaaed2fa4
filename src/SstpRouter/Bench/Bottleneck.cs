using System.Globalization;

namespace SstpRouter.Bench;

/// <summary>What holds one stream back, in words.</summary>
internal static class Bottleneck
{
    /// <summary>A machine with less to spare than this is busy.</summary>
    private const double BusyMark = 0.9;

    /// <summary>One GB in s/GB at one Mbit/s.</summary>
    private const double MegabitsOfGigabyte = 8_000;

    public static string Of(BenchReport report)
    {
        if (report.Value("tcp/up") is not { } speed
            || report.Value("tcp/up-cpu") is not { } all
            || report.Value(report.CipherRow) is not { } sealing
            || report.Value("tun/super-write") is not { } writing
            || report.Value("tun/super-read") is not { } reading)
        {
            return "Bottleneck: not known, which takes cipher, tun and tcp together.";
        }

        if (report.Busy is not { } busy || busy * report.Board.Processors < BusyMark)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"Bottleneck: no processor; the machine is {report.Busy ?? 0:P0} busy with one stream of {speed:0} Mbit/s, so packets "
                + $"wait for something else.");
        }

        // What one end does to a record the other undoes, at about the same price.
        double cipher = 2 * MegabitsOfGigabyte / sealing;
        double tun = (MegabitsOfGigabyte / writing) + (MegabitsOfGigabyte / reading);
        double rest = Math.Max(0, all - cipher - tun);
        all = cipher + tun + rest;
        (double Cost, string Name)[] parts = [(cipher, "the cipher"), (tun, "TUN"), (rest, "TCP, its copies and the tunnel's own work")];
        (_, string largest) = parts.MaxBy(p => p.Cost);
        string where = busy > BusyMark
            ? $"the processors, {busy:P0} busy with one stream"
            : $"one processor of {report.Board.Processors}, which one tunnel keeps busy";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Bottleneck: {where}. Of {all:0.00} s/GB at both routers the cipher takes {cipher / all:P0}, TUN {tun / all:P0}, "
            + $"TCP and the rest {rest / all:P0}: mostly {largest}.");
    }
}
