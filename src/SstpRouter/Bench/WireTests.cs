using SstpRouter.Lab;

namespace SstpRouter.Bench;

/// <summary>The cable between the two namespaces, without a tunnel: what of the tunnel's figures is the kernel's.</summary>
internal static class WireTests
{
    public static void Run(BenchReport report, BenchLab lab, TimeSpan time)
    {
        using (var plain = new Flow(lab.Near, lab.Far, BenchLab.CableAddress))
        {
            report.Add("wire/tcp", "plain TCP, one stream", Meter.Measure([plain], time).Megabits, Units.Megabits);
        }

        using (var sealing = new Flow(lab.Near, lab.Far, BenchLab.CableAddress, new TlsEnds(LabCertificate.Rsa("bench"))))
        {
            Throughput tls = Meter.Measure([sealing], time, Environment.ProcessId);
            report.Add("wire/tls", "TLS alone, one stream", tls.Megabits, Units.Megabits, new Limit("wire/tcp", "of plain TCP"));
            report.Add("wire/tls-cpu", "TLS alone, processor of both ends", tls.CpuPerGigabyte, Units.SecondsPerGigabyte);
        }

        using var flood = new Flood(lab.Near, lab.Far, BenchLab.CableAddress, PacketRate.Payload);
        report.Add("wire/udp", "UDP, 64-byte payloads", PacketRate.Highest(flood, time), Units.Kilopackets);
        RoundTrips wire = RoundTrips.Measure(lab.Near, BenchLab.CableAddress, time);
        report.Add("wire/ping-p50", "ping, median", wire.Median, Units.Microseconds);
        report.Add("wire/ping-p99", "ping, 99 of 100", wire.Worst, Units.Microseconds);
    }
}
