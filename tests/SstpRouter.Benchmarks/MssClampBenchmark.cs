using BenchmarkDotNet.Attributes;
using SstpRouter.Tunnels.Data;

namespace SstpRouter.Benchmarks;

/// <summary>Looking at each packet for a SYN whose segment size is to be lowered.</summary>
[MemoryDiagnoser]
public class MssClampBenchmark
{
    private readonly byte[] _data = Packet(flags: 0x10);
    private readonly byte[] _syn = Packet(flags: 0x02);

    /// <summary>A data segment, as nearly every packet is.</summary>
    [Benchmark(Baseline = true)]
    public bool Data() => MssClamp.Apply(_data, 1400);

    /// <summary>A SYN.</summary>
    [Benchmark]
    public bool Syn()
    {
        _syn[42] = 0x05;
        _syn[43] = 0xB4;
        return MssClamp.Apply(_syn, 1400);
    }

    private static byte[] Packet(byte flags)
    {
        byte[] packet = new byte[44];
        packet[0] = 0x45;
        packet[9] = 6;
        packet[32] = 0x60;
        packet[33] = flags;
        packet[40] = 2;
        packet[41] = 4;
        return packet;
    }
}
