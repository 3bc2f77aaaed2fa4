using SstpRouter.Linux;

namespace SstpRouter.Tunnels.Data;

/// <summary>The sizes in which memory for waiting packets is given out: a small packet must not hold back the room of a large one.</summary>
internal static class PacketRoom
{
    /// <summary>The most that one read of a TUN device gives, in octets, and the length of a large room.</summary>
    public const int LargestRead = ushort.MaxValue + VirtioNetHeader.Length;

    /// <summary>The longest packet that has a slot, in octets.</summary>
    public const int SlotLength = 2_048;

    /// <summary>How many slots a slab has.</summary>
    public const int SlotsOfSlab = 32;

    /// <summary>The length of a slab.</summary>
    public const int SlabLength = SlotLength * SlotsOfSlab;
}
