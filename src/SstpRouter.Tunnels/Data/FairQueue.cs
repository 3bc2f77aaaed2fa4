using SstpRouter.Linux.Segments;

namespace SstpRouter.Tunnels.Data;

/// <summary>Packets that wait for the socket, by flow: a flow that sends little overtakes one that sends much, and one that stands too long is slowed
/// down. RFC 8290, with super-packets split only when they leave.</summary>
/// <remarks>Bounded: where there is no more room of one size, the flow that holds most of it loses its oldest.</remarks>
internal sealed class FairQueue
{
    /// <summary>So many large packets, 64 KB each.</summary>
    public const int MaximumRooms = 16;

    /// <summary>So many slabs, 64 KB each, of small packets.</summary>
    public const int MaximumSlabs = 32;

    private const int MaximumSlots = MaximumSlabs * PacketRoom.SlotsOfSlab;
    private const int MaximumPackets = MaximumRooms + MaximumSlots;

    private const int Flows = 64;
    private const int SmallestQuantum = 1_514; // one full packet a round: RFC 8290 5.2.4
    private const int LargestQuantum = 16 * 1024;
    private const int None = -1;

    private readonly QueuePool _pool;
    private readonly Entry[] _entries = new Entry[MaximumPackets];
    private readonly Flow[] _flows = new Flow[Flows];
    private RoundRobin _new = new();
    private RoundRobin _old = new();
    private readonly byte[]?[] _slabs = new byte[MaximumSlabs][];
    private readonly short[] _freeSlots = new short[MaximumSlots];
    private byte[]? _room;
    private int _freeEntry;
    private int _packets;
    private int _octets;
    private int _rooms;
    private int _slabCount;
    private int _freeSlotCount;
    private int _overflowed;
    private int _slowed;

    public FairQueue(QueuePool pool)
    {
        _pool = pool;
        for (int i = 0; i < MaximumPackets; i++)
        {
            _entries[i].Next = i + 1 < MaximumPackets ? i + 1 : None;
        }

        for (int i = 0; i < Flows; i++)
        {
            _flows[i] = new Flow { First = None, Last = None, NextFlow = None };
        }
    }

    public bool IsEmpty => _packets == 0;

    /// <summary>What a flow may send a round: a full packet where time is short, more where it is not, for longer runs are joined better at the other end.</summary>
    public int Quantum
    {
        get;
        set => field = Math.Clamp(value, SmallestQuantum, LargestQuantum);
    } = SmallestQuantum;

    /// <summary>Memory for the next read: <see cref="PacketRoom.LargestRead"/> octets.</summary>
    public Span<byte> Room() => _room ??= _pool.Rooms.Rent();

    /// <summary>Takes in what was read into <see cref="Room"/>.</summary>
    /// <param name="offset">Where in it the packet begins.</param>
    /// <param name="length">Its octets.</param>
    /// <param name="packet">What it is.</param>
    /// <param name="now">The time.</param>
    public void Add(int offset, int length, in SuperPacket packet, long now)
    {
        ReadOnlySpan<byte> bytes = _room.AsSpan(offset, length);
        int index = (int)(packet.FlowHash(bytes) % Flows);
        bool isLarge = length > PacketRoom.SlotLength;
        int slot = isLarge ? None : TakeSlot();
        byte[] memory = isLarge ? TakeRoom() : _slabs[slot / PacketRoom.SlotsOfSlab]!;
        if (!isLarge)
        {
            offset = slot % PacketRoom.SlotsOfSlab * PacketRoom.SlotLength;
            bytes.CopyTo(memory.AsSpan(offset));
        }

        int at = _freeEntry;
        ref Entry entry = ref _entries[at];
        _freeEntry = entry.Next;
        entry = new Entry { Memory = memory, Slot = slot, Offset = offset, Length = length, Packet = packet, Since = now, Next = None };
        _packets++;
        _octets += length;

        ref Flow flow = ref _flows[index];
        if (flow.First == None)
        {
            flow.First = at;
        }
        else
        {
            _entries[flow.Last].Next = at;
        }

        flow.Last = at;
        _ = isLarge ? flow.Rooms++ : flow.Slots++;
        if (!flow.IsListed)
        {
            flow.IsListed = true;
            flow.Credit = Quantum;
            _new.Append(_flows, index);
        }
    }

    /// <summary>Writes the packet whose turn it is.</summary>
    /// <param name="destination">Room for the largest packet that was added.</param>
    /// <param name="now">The time.</param>
    /// <param name="version">4 or 6.</param>
    /// <param name="isWhole">True where it is no part of a super-packet.</param>
    /// <returns>Its length; 0 where the queue is empty.</returns>
    public int Take(Span<byte> destination, long now, out int version, out bool isWhole)
    {
        version = 0;
        isWhole = false;
        while (true)
        {
            bool isNew = !_new.IsEmpty;
            if (!isNew && _old.IsEmpty)
            {
                return 0;
            }

            int index = isNew ? _new.First : _old.First;
            ref Flow flow = ref _flows[index];
            if (flow.Credit <= 0)
            {
                flow.Credit += Quantum;
                RemoveFirst(isNew);
                _old.Append(_flows, index);
                continue;
            }

            if (flow.First == None)
            {
                flow.Delay.Emptied();
                RemoveFirst(isNew);
                if (isNew && !_old.IsEmpty)
                {
                    _old.Append(_flows, index); // it may not come first again at once: RFC 8290 4.2
                }
                else
                {
                    flow.IsListed = false;
                }

                continue;
            }

            ref Entry entry = ref _entries[flow.First];
            ReadOnlySpan<byte> bytes = entry.Memory.AsSpan(entry.Offset, entry.Length);
            bool isSlowed = flow.Delay.Judges(now - entry.Since, _octets <= Quantum, now);
            bool isMarked = isSlowed && entry.Packet.IsEcnCapable(bytes);
            int segment = entry.Segment++;
            int count = 0;
            if (isSlowed && !isMarked)
            {
                _slowed++;
            }
            else
            {
                count = entry.Packet.WriteSegment(bytes, segment, destination, isMarked);
                version = entry.Packet.Version;
                isWhole = entry.Packet.IsSingle;
                flow.Credit -= count;
            }

            if (entry.Segment == entry.Packet.SegmentCount)
            {
                RemoveEntry(ref flow);
            }

            if (count > 0)
            {
                return count;
            }
        }
    }

