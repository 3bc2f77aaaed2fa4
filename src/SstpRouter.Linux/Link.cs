namespace SstpRouter.Linux;

/// <summary>The flags of an interface: netdevice(7). Bits without a name here are kept.</summary>
[Flags]
public enum LinkFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,

    /// <summary>IFF_UP: it is enabled.</summary>
    Up = 0x1,

    /// <summary>IFF_LOOPBACK: it is the loopback interface.</summary>
    Loopback = 0x8,

    /// <summary>IFF_POINTOPOINT: it has one peer.</summary>
    PointToPoint = 0x10,

    /// <summary>IFF_RUNNING: it can carry packets.</summary>
    Running = 0x40,

    /// <summary>IFF_LOWER_UP: the wire, or what stands for it, is connected.</summary>
    LowerUp = 0x1_0000,
}

/// <summary>What has passed an interface since it was made, received (Rx) and sent (Tx).</summary>
/// <param name="RxPackets">Packets received.</param>
/// <param name="TxPackets">Packets sent.</param>
/// <param name="RxBytes">Octets received.</param>
/// <param name="TxBytes">Octets sent.</param>
/// <param name="RxErrors">Packets received damaged.</param>
/// <param name="TxErrors">Packets that failed to be sent.</param>
/// <param name="RxDropped">Packets received and thrown away.</param>
/// <param name="TxDropped">Packets thrown away instead of sent.</param>
public readonly record struct LinkStatistics(
    ulong RxPackets,
    ulong TxPackets,
    ulong RxBytes,
    ulong TxBytes,
    ulong RxErrors,
    ulong TxErrors,
    ulong RxDropped,
    ulong TxDropped);

/// <summary>A network interface as the kernel described it at one moment: rtnetlink(7), RTM_NEWLINK.</summary>
public sealed record Link
{
    /// <summary>The index, 1 or more; unique within a namespace as long as the interface lives.</summary>
    public required int Index { get; init; }

    /// <summary>The kernel's name.</summary>
    public required string Name { get; init; }

    /// <summary>The driver's kind (<c>veth</c>, <c>tun</c>, <c>bridge</c>), or empty for hardware and loopback.</summary>
    public string Kind { get; init; } = string.Empty;

    /// <summary>The flags.</summary>
    public LinkFlags Flags { get; init; }

    /// <summary>The longest packet, in octets.</summary>
    public int Mtu { get; init; }

    /// <summary>The interface below (a VLAN's) or opposite (a veth's, in its own namespace), or null.</summary>
    public int? PeerIndex { get; init; }

    /// <summary>The bridge or VRF that it belongs to, or null.</summary>
    public int? MasterIndex { get; init; }

    /// <summary>The hardware address, six octets for Ethernet, none for TUN.</summary>
    public ReadOnlyMemory<byte> HardwareAddress { get; init; }

    /// <summary>Further names: see <see cref="RouteSocket.SetAltName"/>.</summary>
    public IReadOnlyList<string> AlternativeNames { get; init; } = [];

    /// <summary>The counters.</summary>
    public LinkStatistics Statistics { get; init; }

    /// <summary>Whether it is enabled.</summary>
    public bool IsUp => (Flags & LinkFlags.Up) != 0;

    /// <summary>Whether it can carry packets.</summary>
    public bool IsRunning => (Flags & LinkFlags.Running) != 0;
}
