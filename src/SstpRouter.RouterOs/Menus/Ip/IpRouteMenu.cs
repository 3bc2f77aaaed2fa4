using SstpRouter.RouterOs.Schema;

namespace SstpRouter.RouterOs.Menus.Ip;

/// <summary><c>/ip/route</c>: the IPv4 routes in use.</summary>
internal static class IpRouteMenu
{
    public static Menu Create() => new("route", MenuKind.Items, "IPv4 routes")
    {
        IsWritable = false,
        IsExported = false,
        NeedsState = true,
        DynamicRowsUnnumbered = true,
        ItemNoun = "route",
        HistoryName = "route {dst-address}",
        Flags =
        [
            new MenuFlag('D', "dynamic", 0),
            new MenuFlag('X', "disabled", 1),
            new MenuFlag('I', "inactive", 1),
            new MenuFlag('A', "active", 1),
            new MenuFlag('c', "connect", 2),
            new MenuFlag('s', "static", 2),
            new MenuFlag('r', "rip", 2),
            new MenuFlag('b', "bgp", 2),
            new MenuFlag('o', "ospf", 2),
            new MenuFlag('i', "is-is", 2),
            new MenuFlag('d', "dhcp", 2),
            new MenuFlag('v', "vpn", 2),
            new MenuFlag('m', "modem", 2),
            new MenuFlag('y', "bgp-mpls-vpn", 2),
            new MenuFlag('H', "hw-offloaded", 3),
            new MenuFlag('+', "ecmp", 4),
        ],
        TableColumns = ["dst-address", "gateway", "routing-table", "distance"],
        Properties =
        [
            ItemProperties.State("dst-address", Types.Prefix, "Network that the route leads to"),
            ItemProperties.State("routing-table", Types.Word, "Table that the route is in"),
            ItemProperties.State("pref-src", Types.Address, "Source address of packets that the router itself sends"),
            ItemProperties.State("gateway", Types.Word, "Next hop: an address or an interface"),
            ItemProperties.State("immediate-gw", Types.Word, "Next hop as resolved, with its interface"),
            ItemProperties.State("distance", Types.Number(0, 255), "Preference among routes to the same network; the lowest wins"),
            ItemProperties.State("scope", Types.Number(0, 255), "Scope of the route"),
            ItemProperties.State("target-scope", Types.Number(0, 255), "Largest scope of the route that the gateway is found through"),
            ItemProperties.State("vrf-interface", Types.Word, "Interface that brought the route"),
            ItemProperties.State("local-address", Types.Word, "Address of the router's end with its interface"),
            ItemProperties.Comment(),
        ],
    };
}
