using System.Net;
using SstpRouter.Linux;

namespace SstpRouter.Bench;

/// <summary>Bulk data through the tunnel.</summary>
internal static class TcpTests
{
    private const int Several = 4;

    private static readonly Limit OfTls = new("wire/tls", "of TLS alone");
    private static readonly Limit OfPlain = new("wire/tcp", "of plain TCP");
    private static readonly Limit TimesTls = new("wire/tls-cpu", "times TLS alone");

    public static void Run(BenchReport report, BenchLab lab, TimeSpan time)
    {
        lab.Dial();
        report.CipherRow = lab.Monitor().Contains("CHACHA20", StringComparison.Ordinal) ? "cipher/chacha20-poly1305-16k" : "cipher/aes-256-gcm-16k";
        Throughput up = Measure(lab, time, 1, 0);
        report.Busy = up.Busy;
        Throughput down = Measure(lab, time, 0, 1);
        report.Add("tcp/up", "up, one stream", up.Megabits, Units.Megabits, OfTls, OfPlain);
        report.Add("tcp/down", "down, one stream", down.Megabits, Units.Megabits, OfTls, OfPlain);
        report.Add("tcp/both", "up and down at once, sum", Measure(lab, time, 1, 1).Megabits, Units.Megabits, new Limit("tcp/up", "of up"));
        report.Add("tcp/four", "up, four streams", Measure(lab, time, Several, 0).Megabits, Units.Megabits, new Limit("tcp/up", "of one"));
        report.Add("tcp/up-cpu", "up, processor of both routers", up.CpuPerGigabyte, Units.SecondsPerGigabyte, TimesTls);
        report.Add("tcp/down-cpu", "down, processor of both routers", down.CpuPerGigabyte, Units.SecondsPerGigabyte, TimesTls);
    }

    private static Throughput Measure(BenchLab lab, TimeSpan time, int up, int down)
    {
        var flows = new List<Flow>();
        try
        {
            Start(flows, up, lab.Near, lab.Far, BenchLab.ServerAddress);
            Start(flows, down, lab.Far, lab.Near, BenchLab.ClientAddress);
            return Meter.Measure(flows, time, lab.ClientProcess, lab.ServerProcess);
        }
        finally
        {
            flows.ForEach(static f => f.Dispose());
        }
    }

    private static void Start(List<Flow> flows, int count, NetworkNamespace from, NetworkNamespace to, IPAddress target)
    {
        for (int i = 0; i < count; i++)
        {
            flows.Add(new Flow(from, to, target));
        }
    }
}
