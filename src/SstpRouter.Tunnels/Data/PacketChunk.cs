using SstpRouter.Linux;

namespace SstpRouter.Tunnels.Data;

/// <summary>Memory that packets are read into one behind the other; free again when all of them have left.</summary>
internal sealed class PacketChunk
{
    /// <summary>The most that one read of a TUN device gives.</summary>
    public const int LargestRead = ushort.MaxValue + VirtioNetHeader.Length;

    private const int Length = 2 * 64 * 1024;
    private const int Alignment = 64;

    private int _used;

    /// <summary>The memory.</summary>
    public byte[] Bytes { get; } = GC.AllocateUninitializedArray<byte>(Length);

    /// <summary>How many packets in it wait.</summary>
    public int Packets { get; private set; }

    /// <summary>The octets of those packets.</summary>
    public int Octets { get; private set; }

    /// <summary>Where the next read goes.</summary>
    public int Free => _used;

    /// <summary>How many octets are free from there on.</summary>
    public int Left => Length - _used;

    /// <summary>True while a read has room.</summary>
    public bool HasRoom => Left >= LargestRead;

    /// <summary>The octets from <paramref name="start"/> on belong to a packet now.</summary>
    public void Take(int start, int length)
    {
        Packets++;
        Octets += length;
        _used = Math.Min(Length, (start + length + Alignment - 1) & ~(Alignment - 1));
    }

    /// <summary>One of its packets has left.</summary>
    /// <returns>True where it was the last: the chunk is as new.</returns>
    public bool Leave(int length)
    {
        Octets -= length;
        if (--Packets > 0)
        {
            return false;
        }

        _used = 0;
        return true;
    }
}
