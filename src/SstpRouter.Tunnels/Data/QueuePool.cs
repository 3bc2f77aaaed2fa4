namespace SstpRouter.Tunnels.Data;

/// <summary>Memory of one worker for packets that wait: the queues of those tunnels where something waits, and room for the packets.</summary>
internal sealed class QueuePool
{
    private const int SpareQueues = 4;
    private const int SpareRooms = FairQueue.MaximumRooms + 1;
    private const int SpareSlabs = FairQueue.MaximumSlabs;

    private readonly Stack<FairQueue> _queues = new(SpareQueues);
    private readonly Stack<byte[]> _rooms = new(SpareRooms);
    private readonly Stack<byte[]> _slabs = new(SpareSlabs);

    /// <summary>How many queues, large rooms and slabs are out.</summary>
    public int Rented { get; private set; }

    /// <summary>An empty queue.</summary>
    public FairQueue RentQueue()
    {
        Rented++;
        return _queues.TryPop(out FairQueue? spare) ? spare : new FairQueue(this);
    }

    /// <summary>Takes back an empty queue.</summary>
    public void Return(FairQueue queue)
    {
        Rented--;
        if (_queues.Count < SpareQueues)
        {
            _queues.Push(queue);
        }
    }

    /// <summary>Room for the largest packet.</summary>
    public byte[] RentRoom() => Rent(_rooms, PacketRoom.LargestRead);

    /// <summary>Takes back what <see cref="RentRoom"/> gave.</summary>
    public void ReturnRoom(byte[] room) => Return(_rooms, SpareRooms, room);

    /// <summary>Room for many small packets.</summary>
    public byte[] RentSlab() => Rent(_slabs, PacketRoom.SlabLength);

    /// <summary>Takes back what <see cref="RentSlab"/> gave.</summary>
    public void ReturnSlab(byte[] slab) => Return(_slabs, SpareSlabs, slab);

    private byte[] Rent(Stack<byte[]> spares, int length)
    {
        Rented++;
        return spares.TryPop(out byte[]? spare) ? spare : GC.AllocateUninitializedArray<byte>(length);
    }

    private void Return(Stack<byte[]> spares, int most, byte[] buffer)
    {
        Rented--;
        if (spares.Count < most)
        {
            spares.Push(buffer);
        }
    }
}
