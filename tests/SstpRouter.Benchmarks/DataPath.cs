using System.Buffers.Binary;
using SstpRouter.Linux;
using SstpRouter.Linux.Segments;
using SstpRouter.Ppp;
using SstpRouter.Sstp;
using SstpRouter.Tls;
using SstpRouter.Tunnels.Data;

namespace SstpRouter.Benchmarks;

/// <summary>All that happens to packets between two TUN devices but the system calls: split, queued, encrypted, decrypted, joined; either way in turn.</summary>
internal sealed class DataPath : IPacketSink, IDisposable
{
    private const int Mtu = 1_400;
    private const int HeadersLength = 40;
    private const int FrameHeader = SstpPacket.DataHeaderLength + PppFrame.HeaderLength;
    private const int Bulk = HeadersLength + (46 * (Mtu - HeadersLength));
    private const int Datagram = 128;

    private readonly QueuePool _pool = new();
    private readonly CiphertextPool _ciphertexts = new();
    private readonly Coalescer _coalescer = new();
    private readonly TlsContext _calling = TlsContext.ForClient(new TlsClientPolicy());
    private readonly TlsContext _serving = TlsContext.ForServer(new TlsServerPolicy());
    private readonly TlsConnection[] _ends;
    private readonly byte[] _bulk = Packet(6, Bulk);
    private readonly byte[] _small = Packet(17, Datagram);
    private readonly byte[] _outbound = new byte[64 * 1024];
    private readonly byte[] _wire = new byte[128 * 1024];
    private readonly byte[] _inbound = new byte[128 * 1024];
    private FairQueue? _queue;
    private long _now;

    /// <summary>Two ends that have agreed.</summary>
    public DataPath()
    {
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
        _queue = _pool.Queues.Rent();
        for (int i = 0; i < 2; i++)
        {
            Enqueue(_bulk, new VirtioNetHeader
            {
                NeedsChecksum = true,
                Kind = VirtioNetKind.Tcp4,
                SegmentLength = Mtu - HeadersLength,
                ChecksumStart = 20,
                ChecksumOffset = 16,
            });
            for (int k = 0; k < 4; k++)
            {
                Enqueue(_small, default);
            }
        }

        while (!_queue.IsEmpty)
        {
            from.Write(_outbound.AsSpan(0, FillBatch()));
            Carry(from, to);
        }

        _ = _queue.Clear();
        _pool.Queues.Return(_queue);
    }

    private void Enqueue(byte[] packet, VirtioNetHeader header)
    {
        Span<byte> room = _queue!.Room();
        packet.CopyTo(room);
        if (!SuperPacket.TryParse(header, room[..packet.Length], out SuperPacket parsed))
        {
            throw new InvalidOperationException("no packet");
        }

        _queue.Add(0, packet.Length, parsed, _now);
    }

    private int FillBatch()
    {
        int filled = 0;
        while (_outbound.Length - filled >= FrameHeader + Mtu)
        {
            Span<byte> room = _outbound.AsSpan(filled);
            int count = _queue!.Take(room[FrameHeader..], _now, out _, out _);
            if (count == 0)
            {
                break;
            }

            SstpPacket.WriteDataHeader(room, PppFrame.HeaderLength + count);
            PppFrame.WriteHeader(room[SstpPacket.DataHeaderLength..], PppFrame.Ipv4);
            filled += FrameHeader + count;
        }

        return filled;
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

        for (int at = 0; at + FrameHeader <= filled;)
        {
            int length = BinaryPrimitives.ReadUInt16BigEndian(_inbound.AsSpan(at + 2)) & 0x0FFF;
            _ = _coalescer.Add(_inbound, at + FrameHeader, length - FrameHeader, this, TunOffload.All);
            at += length;
        }

        _coalescer.Flush(this);
    }

    private static byte[] Packet(byte protocol, int length)
    {
        byte[] packet = new byte[length];
        packet[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)length);
        packet[8] = 64;
        packet[9] = protocol;
        packet[12] = packet[16] = 10;
        packet[23] = protocol;
        if (protocol == 6)
        {
            packet[32] = 0x50;
            packet[33] = 0x10;

            // RFC 9293 3.1: the pseudo header, with the length of all.
            int sum = 0x0A00 + 0x0A00 + 6 + (length - 20);
            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(36), (ushort)((sum & 0xFFFF) + (sum >> 16)));
        }
        else
        {
            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(24), (ushort)(length - 20));
        }

        return packet;
    }
}
