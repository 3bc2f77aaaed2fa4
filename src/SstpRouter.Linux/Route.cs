using System.Net;

namespace SstpRouter.Linux;

/// <summary>A route to add, replace or delete: rtnetlink(7), RTM_NEWROUTE.</summary>
public record RouteSpec
{
    /// <summary>RT_TABLE_MAIN: the table of routes without a table.</summary>
    public const int MainTable = 254;

    /// <summary>Where to; the default route is <c>0.0.0.0/0</c> or <c>::/0</c>.</summary>
    public required IPNetwork Destination { get; init; }

    /// <summary>The next router, or null when the destination is on the link; of either family.</summary>
    public IPAddress? Gateway { get; init; }

    /// <summary>The index of the interface, or null when the gateway decides it.</summary>
    public int? OutputInterface { get; init; }

    /// <summary>The source address of our own packets, or null to let the kernel choose.</summary>
    public IPAddress? PreferredSource { get; init; }

    /// <summary>The lower wins among routes to one destination; 0 or more, and IPv6 reads 0 as 1024.</summary>
    public int Metric { get; init; }

    /// <summary>The routing table, 1 or more.</summary>
    public int Table { get; init; } = MainTable;

    /// <summary>Who made it. Deleting looks at it too, so that one maker cannot delete another's.</summary>
    public RouteProtocol Protocol { get; init; } = RouteProtocol.Static;

    /// <summary>How far away the destination is, or null for what follows from the type and gateway.</summary>
    public RouteScope? Scope { get; init; }

    /// <summary>What happens to a packet.</summary>
    public RouteType Type { get; init; } = RouteType.Unicast;

    /// <summary>The gateway is reachable on <see cref="OutputInterface"/> though no address there says so.</summary>
    public bool OnLink { get; init; }
}

/// <summary>A route as the kernel described it.</summary>
public sealed record Route : RouteSpec
{
    /// <summary>The ways of a route that has several, which then has no gateway of its own; otherwise empty.</summary>
    public IReadOnlyList<NextHop> NextHops { get; init; } = [];

    /// <summary>Whether it is the answer for one destination rather than an entry of a table.</summary>
    public bool IsCloned { get; init; }
}

/// <summary>One way of a route that has several.</summary>
/// <param name="Gateway">The next router, or null.</param>
/// <param name="OutputInterface">The index of the interface.</param>
/// <param name="Weight">Its share of the traffic, 1 to 256.</param>
public sealed record NextHop(IPAddress? Gateway, int OutputInterface, int Weight);

/// <summary>Who made a route: RTPROT_*, rtnetlink(7). Other values occur.</summary>
public enum RouteProtocol : byte
{
    /// <summary>Nobody in particular; when deleting: whoever.</summary>
    Unspecified = 0,

    /// <summary>An ICMP redirect.</summary>
    Redirect = 1,

    /// <summary>The kernel, for an address.</summary>
    Kernel = 2,

    /// <summary>The start of the system.</summary>
    Boot = 3,

    /// <summary>The administrator.</summary>
    Static = 4,

    /// <summary>An IPv6 router advertisement.</summary>
    RouterAdvertisement = 9,

    /// <summary>A DHCP client.</summary>
    Dhcp = 16,
}

/// <summary>How far away a destination is: RT_SCOPE_*, rtnetlink(7). Other values occur.</summary>
public enum RouteScope : byte
{
    /// <summary>Anywhere.</summary>
    Universe = 0,

    /// <summary>Within the site.</summary>
    Site = 200,

    /// <summary>On the link.</summary>
    Link = 253,

    /// <summary>On this machine.</summary>
    Host = 254,

    /// <summary>Nowhere; when deleting: any scope.</summary>
    Nowhere = 255,
}

/// <summary>What a route does with a packet: RTN_*, rtnetlink(7). Other values occur.</summary>
public enum RouteType : byte
{
    /// <summary>None; when deleting: any type.</summary>
    Unspecified = 0,

    /// <summary>Sends it on.</summary>
    Unicast = 1,

    /// <summary>Takes it in: the address is ours.</summary>
    Local = 2,

    /// <summary>Takes it in and sends it as a broadcast.</summary>
    Broadcast = 3,

    /// <summary>Takes it in: the address is shared.</summary>
    Anycast = 4,

    /// <summary>Sends it to a group.</summary>
    Multicast = 5,

    /// <summary>Drops it silently.</summary>
    Blackhole = 6,

    /// <summary>Drops it; the sender is told that the host is unreachable.</summary>
    Unreachable = 7,

    /// <summary>Drops it; the sender is told that it is prohibited.</summary>
    Prohibit = 8,
}
