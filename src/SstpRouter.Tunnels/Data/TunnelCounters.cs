namespace SstpRouter.Tunnels.Data;

/// <summary>Why a packet went no further.</summary>
public enum PacketDrop
{
    /// <summary>From the peer: no PPP frame, or no whole IP packet in it.</summary>
    Malformed,

    /// <summary>From the peer: its protocol is not agreed, or the interface is not there yet.</summary>
    Unexpected,

    /// <summary>From the peer: the kernel did not take it.</summary>
    Refused,

    /// <summary>From the kernel: no IP packet, or a super-packet that contradicts itself.</summary>
    Unsendable,

    /// <summary>From the kernel: larger than the tunnel's MTU.</summary>
    TooLarge,

    /// <summary>From the kernel: its protocol is not agreed.</summary>
    NotAgreed,

    /// <summary>From the kernel: too much waited already, and its flow had most of it.</summary>
    Overflow,

    /// <summary>From the kernel: its flow stood in the queue for too long, and this tells it so.</summary>
    Slowed,
}

/// <summary>What went through a tunnel, in inner packets and their bytes. Written by one worker, read by anyone.</summary>
public sealed class TunnelCounters
{
    private readonly long[] _drops = new long[Enum.GetValues<PacketDrop>().Length];
    private long _bytesIn;
    private long _bytesOut;
    private long _packetsIn;
    private long _packetsOut;

    /// <summary>Bytes received from the peer.</summary>
    public long BytesIn => Volatile.Read(ref _bytesIn);

    /// <summary>Bytes sent to the peer.</summary>
    public long BytesOut => Volatile.Read(ref _bytesOut);

    /// <summary>Packets received from the peer.</summary>
    public long PacketsIn => Volatile.Read(ref _packetsIn);

    /// <summary>Packets sent to the peer.</summary>
    public long PacketsOut => Volatile.Read(ref _packetsOut);

    /// <summary>Packets from the peer that were not passed on.</summary>
    public long DroppedIn => Dropped(PacketDrop.Malformed) + Dropped(PacketDrop.Unexpected) + Dropped(PacketDrop.Refused);

    /// <summary>Packets from the kernel that were not sent for what they are.</summary>
    public long DroppedOut => Dropped(PacketDrop.Unsendable) + Dropped(PacketDrop.TooLarge) + Dropped(PacketDrop.NotAgreed);

    /// <summary>Packets from the kernel that were not sent for want of room.</summary>
    public long DroppedQueued => Dropped(PacketDrop.Overflow) + Dropped(PacketDrop.Slowed);

    /// <summary>How many were dropped for one reason.</summary>
    public long Dropped(PacketDrop reason) => Volatile.Read(ref _drops[(int)reason]);

    internal void CountIn(int packets, int bytes)
    {
        Volatile.Write(ref _bytesIn, _bytesIn + bytes);
        Volatile.Write(ref _packetsIn, _packetsIn + packets);
    }

    internal void CountOut(int packets, int bytes)
    {
        Volatile.Write(ref _bytesOut, _bytesOut + bytes);
        Volatile.Write(ref _packetsOut, _packetsOut + packets);
    }

    internal void CountDrop(PacketDrop reason, int packets = 1) =>
        Volatile.Write(ref _drops[(int)reason], _drops[(int)reason] + packets);
}
