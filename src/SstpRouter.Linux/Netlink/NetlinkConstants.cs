namespace SstpRouter.Linux.Netlink;

/// <summary>Message types: netlink(7), rtnetlink(7), <c>linux/rtnetlink.h</c>.</summary>
internal enum MessageType : ushort
{
    Error = 2,
    Done = 3,
    Overrun = 4,
    NewLink = 16,
    DeleteLink = 17,
    GetLink = 18,
    SetLink = 19,
    NewAddress = 20,
    DeleteAddress = 21,
    GetAddress = 22,
    NewRoute = 24,
    DeleteRoute = 25,
    GetRoute = 26,
    NewLinkProperty = 108,
    DeleteLinkProperty = 109,
}

/// <summary>Message flags: netlink(7). Some bits mean one thing in a request to get, another in one to make.</summary>
[Flags]
internal enum MessageFlags : ushort
{
    None = 0,
    Request = 0x1,
    Acknowledge = 0x4,
    DumpInterrupted = 0x10,
    Replace = 0x100,
    Capped = 0x100,
    Exclusive = 0x200,
    AcknowledgeAttributes = 0x200,
    Dump = 0x300,
    Create = 0x400,
}

/// <summary>Attribute types of links: <c>linux/if_link.h</c>.</summary>
internal static class LinkAttribute
{
    public const ushort HardwareAddress = 1;
    public const ushort Name = 3;
    public const ushort Mtu = 4;
    public const ushort Link = 5;
    public const ushort Master = 10;
    public const ushort LinkInfo = 18;
    public const ushort Statistics64 = 23;
    public const ushort Group = 27;
    public const ushort NamespaceDescriptor = 28;
    public const ushort PropertyList = 52;
    public const ushort AlternativeName = 53;

    // Within LinkInfo
    public const ushort InfoKind = 1;
    public const ushort InfoData = 2;

    // Within InfoData of a veth: linux/veth.h
    public const ushort VethPeer = 1;
}

/// <summary>Attribute types of addresses: <c>linux/if_addr.h</c>.</summary>
internal static class AddressAttribute
{
    public const ushort Address = 1;
    public const ushort Local = 2;
    public const ushort Broadcast = 4;
    public const ushort Flags = 8;
}

/// <summary>Attribute types of routes: rtnetlink(7), <c>linux/rtnetlink.h</c>.</summary>
internal static class RouteAttribute
{
    public const ushort Destination = 1;
    public const ushort OutputInterface = 4;
    public const ushort Gateway = 5;
    public const ushort Priority = 6;
    public const ushort PreferredSource = 7;
    public const ushort Multipath = 9;
    public const ushort Table = 15;
    public const ushort Via = 18;
}
