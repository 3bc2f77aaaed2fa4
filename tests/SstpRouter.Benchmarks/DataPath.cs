using System.Buffers.Binary;
using SstpRouter.Linux;
using SstpRouter.Linux.Segments;
using SstpRouter.Tls;
using SstpRouter.Tunnels.Data;

namespace SstpRouter.Benchmarks;

/// <summary>All that happens to packets between two TUN devices but the system calls: split, queued, encrypted, decrypted, joined; either way in turn.</summary>
internal sealed class DataPath : IPacketSink, IDisposable
{
    private readonly QueuePool _pool = new();
    private readonly CiphertextPool _ciphertexts = new();
    private readonly Coalescer _coalescer = new();
    private readonly TlsContext _calling = TlsContext.ForClient(new TlsClientPolicy());
    private readonly TlsContext _serving = TlsContext.ForServer(new TlsServerPolicy());
    private readonly TlsConnection[] _ends;
    private readonly Batches _batches;
    private readonly byte[] _outbound = new byte[Batches.Length];
    private readonly byte[] _wire = new byte[128 * 1024];
    private readonly byte[] _inbound = new byte[128 * 1024];
    private long _now;

    /// <summary>Two ends that have agreed.</summary>
    public DataPath()
    {
        _batches = new Batches(_pool);
        _ends = [_calling.Connect(_ciphertexts), _serving.Accept(_ciphertexts)];
        _ = MemoryWire.ShakeHands(_ends[0], _ends[1]);
    }

    /// <summary>Packets that came out.</summary>
    public long Packets { get; private set; }

    /// <summary>Writes to a device that they took.</summary>
    public long Writes { get; private set; }

    /// <summary>What is taken from the pools.</summary>
    public int Rented => _pool.Rented + _ciphertexts.Rented;

    /// <summary>Moves two super-packets of a stream and some datagrams one way, and then the other.</summary>
    public void Move()
    {
        Move(_ends[0], _ends[1]);
        Move(_ends[1], _ends[0]);
    }

    public void Write(ReadOnlySpan<byte> packet)
    {
        Packets++;
        Writes++;
    }

    public void Write(VirtioNetHeader header, ReadOnlySpan<byte> buffer, ReadOnlySpan<BufferSlice> slices, int octets)
    {
        Packets += slices.Length;
        Writes++;
    }

    public void Dispose()
    {
        Array.ForEach(_ends, e => e.Dispose());
        _calling.Dispose();
        _serving.Dispose();
    }

    private void Move(TlsConnection from, TlsConnection to)
    {
        _now++;
        _batches.Begin();
        for (int i = 0; i < 2; i++)
        {
            _batches.AddBulk(_now);
            for (int k = 0; k < 4; k++)
            {
                _batches.AddSmall(_now);
            }
        }

        while (!_batches.IsEmpty)
        {
            from.Write(_outbound.AsSpan(0, _batches.Fill(_outbound, _now)));
            Carry(from, to);
        }

        _batches.End();
    }

    private void Carry(TlsConnection from, TlsConnection to)
    {
        int count = from.TakeCiphertext(_wire);
        to.LendCiphertext(_wire.AsMemory(0, count));
        Receive(to);
        to.EndLoan();
    }

    private void Receive(TlsConnection to)
    {
        int filled = 0;
        while (to.Read(_inbound.AsSpan(filled), out int count) == TlsStatus.Data)
        {
            filled += count;
        }

        for (int at = 0; at + Batches.FrameHeader <= filled;)
        {
            int length = BinaryPrimitives.ReadUInt16BigEndian(_inbound.AsSpan(at + 2)) & 0x0FFF;
            _ = _coalescer.Add(_inbound, at + Batches.FrameHeader, length - Batches.FrameHeader, this, TunOffload.All);
            at += length;
        }

        _coalescer.Flush(this);
    }
}
