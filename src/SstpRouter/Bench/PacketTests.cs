using System.Net;
using SstpRouter.Linux;

namespace SstpRouter.Bench;

/// <summary>Small packets through the tunnel: how many, and how soon.</summary>
internal static class PacketTests
{
    private static readonly Limit TimesMedian = new("wire/ping-p50", "times the cable");
    private static readonly Limit TimesWorst = new("wire/ping-p99", "times the cable");

    public static void RunRates(BenchReport report, BenchLab lab, TimeSpan time)
    {
        lab.Dial();
        report.Add("udp/up", "up, 64-byte payloads", Highest(lab.Near, lab.Far, BenchLab.ServerAddress, time), Units.Kilopackets);
        report.Add("udp/down", "down, 64-byte payloads", Highest(lab.Far, lab.Near, BenchLab.ClientAddress, time), Units.Kilopackets);
    }

    public static void RunRoundTrips(BenchReport report, BenchLab lab, TimeSpan time)
    {
        lab.Dial();
        RoundTrips idle = RoundTrips.Measure(lab.Near, BenchLab.ServerAddress, time);
        report.Add("ping/idle-p50", "idle, median", idle.Median, Units.Microseconds, TimesMedian);
        report.Add("ping/idle-p99", "idle, 99 of 100", idle.Worst, Units.Microseconds, TimesWorst);
        using var bulk = new Flow(lab.Near, lab.Far, BenchLab.ServerAddress);
        Thread.Sleep(time / 5);
        RoundTrips busy = RoundTrips.Measure(lab.Near, BenchLab.ServerAddress, time);
        report.Add("ping/busy-p50", "beside a bulk stream, median", busy.Median, Units.Microseconds, new Limit("ping/idle-p50", "times idle"));
        report.Add("ping/busy-p99", "beside a bulk stream, 99 of 100", busy.Worst, Units.Microseconds, new Limit("ping/idle-p99", "times idle"));
    }

    private static double Highest(NetworkNamespace from, NetworkNamespace to, IPAddress target, TimeSpan time)
    {
        using var flood = new Flood(from, to, target, PacketRate.Payload);
        return PacketRate.Highest(flood, time);
    }
}
