namespace SstpRouter.Tunnels.Data;

/// <summary>Memory of one worker for packets that wait: the queues of those tunnels where something waits, and their chunks.</summary>
internal sealed class QueuePool
{
    private const int SpareQueues = 4;
    private const int SpareChunks = 16;

    private readonly Stack<FairQueue> _queues = new(SpareQueues);
    private readonly Stack<PacketChunk> _chunks = new(SpareChunks);

    /// <summary>How many queues and chunks are out.</summary>
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

    /// <summary>An empty chunk.</summary>
    public PacketChunk RentChunk()
    {
        Rented++;
        return _chunks.TryPop(out PacketChunk? spare) ? spare : new PacketChunk();
    }

    /// <summary>Takes back an empty chunk.</summary>
    public void Return(PacketChunk chunk)
    {
        Rented--;
        if (_chunks.Count < SpareChunks)
        {
            _chunks.Push(chunk);
        }
    }
}
