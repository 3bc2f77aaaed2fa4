using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Menus.Ip;

/// <summary><c>/ip/pool</c>: ranges that addresses are given out from.</summary>
internal static class IpPoolMenu
{
    public static Menu Create() => new("pool", MenuKind.Items, "Ranges that addresses are given out from")
    {
        ItemNoun = "pool",
        HistoryName = "pool <{name}>",
        ExportRank = ItemProperties.DefinesNames,
        TableColumns = ["name", "ranges", "next-pool", "total", "used", "available"],
        Properties =
        [
            new Property("name", Types.Name, "Name of the pool")
            {
                NamePattern = "pool#",
                UniqueIn = "ip pool",
                DuplicateText = "pool with such name exists",
            },
            new Property("ranges", Types.Ranges, "Ranges of addresses: from-to or network/length") { IsRequired = true },
            new Property("next-pool", Types.Reference("/ip/pool", none: "none"), "Pool to take addresses from when this one is used up")
            {
                Default = Value.Of("none"),
                ShownWhen = item => item["next-pool"] is TextValue { Content: not "none" },
            },
            ItemProperties.State("total", Types.Number(0, uint.MaxValue), "Number of addresses"),
            ItemProperties.State("used", Types.Number(0, uint.MaxValue), "Number of addresses that are given out"),
            ItemProperties.State("available", Types.Number(0, uint.MaxValue), "Number of addresses that are left"),
            ItemProperties.Comment(),
        ],
    };
}
