using System.Buffers.Binary;
using SstpRouter.Linux;
using SstpRouter.Linux.Segments;
using SstpRouter.Ppp;
using SstpRouter.Sstp;
using SstpRouter.Tunnels.Data;

namespace SstpRouter.Benchmarks;

/// <summary>What a tunnel does between the TUN device and TLS, but for the system call: packets are split, queued and framed.</summary>
internal sealed class Batches(QueuePool pool)
{
    /// <summary>What stands before each packet.</summary>
    public const int FrameHeader = SstpPacket.DataHeaderLength + PppFrame.HeaderLength;

    /// <summary>As many packets of a stream as the buffer of a worker takes.</summary>
    public const int PacketsOfBulk = 46;

    /// <summary>The length of a worker's buffer for what it sends.</summary>
    public const int Length = 64 * 1024;

    private const int Mtu = 1_400;
    private const int HeadersLength = 40;
    private const int Bulk = HeadersLength + (PacketsOfBulk * (Mtu - HeadersLength));
    private const int Datagram = 128;

    private readonly byte[] _bulk = Packet(6, Bulk);
    private readonly byte[] _small = Packet(17, Datagram);
    private FairQueue? _queue;

    public bool IsEmpty => _queue!.IsEmpty;

    /// <summary>Something is about to come.</summary>
    public void Begin() => _queue = pool.Queues.Rent();

    /// <summary>Nothing waits any more.</summary>
    public void End()
    {
        _ = _queue!.Clear();
        pool.Queues.Return(_queue);
    }

    /// <summary>A super-packet of a stream comes.</summary>
    public void AddBulk(long now) => Add(_bulk, now, new VirtioNetHeader
    {
        NeedsChecksum = true,
        Kind = VirtioNetKind.Tcp4,
        SegmentLength = Mtu - HeadersLength,
        ChecksumStart = 20,
        ChecksumOffset = 16,
    });

    /// <summary>A datagram comes.</summary>
    public void AddSmall(long now) => Add(_small, now, default);

    /// <summary>Fills a buffer with what waits.</summary>
    /// <returns>How far.</returns>
    public int Fill(Span<byte> buffer, long now)
    {
        int filled = 0;
        while (buffer.Length - filled >= FrameHeader + Mtu)
        {
            Span<byte> room = buffer[filled..];
            int count = _queue!.Take(room[FrameHeader..], now, out _, out _);
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

    private void Add(byte[] packet, long now, VirtioNetHeader header)
    {
        Span<byte> room = _queue!.Room();
        packet.CopyTo(room);
        if (!SuperPacket.TryParse(header, room[..packet.Length], out SuperPacket parsed))
        {
            throw new InvalidOperationException("no packet");
        }

        _queue.Add(0, packet.Length, parsed, now);
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
