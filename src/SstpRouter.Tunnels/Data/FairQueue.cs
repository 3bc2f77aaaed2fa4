using SstpRouter.Linux.Segments;

namespace SstpRouter.Tunnels.Data;

/// <summary>Packets that wait for the socket, by flow: a flow that sends little overtakes one that sends much, and one that stands too long is slowed
/// down. RFC 8290, with super-packets split only when they leave.</summary>
/// <remarks>Bounded: beyond <see cref="MaximumPackets"/>, <see cref="MaximumOctets"/> or <see cref="MaximumChunks"/> the flow that holds most loses
/// its oldest.</remarks>
internal sealed class FairQueue
{
    public const int MaximumPackets = 1_024;
    public const int MaximumOctets = 1024 * 1024;
    public const int MaximumChunks = 16;

    private const int Flows = 64;
    private const int Quantum = 1_514; // one full packet of a round: RFC 8290 5.2.4
    private const int None = -1;

    /// <summary>A chunk with so few octets left is emptied where its memory is needed.</summary>
    private const int FewOctets = 16 * 1024;

    private readonly QueuePool _pool;
    private readonly Entry[] _entries = new Entry[MaximumPackets];
    private readonly Flow[] _flows = new Flow[Flows];
    private readonly PacketChunk?[] _held = new PacketChunk?[MaximumChunks];
    private RoundRobin _new = new();
    private RoundRobin _old = new();
    private PacketChunk? _chunk;
    private int _freeEntry;
    private int _packets;
    private int _octets;
    private int _chunks;

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

    /// <summary>How many packets were thrown away for want of room since the last look.</summary>
    public int Overflowed { get; private set; }

    /// <summary>How many were thrown away because their flow stood too long.</summary>
    public int Slowed { get; private set; }

    /// <summary>Memory for the next read, at least <see cref="PacketChunk.LargestRead"/>.</summary>
    public Span<byte> Room()
    {
        if (_chunk is not { HasRoom: true })
        {
            // The one before comes back when its last packet leaves.
            _chunk = _pool.RentChunk();
            _held[Array.IndexOf(_held, null)] = _chunk;
            _chunks++;
        }

        return _chunk.Bytes.AsSpan(_chunk.Free);
    }

    /// <summary>Takes in what was read into <see cref="Room"/>.</summary>
    /// <param name="offset">Where in it the packet begins.</param>
    /// <param name="length">Its octets.</param>
    /// <param name="packet">What it is.</param>
    /// <param name="now">The time.</param>
    public void Add(int offset, int length, in SuperPacket packet, long now)
    {
        int start = _chunk!.Free + offset;
        while (_packets == MaximumPackets || (_octets + length > MaximumOctets && _packets > 0))
        {
            DropFromFattest();
        }

        int index = (int)(packet.FlowHash(_chunk.Bytes.AsSpan(start, length)) % Flows);
        int at = _freeEntry;
        ref Entry entry = ref _entries[at];
        _freeEntry = entry.Next;
        entry = new Entry { Chunk = _chunk, Offset = start, Length = length, Packet = packet, Since = now, Next = None };
        _chunk.Take(start, length);
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
        flow.Octets += length;
        if (!flow.IsListed)
        {
            flow.IsListed = true;
            flow.Credit = Quantum;
            _new.Append(_flows, index);
        }

        // The next read must find room: what stays in the kernel could not be overtaken, and would be told as readable again and again.
        while (_chunks == MaximumChunks && !_chunk.HasRoom && !TryFreeChunk())
        {
            DropFromFattest();
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
            ReadOnlySpan<byte> bytes = entry.Chunk!.Bytes.AsSpan(entry.Offset, entry.Length);
            bool isSlowed = flow.Delay.Judges(now - entry.Since, _octets <= Quantum, now);
            bool isMarked = isSlowed && entry.Packet.IsEcnCapable(bytes);
            int segment = entry.Segment++;
            int count = 0;
            if (isSlowed && !isMarked)
            {
                Slowed++;
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

    /// <summary>Tells what was thrown away and begins to count anew.</summary>
    public (int Overflowed, int Slowed) TakeLosses()
    {
        (int, int) losses = (Overflowed, Slowed);
        Overflowed = Slowed = 0;
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
        if (_chunk is not null)
        {
            Return(_chunk);
            _chunk = null;
        }

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

    private void DropFromFattest()
    {
        int fattest = 0;
        for (int i = 1; i < Flows; i++)
        {
            if (_flows[i].Octets > _flows[fattest].Octets)
            {
                fattest = i;
            }
        }

        ref Flow flow = ref _flows[fattest];
        Overflowed += Left(_entries[flow.First]);
        RemoveEntry(ref flow);
    }

    /// <summary>Moves the few packets that are left in a chunk behind those of others: small ones that wait for long must not hold all the memory.</summary>
    private bool TryFreeChunk()
    {
        PacketChunk? sparse = null;
        foreach (PacketChunk? chunk in _held)
        {
            if (chunk is not null && chunk != _chunk && chunk.Octets <= (sparse?.Octets ?? FewOctets))
            {
                sparse = chunk;
            }
        }

        for (int i = 0; sparse is { Packets: > 0 } && i < MaximumPackets; i++)
        {
            if (_entries[i].Chunk == sparse && !TryMove(ref _entries[i]))
            {
                return false;
            }
        }

        return sparse is not null;
    }

    private bool TryMove(ref Entry entry)
    {
        foreach (PacketChunk? chunk in _held)
        {
            if (chunk is not null && chunk != entry.Chunk && chunk.Left >= entry.Length)
            {
                PacketChunk left = entry.Chunk!;
                left.Bytes.AsSpan(entry.Offset, entry.Length).CopyTo(chunk.Bytes.AsSpan(chunk.Free));
                entry.Chunk = chunk;
                entry.Offset = chunk.Free;
                chunk.Take(chunk.Free, entry.Length);
                if (left.Leave(entry.Length))
                {
                    Return(left);
                }

                return true;
            }
        }

        return false;
    }

    private void RemoveEntry(ref Flow flow)
    {
        int at = flow.First;
        ref Entry entry = ref _entries[at];
        flow.First = entry.Next;
        flow.Octets -= entry.Length;
        _octets -= entry.Length;
        _packets--;
        PacketChunk chunk = entry.Chunk!;
        if (chunk.Leave(entry.Length) && chunk != _chunk)
        {
            Return(chunk);
        }

        entry = new Entry { Next = _freeEntry };
        _freeEntry = at;
    }

    private void Return(PacketChunk chunk)
    {
        _chunks--;
        _held[Array.IndexOf(_held, chunk)] = null;
        _pool.Return(chunk);
    }

    private struct Entry
    {
        public PacketChunk? Chunk;
        public SuperPacket Packet;
        public long Since;
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
        public int Octets;
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
