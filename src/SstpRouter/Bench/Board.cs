namespace SstpRouter.Bench;

/// <summary>The machine, in its own words.</summary>
/// <param name="Processors">How many threads run at once.</param>
/// <param name="Model">What it calls itself; empty where it does not say.</param>
/// <param name="Kernel">The release of Linux.</param>
internal sealed record Board(int Processors, string Model, string Kernel)
{
    // A board with a device tree has a name of its own there, ended by a zero; proc(5) has the processor's on a PC.
    private const string DeviceTree = "/proc/device-tree/model";
    private const string ProcessorInformation = "/proc/cpuinfo";
    private const string KernelRelease = "/proc/sys/kernel/osrelease";

    public static Board This() => new(Environment.ProcessorCount, FindModel(), File.ReadAllText(KernelRelease).Trim());

    private static string FindModel()
    {
        if (File.Exists(DeviceTree))
        {
            return File.ReadAllText(DeviceTree).TrimEnd('\0', '\n');
        }

        string? line = File.ReadLines(ProcessorInformation).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal));
        return line is null ? "" : line[(line.IndexOf(':') + 1)..].Trim();
    }
}
