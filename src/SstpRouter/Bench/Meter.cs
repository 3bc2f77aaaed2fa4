using System.Diagnostics;

namespace SstpRouter.Bench;

/// <summary>What was measured between two marks.</summary>
/// <param name="Megabits">Of payload a second, in the middle slice.</param>
/// <param name="CpuPerGigabyte">Seconds of the processes watched for each GB of payload.</param>
/// <param name="Busy">How busy the machine was, 0 to 1.</param>
internal readonly record struct Throughput(double Megabits, double CpuPerGigabyte, double Busy);

/// <summary>Measures flows that run already.</summary>
internal static class Meter
{
    // Windows of TCP have grown by then.
    private const double WarmUpShare = 0.2;

    /// <summary>Waits until the flows are at their speed, and measures it.</summary>
    /// <param name="flows">What flows.</param>
    /// <param name="time">How long.</param>
    /// <param name="processes">Whose processor time counts.</param>
    public static Throughput Measure(IReadOnlyList<Flow> flows, TimeSpan time, params int[] processes)
    {
        Thread.Sleep(time * WarmUpShare);
        long before = flows.Sum(f => f.Received);
        double cpu = processes.Sum(ProcessUsage.CpuSeconds);
        (double busy, double idle) = ProcessUsage.Machine();
        double rate = Slices.Median(time, slice => Rate(flows, slice));
        double octets = flows.Sum(f => f.Received) - before;
        cpu = processes.Sum(ProcessUsage.CpuSeconds) - cpu;
        (double busyThen, double idleThen) = ProcessUsage.Machine();
        double all = busyThen - busy + idleThen - idle;
        return new Throughput(rate, cpu / octets * 1e9, all > 0 ? (busyThen - busy) / all : 0);
    }

    private static double Rate(IReadOnlyList<Flow> flows, TimeSpan time)
    {
        long start = Stopwatch.GetTimestamp();
        long before = flows.Sum(f => f.Received);
        Thread.Sleep(time);
        return (flows.Sum(f => f.Received) - before) * 8 / 1e6 / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
