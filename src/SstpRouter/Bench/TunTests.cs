using System.Diagnostics;
using SstpRouter.Linux;

namespace SstpRouter.Bench;

/// <summary>
/// What the kernel's TUN can do, without anything behind it: packets are written to one device, the kernel forwards them to another, and
/// they are read there.
/// </summary>
internal static class TunTests
{
    /// <summary>Written before as many are read; a device queues 500.</summary>
    private const int Batch = 64;

    private const string Entry = "bench-in";
    private const string Exit = "bench-out";

    private const string Forwarding = "/proc/sys/net/ipv4/ip_forward";
    private const string NoIpv6 = "/proc/sys/net/ipv6/conf/default/disable_ipv6";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static void Run(BenchReport report, TimeSpan time)
    {
        Measure(report, time, "plain", "1400-byte packets, no header", TunPacket.Datagram(1_400), TunOffload.None);
        Measure(report, time, "header", "1400-byte packets, header", TunPacket.Datagram(1_400), TunOffload.All);
        Measure(report, time, "small", "64-byte packets, header", TunPacket.Datagram(64), TunOffload.All);
        Measure(report, time, "super", "64-KB super-packets", TunPacket.Super(), TunOffload.All);
    }

    private static void Measure(BenchReport report, TimeSpan time, string id, string title, TunPacket packet, TunOffload offload)
    {
        using NetworkNamespace place = NetworkNamespace.Create();
        (double written, double read) = place.Run(() => Carry(packet, offload, time));
        bool isSuper = packet.Header.Kind != VirtioNetKind.Packet;
        double scale = isSuper ? packet.Bytes.Length * 8 / 1e6 : 1e-3;
        string unit = isSuper ? Units.Megabits : Units.Kilopackets;
        report.Add($"tun/{id}-write", $"write {title}", written * scale, unit);
        report.Add($"tun/{id}-read", $"read {title}", read * scale, unit);
    }

    /// <summary>Carries packets through two devices in this thread's namespace.</summary>
    /// <returns>Packets a second of writing and of reading, of the middle batch each.</returns>
    private static (double Written, double Read) Carry(TunPacket packet, TunOffload offload, TimeSpan time)
    {
        if (File.Exists(NoIpv6))
        {
            File.WriteAllText(NoIpv6, "1"); // its neighbour discovery would come between our packets
        }

        File.WriteAllText(Forwarding, "1");
        using var entry = TunDevice.Create(Entry, offload);
        using var exit = TunDevice.Create(Exit, offload);
        using (var routes = new RouteSocket())
        {
            routes.SetLinkUp(entry.Index);
            routes.SetLinkUp(exit.Index);
            routes.AddAddress(entry.Index, TunPacket.EntryAddress, 24);
            routes.AddAddress(exit.Index, TunPacket.ExitAddress, 24);
        }

        byte[] buffer = new byte[VirtioNetHeader.Length + ushort.MaxValue];
        long start = Stopwatch.GetTimestamp();
        var writing = new List<double>();
        var reading = new List<double>();
        do
        {
            long mark = Stopwatch.GetTimestamp();
            for (int i = 0; i < Batch; i++)
            {
                Write(entry, packet);
            }

            long between = Stopwatch.GetTimestamp();
            int taken = 0;
            while (exit.Read(buffer) >= 0)
            {
                taken++;
            }

            if (taken > 0)
            {
                reading.Add(Rate(taken, Stopwatch.GetTimestamp() - between));
                writing.Add(Rate(Batch, between - mark));
            }
            else if (Stopwatch.GetElapsedTime(start) > Patience)
            {
                throw new BenchFailure("tun: the kernel does not forward from one TUN device to another");
            }
        }
        while (reading.Count == 0 || Stopwatch.GetElapsedTime(start) < time);
        return (Slices.Median(writing), Slices.Median(reading));
    }

    private static void Write(TunDevice device, TunPacket packet)
    {
        if (packet.Header.Kind == VirtioNetKind.Packet)
        {
            device.Write(packet.Bytes);
        }
        else if (device.Offload != TunOffload.None)
        {
            device.Write(packet.Header, packet.Bytes, [new BufferSlice(0, packet.Bytes.Length)]);
        }
        else
        {
            throw new BenchFailure("tun: this kernel has no super-packets");
        }
    }

    private static double Rate(long count, long ticks) => count * (double)Stopwatch.Frequency / ticks;
}