    /// <summary>Tells how many packets were thrown away for want of room, and how many because their flow stood too long, and begins to count anew.</summary>
    public (int Overflowed, int Slowed) TakeLosses()
    {
        (int, int) losses = (_overflowed, _slowed);
        _overflowed = _slowed = 0;
        return losses;
    }

    /// <summary>Gives all memory back; what waits is thrown away.</summary>
    /// <returns>How many packets waited.</returns>
    public int Clear()
    {
        int waited = 0;
        for (int i = 0; i < Flows; i++)
        {
            ref Flow flow = ref _flows[i];
            while (flow.First != None)
            {
                waited += Left(_entries[flow.First]);
                RemoveEntry(ref flow);
            }

            flow = new Flow { First = None, Last = None, NextFlow = None };
        }

        _new = new RoundRobin();
        _old = new RoundRobin();
        if (_room is not null)
        {
            _pool.Rooms.Return(_room);
            _room = null;
        }

        while (_slabCount > 0)
        {
            _pool.Slabs.Return(_slabs[--_slabCount]!);
            _slabs[_slabCount] = null;
        }

        _freeSlotCount = 0;
        return waited;
    }

    // The packets of a super-packet that have not left yet.
    private static int Left(in Entry entry) => entry.Packet.SegmentCount - entry.Segment;

    private void RemoveFirst(bool isNew)
    {
        if (isNew)
        {
            _new.RemoveFirst(_flows);
        }
        else
        {
            _old.RemoveFirst(_flows);
        }
    }

    private byte[] TakeRoom()
    {
        while (_rooms == MaximumRooms)
        {
            DropOldest(ofRooms: true);
        }

        byte[] room = _room!;
        _room = null;
        _rooms++;
        return room;
    }

    private int TakeSlot()
    {
        while (_freeSlotCount == 0)
        {
            if (_slabCount == MaximumSlabs)
            {
                DropOldest(ofRooms: false);
                continue;
            }

            int first = _slabCount * PacketRoom.SlotsOfSlab;
            _slabs[_slabCount++] = _pool.Slabs.Rent();
            for (int i = PacketRoom.SlotsOfSlab - 1; i >= 0; i--)
            {
                _freeSlots[_freeSlotCount++] = (short)(first + i);
            }
        }

        return _freeSlots[--_freeSlotCount];
    }

    private void DropOldest(bool ofRooms)
    {
        int fattest = 0;
        for (int i = 1; i < Flows; i++)
        {
            if (Held(_flows[i], ofRooms) > Held(_flows[fattest], ofRooms))
            {
                fattest = i;
            }
        }

        ref Flow flow = ref _flows[fattest];
        _overflowed += Left(_entries[flow.First]);
        RemoveEntry(ref flow);
    }

    private static int Held(in Flow flow, bool ofRooms) => ofRooms ? flow.Rooms : flow.Slots;

    private void RemoveEntry(ref Flow flow)
    {
        int at = flow.First;
        ref Entry entry = ref _entries[at];
        flow.First = entry.Next;
        _octets -= entry.Length;
        _packets--;
        if (entry.Slot == None)
        {
            flow.Rooms--;
            _rooms--;
            _pool.Rooms.Return(entry.Memory!);
        }
        else
        {
            flow.Slots--;
            _freeSlots[_freeSlotCount++] = (short)entry.Slot;
        }

        entry = new Entry { Next = _freeEntry };
        _freeEntry = at;
    }

    private struct Entry
    {
        public byte[]? Memory;
        public SuperPacket Packet;
        public long Since;
        public int Slot;
        public int Offset;
        public int Length;
        public int Segment;
        public int Next;
    }

    private struct Flow
    {
        public CoDel Delay;
        public int First;
        public int Last;
        public int Rooms;
        public int Slots;
        public int Credit;
        public int NextFlow;
        public bool IsListed;
    }

    /// <summary>Flows in the order of their turns.</summary>
    private struct RoundRobin()
    {
        private int _last = None;

        public int First { get; private set; } = None;

        public readonly bool IsEmpty => First == None;

        public void Append(Flow[] flows, int index)
        {
            flows[index].NextFlow = None;
            if (First == None)
            {
                First = index;
            }
            else
            {
                flows[_last].NextFlow = index;
            }

            _last = index;
        }

        public void RemoveFirst(Flow[] flows) => First = flows[First].NextFlow;
    }
}
