using BenchmarkDotNet.Attributes;
using SstpRouter.Sstp;

namespace SstpRouter.Benchmarks;

/// <summary>Taking PPP frames out of the byte stream of a connected call; one operation is one frame.</summary>
[MemoryDiagnoser]
public class SstpReadBenchmark
{
    private const int Frames = 1_000;

    private SstpCall _call = null!;
    private byte[] _stream = [];

    /// <summary>The length of a PPP frame.</summary>
    [Params(68, 1504)]
    public int FrameLength { get; set; }

    /// <summary>A connected call, and frames for it.</summary>
    [GlobalSetup]
    public void Connect()
    {
        _call = ConnectedCall.Make();
        _stream = new byte[Frames * (SstpPacket.DataHeaderLength + FrameLength)];
        for (int at = 0; at < _stream.Length; at += SstpPacket.DataHeaderLength + FrameLength)
        {
            SstpPacket.WriteDataHeader(_stream.AsSpan(at), FrameLength);
            Ppp.PppFrame.WriteHeader(_stream.AsSpan(at + SstpPacket.DataHeaderLength), Ppp.PppFrame.Ipv4);
        }
    }

    /// <summary>Reads all frames.</summary>
    [Benchmark(OperationsPerInvoke = Frames)]
    public int Read()
    {
        ReadOnlySpan<byte> input = _stream;
        int bytes = 0;
        while (_call.TryRead(ref input, 0, out ReadOnlySpan<byte> frame))
        {
            bytes += frame.Length;
        }

        return bytes;
    }
}
