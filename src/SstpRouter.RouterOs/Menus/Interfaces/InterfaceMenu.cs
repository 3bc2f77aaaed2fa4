using SstpRouter.RouterOs.Schema;

namespace SstpRouter.RouterOs.Menus.Interfaces;

/// <summary><c>/interface</c>: all interfaces of the router, whatever made them.</summary>
internal static class InterfaceMenu
{
    public static Menu Create() => new("interface", MenuKind.Items, "All interfaces, physical and tunnels")
    {
        IsWritable = false,
        IsExported = false,
        NeedsState = true,
        ItemNoun = "interface",
        Flags =
        [
            new MenuFlag('D', "dynamic", 0),
            new MenuFlag('X', "disabled", 1),
            new MenuFlag('R', "running", 1),
            new MenuFlag('S', "slave", 2),
        ],
        TableColumns = ["name", "type", "actual-mtu", "l2mtu", "max-l2mtu", "mac-address"],
        StatsColumns =
        [
            "rx-byte", "tx-byte", "rx-packet", "tx-packet", "rx-drop", "tx-drop", "tx-queue-drop", "rx-error", "tx-error",
        ],
        StatsDetails = ["last-link-down-time", "last-link-up-time", "link-downs"],
        Properties =
        [
            ItemProperties.State("name", Types.Name, "Name of the interface"),
            ItemProperties.State("default-name", Types.Name, "Name that the hardware gives the interface"),
            ItemProperties.State("type", Types.Word, "Kind of interface: ether, sstp-out, sstp-in, loopback"),
            ItemProperties.State("mtu", Types.Word, "Configured layer 3 MTU"),
            ItemProperties.State("actual-mtu", Types.Number(0, int.MaxValue), "Layer 3 MTU in use"),
            ItemProperties.State("l2mtu", Types.Number(0, int.MaxValue), "Layer 2 MTU in use"),
            ItemProperties.State("max-l2mtu", Types.Number(0, int.MaxValue), "Largest layer 2 MTU that the hardware takes"),
            ItemProperties.State("mac-address", Types.Word, "Hardware address"),
            ItemProperties.State("last-link-down-time", Types.Word, "When the link last went down"),
            ItemProperties.State("last-link-up-time", Types.Word, "When the link last came up"),
            ItemProperties.State("link-downs", Types.Number(0, long.MaxValue), "How often the link went down"),
            ItemProperties.Counter("rx-byte", "Received bytes"),
            ItemProperties.Counter("tx-byte", "Transmitted bytes"),
            ItemProperties.Counter("rx-packet", "Received packets"),
            ItemProperties.Counter("tx-packet", "Transmitted packets"),
            ItemProperties.Counter("rx-drop", "Received packets that were dropped"),
            ItemProperties.Counter("tx-drop", "Packets dropped instead of being transmitted"),
            ItemProperties.Counter("tx-queue-drop", "Packets dropped because the queue was full"),
            ItemProperties.Counter("rx-error", "Packets received with an error"),
            ItemProperties.Counter("tx-error", "Packets that failed to be transmitted"),
            ItemProperties.Comment(),
        ],
    };
}
