using SstpRouter.RouterOs.Schema;

namespace SstpRouter.RouterOs.Menus.Ppp;

/// <summary><c>/ppp/active</c>: the users that are connected now; removing one disconnects it.</summary>
internal static class PppActiveMenu
{
    public static Menu Create() => new("active", MenuKind.Items, "Users that are connected now")
    {
        IsWritable = false,
        IsExported = false,
        CanRemoveDynamic = true,
        NeedsState = true,
        ItemNoun = "active session",
        Flags = [new MenuFlag('R', "radius", 0)],
        TableColumns = ["name", "service", "caller-id", "address", "uptime", "encoding"],
        StatsColumns = ["bytes", "packets"],
        Properties =
        [
            ItemProperties.State("name", Types.Name, "User name"),
            ItemProperties.State("service", Types.Word, "Service that the user is connected through"),
            ItemProperties.State("caller-id", Types.Text, "Address that the user connects from"),
            ItemProperties.State("address", Types.Address, "Address that the user got"),
            ItemProperties.State("uptime", Types.Time, "How long the user has been connected"),
            ItemProperties.State("encoding", Types.Text, "Cipher of the connection"),
            ItemProperties.State("session-id", Types.Word, "Id of the session"),
            ItemProperties.State("limit-bytes-in", Types.Number(0, long.MaxValue), "Bytes that the user may send; 0 for no limit"),
            ItemProperties.State("limit-bytes-out", Types.Number(0, long.MaxValue), "Bytes that the user may receive; 0 for no limit"),
            new Property("bytes", Types.Word, "Received and sent bytes, joined by a slash") { IsReadOnly = true, IsHiddenInDetail = true },
            new Property("packets", Types.Word, "Received and sent packets, joined by a slash") { IsReadOnly = true, IsHiddenInDetail = true },
        ],
    };
}
