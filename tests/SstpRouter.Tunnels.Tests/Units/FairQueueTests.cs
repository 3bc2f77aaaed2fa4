using System.Buffers.Binary;
using SstpRouter.Linux;
using SstpRouter.Linux.Segments;
using SstpRouter.Tunnels.Data;

namespace SstpRouter.Tunnels.Tests.Units;

/// <summary>Packets that wait, by flow: RFC 8290.</summary>
public sealed class FairQueueTests
{
    private const ushort Bulk = 1;
    private const int Segment = 1_400;
    private readonly QueuePool _pool = new();
    private readonly byte[] _packet = new byte[2_000];

    [Fact]
    public void A_small_flow_overtakes_a_bulk_flow()
    {
        FairQueue queue = _pool.Queues.Rent();
        for (int i = 0; i < 5; i++)
        {
            AddSuper(queue, Bulk, 40, now: 0);
        }

        _ = Take(queue, 0);
        _ = Take(queue, 0);
        Add(queue, 2, 64, 0);
        int before = 0;
        while (Take(queue, 0).Port != 2)
        {
            before++;
        }

        // Its turn is the next: what is left of the bulk flow's quantum at most.
        Assert.InRange(before, 0, 1);
        Return(queue);
    }

    [Fact]
    public void Two_bulk_flows_share_by_octets()
    {
        FairQueue queue = _pool.Queues.Rent();
        for (int i = 0; i < 5; i++)
        {
            AddSuper(queue, 1, 40, 0);
        }

        for (int i = 0; i < 400; i++)
        {
            Add(queue, 2, 500, 0);
        }

        Dictionary<int, int> octets = new() { [1] = 0, [2] = 0 };
        for (int i = 0; i < 200; i++)
        {
            (int port, int length) = Take(queue, 0);
            octets[port] += length;
        }

        Assert.InRange((double)octets[1] / octets[2], 0.9, 1.1);
        Return(queue);
    }

    [Fact]
    public void A_flow_that_takes_all_the_room_loses_its_own_oldest()
    {
        FairQueue queue = _pool.Queues.Rent();
        for (int i = 0; i < 10; i++)
        {
            Add(queue, 2, 100, 0);
        }

        for (int i = 0; i < 3_000; i++)
        {
            Add(queue, Bulk, 1_400, 0, number: i);
        }

        List<(int Port, int Number)> left = Drain(queue);
        Assert.Equal(10, left.Count(p => p.Port == 2));
        int[] bulk = [.. left.Where(p => p.Port == Bulk).Select(p => p.Number)];
        Assert.Equal(Enumerable.Range(3_000 - bulk.Length, bulk.Length), bulk);
        Assert.Equal((3_000 - bulk.Length, 0), queue.TakeLosses());
        Assert.Equal((0, 0), queue.TakeLosses());
        Return(queue);
    }

    [Fact]
    public void Super_packets_without_end_always_leave_room_for_the_next_read()
    {
        FairQueue queue = _pool.Queues.Rent();
        for (int i = 0; i < 100; i++)
        {
            AddSuper(queue, Bulk, 46, 0);
            Add(queue, 2, 100, 0, number: i);
        }

        // The small packets take no room from the large ones.
        Assert.InRange(_pool.Rented, 2, FairQueue.MaximumRooms + FairQueue.MaximumSlabs + 2);
        List<(int Port, int Number)> left = Drain(queue);
        Assert.Equal(Enumerable.Range(0, 100), left.Where(p => p.Port == 2).Select(p => p.Number));
        Assert.Equal(FairQueue.MaximumRooms * 46, left.Count(p => p.Port == Bulk));
        Return(queue);
    }

