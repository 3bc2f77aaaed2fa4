using System.Net;

namespace SstpRouter.Linux;

/// <summary>The flags of an address: <c>linux/if_addr.h</c>. Bits without a name here are kept.</summary>
[Flags]
public enum AddressFlags
{
    /// <summary>No flag.</summary>
    None = 0,

    /// <summary>IFA_F_NODAD: IPv6 uses it at once, without looking for a duplicate.</summary>
    NoDuplicateDetection = 0x2,

    /// <summary>IFA_F_DADFAILED: another machine has it.</summary>
    Duplicate = 0x8,

    /// <summary>IFA_F_TENTATIVE: IPv6 still looks for a duplicate.</summary>
    Tentative = 0x40,

    /// <summary>IFA_F_PERMANENT: it has no lifetime.</summary>
    Permanent = 0x80,
}

/// <summary>An address of an interface: rtnetlink(7), RTM_NEWADDR.</summary>
public sealed record InterfaceAddress
{
    /// <summary>The interface.</summary>
    public required int InterfaceIndex { get; init; }

    /// <summary>Our address.</summary>
    public required IPAddress Address { get; init; }

    /// <summary>The prefix length, 0 to 32 or 128; it belongs to the peer's address where there is one.</summary>
    public required int PrefixLength { get; init; }

    /// <summary>The far end of a point-to-point link, or null.</summary>
    public IPAddress? Peer { get; init; }

    /// <summary>The flags.</summary>
    public AddressFlags Flags { get; init; }

    /// <summary>How far the address is valid.</summary>
    public RouteScope Scope { get; init; }
}
