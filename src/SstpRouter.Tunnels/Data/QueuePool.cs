namespace SstpRouter.Tunnels.Data;

/// <summary>Memory of one worker for packets that wait: the queues of those tunnels where something waits, and room for the packets.</summary>
internal sealed class QueuePool
{
    public QueuePool() => Queues = new("queues", 4, () => new FairQueue(this));

    /// <summary>Queues; they come back empty.</summary>
    public Spares<FairQueue> Queues { get; }

    /// <summary>Rooms for the largest packets, one for each and one for the next read.</summary>
    public Spares<byte[]> Rooms { get; } = new("rooms for packets", FairQueue.MaximumRooms + 1, static () => GC.AllocateUninitializedArray<byte>(PacketRoom.LargestRead));

    /// <summary>Rooms for many small packets each.</summary>
    public Spares<byte[]> Slabs { get; } = new("slabs for small packets", FairQueue.MaximumSlabs, static () => GC.AllocateUninitializedArray<byte>(PacketRoom.SlabLength));

    /// <summary>How many of all these are out.</summary>
    public int Rented => Queues.Rented + Rooms.Rented + Slabs.Rented;
}