    [Fact]
    public void Whatever_comes_bounds_hold_order_stays_and_all_memory_comes_back()
    {
        for (int round = 0; round < 60; round++)
        {
            Random dice = new(round);
            FairQueue queue = _pool.Queues.Rent();
            var model = new Dictionary<int, List<int>>();
            int added = 0, taken = 0;
            long lost = 0;
            long now = 0;
            for (int step = 0; step < 4_000; step++)
            {
                now += dice.Next(3);
                switch (dice.Next(round % 3 == 0 ? 3 : 8))
                {
                    case 0:
                        int segments = 2 + dice.Next(44);
                        ushort flow = (ushort)(1 + dice.Next(3));
                        AddSuper(queue, flow, segments, now, number: added);
                        Expect(flow, segments);
                        break;
                    case 1 or 2:
                        flow = (ushort)(1 + dice.Next(40));
                        Add(queue, flow, 60 + dice.Next(1_400), now, number: added);
                        Expect(flow, 1);
                        break;
                    default:
                        TakeOne();
                        break;
                }

                Assert.InRange(_pool.Rented, 1, FairQueue.MaximumRooms + FairQueue.MaximumSlabs + 2);
                (int overflowed, int slowed) = queue.TakeLosses();
                lost += overflowed + slowed;
            }

            while (!queue.IsEmpty)
            {
                TakeOne();
            }

            (int lateOverflow, int lateSlowed) = queue.TakeLosses();
            Assert.Equal(added, taken + lost + lateOverflow + lateSlowed);
            Assert.Equal(0, queue.Clear());
            _pool.Queues.Return(queue);
            Assert.Equal(0, _pool.Rented);

            void Expect(int flow, int count)
            {
                model.TryAdd(flow, []);
                model[flow].AddRange(Enumerable.Range(added, count));
                added += count;
            }

            void TakeOne()
            {
                int count = queue.Take(_packet, now, out int version, out _);
                if (count == 0)
                {
                    Assert.True(queue.IsEmpty);
                    return;
                }

                taken++;
                Assert.Equal(4, version);
                int at = model[Port].IndexOf(Number);
                Assert.True(at >= 0, $"round {round}: packet {Number} of flow {Port} out of its order");
                model[Port].RemoveRange(0, at + 1);
            }
        }
    }

    [Fact]
    public void What_waits_is_counted_when_it_is_thrown_away()
    {
        FairQueue queue = _pool.Queues.Rent();
        AddSuper(queue, Bulk, 10, 0);
        Add(queue, 2, 100, 0);
        _ = Take(queue, 0);
        Assert.Equal(10, queue.Clear());
        _pool.Queues.Return(queue);
        Assert.Equal(0, _pool.Rented);
        Assert.True(queue.IsEmpty);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(2, true)]
    public void A_flow_that_stands_is_told_by_a_loss_or_where_it_can_be_by_a_mark(int ecn, bool isMarked)
    {
        FairQueue queue = _pool.Queues.Rent();
        for (int i = 0; i < 300; i++)
        {
            Add(queue, Bulk, 1_000, now: 0, ecn: ecn, number: i);
        }

        // A packet a millisecond leaves; the first has waited for too long after 5, the flow is told after 100 more.
        int marks = 0;
        int taken = 0;
        for (long now = 0; !queue.IsEmpty; now++)
        {
            taken += queue.Take(_packet, now, out _, out _) > 0 ? 1 : 0;
            marks += (_packet[1] & 3) == 3 ? 1 : 0;
        }

        (int overflowed, int slowed) = queue.TakeLosses();
        Assert.Equal(0, overflowed);
        Assert.InRange(isMarked ? marks : slowed, 2, 6);
        Assert.Equal(0, isMarked ? slowed : marks);
        Assert.Equal(300, taken + slowed);
        Return(queue);
    }

