using SstpRouter.RouterOs.Schema;

namespace SstpRouter.RouterOs.Menus.Ip;

/// <summary><c>/ip/pool/used</c>: the addresses that are given out now.</summary>
internal static class IpPoolUsedMenu
{
    public static Menu Create() => new("used", MenuKind.Items, "Addresses that are given out now")
    {
        IsWritable = false,
        IsExported = false,
        NeedsState = true,
        ItemNoun = "address",
        TableColumns = ["pool", "address", "owner", "info"],
        Properties =
        [
            ItemProperties.State("pool", Types.Word, "Pool that the address is from"),
            ItemProperties.State("address", Types.Ip4, "The address"),
            ItemProperties.State("owner", Types.Word, "Service that took the address"),
            ItemProperties.State("info", Types.Text, "User or device that has the address"),
        ],
    };
}
