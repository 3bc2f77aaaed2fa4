using SstpRouter.RouterOs.Printing;
using SstpRouter.RouterOs.Schema;

namespace SstpRouter.RouterOs.Menus.Interfaces;

/// <summary><c>/interface</c>: all interfaces of the router, whatever made them.</summary>
internal static class InterfaceMenu
{
    public static Menu Create() => new Menu("interface", MenuKind.Items, "All interfaces, physical and tunnels")
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
        StatsDetails =
        [
            "last-link-down-time", "last-link-up-time", "link-downs",
            "rx-drop-malformed", "rx-drop-unexpected", "rx-drop-refused", "tx-drop-unsendable", "tx-drop-too-large", "tx-drop-not-agreed", "tx-drop-overflow",
            "tx-drop-slowed",
        ],
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
            ItemProperties.Counter("rx-drop-malformed", "Received by the tunnel: no PPP frame, or no whole IP packet in it"),
            ItemProperties.Counter("rx-drop-unexpected", "Received by the tunnel: the protocol is not agreed, or the interface was not there yet"),
            ItemProperties.Counter("rx-drop-refused", "Received by the tunnel: the kernel did not take it"),
            ItemProperties.Counter("tx-drop-unsendable", "For the tunnel: no IP packet, or a super-packet that contradicts itself"),
            ItemProperties.Counter("tx-drop-too-large", "For the tunnel: larger than its MTU"),
            ItemProperties.Counter("tx-drop-not-agreed", "For the tunnel: the protocol is not agreed"),
            ItemProperties.Counter("tx-drop-overflow", "For the tunnel: too much waited, most of it of the same flow"),
            ItemProperties.Counter("tx-drop-slowed", "For the tunnel: the flow stood in the queue for too long and is told so"),
            ItemProperties.Comment(),
        ],
    }
    .Add(new MenuCommand("monitor-traffic", "Show what passes interfaces in a second")
    {
        UnnamedArguments = ["interface"],
        Arguments = [new CommandArgument("interface", "The interfaces, or aggregate for all together"), .. LiveScreen.Arguments],
    });
}
