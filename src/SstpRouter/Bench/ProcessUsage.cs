using System.Globalization;

namespace SstpRouter.Bench;

/// <summary>What a process has used: proc(5).</summary>
internal static class ProcessUsage
{
    /// <summary>Seconds of processors that all its threads have used so far, those that ended not counted.</summary>
    // schedstat counts nanoseconds and stat only hundredths of a second; but not every kernel has the first.
    public static double CpuSeconds(int process)
    {
        double total = 0;
        foreach (string thread in Directory.EnumerateDirectories($"/proc/{process}/task"))
        {
            string file = thread + "/schedstat";
            total += File.Exists(file) ? Number(File.ReadAllText(file).Split(' ')[0]) / 1e9 : Ticks(File.ReadAllText(thread + "/stat")) / 100;
        }

        return total;
    }

    /// <summary>Memory in RAM that it has mapped, shared with others or not, in MB.</summary>
    public static double ResidentMegabytes(int process) => Kilobytes($"/proc/{process}/status", "VmRSS:") / 1e3 * 1.024;

    /// <summary>Memory that only it uses, in MB.</summary>
    public static double PrivateMegabytes(int process) => Kilobytes($"/proc/{process}/smaps_rollup", "Private_") / 1e3 * 1.024;

    /// <summary>How long all processors of the machine have been busy and idle so far, in ticks.</summary>
    public static (double Busy, double Idle) Machine()
    {
        double[] times = [.. File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(8).Select(Number)];
        double idle = times[3] + times[4]; // idle and iowait
        return (times.Sum() - idle, idle);
    }

    private static double Kilobytes(string file, string start) => File.ReadLines(file)
        .Where(l => l.StartsWith(start, StringComparison.Ordinal))
        .Sum(l => Number(l.Split(' ', '\t').Last(p => p.Length > 0 && char.IsAsciiDigit(p[0]))));

    // "1234 (name) S 1 ...": the name may hold blanks; utime and stime are the 12th and 13th field after it.
    private static double Ticks(string stat)
    {
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return Number(fields[11]) + Number(fields[12]);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
