namespace SstpRouter.Tunnels.Data;

/// <summary>What went through a tunnel, in inner packets and their bytes. Written by one worker, read by anyone.</summary>
public sealed class TunnelCounters
{
    private long _bytesIn;
    private long _bytesOut;
    private long _packetsIn;
    private long _packetsOut;
    private long _droppedIn;
    private long _droppedOut;

    /// <summary>Bytes received from the peer.</summary>
    public long BytesIn => Volatile.Read(ref _bytesIn);

    /// <summary>Bytes sent to the peer.</summary>
    public long BytesOut => Volatile.Read(ref _bytesOut);

    /// <summary>Packets received from the peer.</summary>
    public long PacketsIn => Volatile.Read(ref _packetsIn);

    /// <summary>Packets sent to the peer.</summary>
    public long PacketsOut => Volatile.Read(ref _packetsOut);

    /// <summary>Packets from the peer that were not passed on: no valid IP packet, or the interface was not up.</summary>
    public long DroppedIn => Volatile.Read(ref _droppedIn);

    /// <summary>Packets from the kernel that were not sent: no valid IP packet, larger than the tunnel's MTU, or its protocol not negotiated.</summary>
    public long DroppedOut => Volatile.Read(ref _droppedOut);

    internal void CountIn(int bytes)
    {
        Volatile.Write(ref _bytesIn, _bytesIn + bytes);
        Volatile.Write(ref _packetsIn, _packetsIn + 1);
    }

    internal void CountOut(int bytes)
    {
        Volatile.Write(ref _bytesOut, _bytesOut + bytes);
        Volatile.Write(ref _packetsOut, _packetsOut + 1);
    }

    internal void CountDroppedIn() => Volatile.Write(ref _droppedIn, _droppedIn + 1);

    internal void CountDroppedOut() => Volatile.Write(ref _droppedOut, _droppedOut + 1);
}
