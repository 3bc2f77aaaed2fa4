using BenchmarkDotNet.Attributes;

namespace SstpRouter.Benchmarks;

/// <summary>200 packets through split, queue, TLS and join: none of it may allocate.</summary>
[MemoryDiagnoser]
public class DataPathBenchmark
{
    private DataPath _path = null!;

    /// <summary>Two ends that have agreed.</summary>
    [GlobalSetup]
    public void Connect() => _path = new DataPath();

    /// <summary>Both ways, one after the other.</summary>
    [Benchmark]
    public void BothWays() => _path.Move();

    /// <summary>Frees the ends.</summary>
    [GlobalCleanup]
    public void Close() => _path.Dispose();
}