    [Fact]
    public void A_flow_that_was_told_and_then_stood_no_more_begins_anew()
    {
        FairQueue queue = _pool.Queues.Rent();
        for (int i = 0; i < 300; i++)
        {
            Add(queue, Bulk, 1_000, 0);
        }

        for (long now = 0; !queue.IsEmpty; now++)
        {
            _ = queue.Take(_packet, now, out _, out _);
        }

        Assert.NotEqual(0, queue.TakeLosses().Slowed);
        Add(queue, 2, 1_400, 10_000);
        Add(queue, 2, 1_400, 10_000);
        Add(queue, Bulk, 1_000, 10_000);
        Add(queue, Bulk, 1_000, 10_000);
        Assert.Equal(4, Drain(queue, 10_050).Count);
        Return(queue);
    }

    [Fact]
    public void Moving_packets_allocates_nothing()
    {
        FairQueue queue = _pool.Queues.Rent();
        byte[] small = Packet(2, 100, 0, 0);
        byte[] large = Packet(Bulk, 40 + (40 * Segment), 0, 0);
        Turn();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1_000; i++)
        {
            Turn();
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Return(queue);

        void Turn()
        {
            for (int i = 0; i < 20; i++)
            {
                Put(queue, small, default, 0);
                Put(queue, large, Header(), 0);
            }

            while (queue.Take(_packet, 0, out _, out _) > 0)
            {
            }

            _ = queue.TakeLosses();
            _ = queue.Clear();
        }
    }

    private int Port => BinaryPrimitives.ReadUInt16BigEndian(_packet.AsSpan(20));

    // A super-packet counts on in its identification, and so do we.
    private int Number => BinaryPrimitives.ReadUInt16BigEndian(_packet.AsSpan(4)) | (_packet[8] << 16);

    private (int Port, int Length) Take(FairQueue queue, long now)
    {
        int length = queue.Take(_packet, now, out _, out _);
        Assert.NotEqual(0, length);
        return (Port, length);
    }

    private List<(int Port, int Number)> Drain(FairQueue queue, long now = 0)
    {
        List<(int, int)> packets = [];
        while (queue.Take(_packet, now, out _, out _) > 0)
        {
            packets.Add((Port, Number));
        }

        return packets;
    }

    private void Return(FairQueue queue)
    {
        _ = queue.Clear();
        _pool.Queues.Return(queue);
        Assert.Equal(0, _pool.Rented);
    }

    private static void Add(FairQueue queue, ushort port, int length, long now, int number = 0, int ecn = 0) =>
        AddBytes(queue, Packet(port, length, number, ecn), default, now);

    private static void AddSuper(FairQueue queue, ushort port, int segments, long now, int number = 0) =>
        AddBytes(queue, Packet(port, 40 + (segments * Segment), number, 0), Header(), now);

    private static void AddBytes(FairQueue queue, byte[] packet, VirtioNetHeader header, long now) => Assert.True(Put(queue, packet, header, now));

    /// <returns>False where the queue has too little room for a read, or the packet is none.</returns>
    private static bool Put(FairQueue queue, byte[] packet, VirtioNetHeader header, long now)
    {
        Span<byte> room = queue.Room();
        packet.CopyTo(room[VirtioNetHeader.Length..]);
        bool isSound = SuperPacket.TryParse(header, room.Slice(VirtioNetHeader.Length, packet.Length), out SuperPacket parsed)
            && room.Length >= PacketRoom.LargestRead;
        queue.Add(VirtioNetHeader.Length, packet.Length, parsed, now);
        return isSound;
    }

    private static VirtioNetHeader Header() => new()
    {
        NeedsChecksum = true,
        Kind = VirtioNetKind.Tcp4,
        HeadersLength = 40,
        SegmentLength = Segment,
        ChecksumStart = 20,
        ChecksumOffset = 16,
    };

    private static byte[] Packet(ushort port, int length, int number, int ecn)
    {
        byte[] packet = new byte[length];
        packet[0] = 0x45;
        packet[1] = (byte)ecn;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)length);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(4), (ushort)number);
        packet[8] = (byte)(number >> 16);
        packet[9] = 6;
        packet[12] = 10;
        packet[16] = 10;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(20), port);
        packet[32] = 0x50;
        return packet;
    }
}
