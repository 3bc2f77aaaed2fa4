using SstpRouter.RouterOs.Printing;
using SstpRouter.RouterOs.Schema;

namespace SstpRouter.RouterOs.Menus.Interfaces;

/// <summary><c>/interface/sstp-server</c>: the interfaces of connected users; a static one gives its user a fixed name.</summary>
internal static class SstpServerMenu
{
    public static Menu Create() => new Menu("sstp-server", MenuKind.Items, "Interfaces of the users that are connected to the SSTP server")
    {
        NeedsState = true,
        ItemNoun = "device",
        ExportRank = ItemProperties.DefinesNames,
        Flags = [new MenuFlag('X', "disabled", 0), new MenuFlag('D', "dynamic", 1), new MenuFlag('R', "running", 2)],
        TableColumns = ["name", "user", "mtu", "client-address", "uptime", "encoding"],
        Properties =
        [
            new Property("name", Types.Name, "Name of the interface")
            {
                NamePattern = "sstp-in#",
                UniqueIn = "interface",
                DuplicateText = "already have interface with such name",
            },
            new Property("user", Types.Text, "User whose session gets this interface") { IsRequired = true },
            ItemProperties.State("mtu", Types.Number(0, int.MaxValue), "MTU of the connected session"),
            ItemProperties.State("client-address", Types.Word, "Address that the client connects from"),
            ItemProperties.State("uptime", Types.Time, "How long the session has been connected"),
            ItemProperties.State("encoding", Types.Text, "Cipher of the TLS connection"),
            ItemProperties.Comment(),
            ItemProperties.Disabled(byDefault: false),
        ],
    }
    .Add(new MenuCommand("monitor", "Show the state of a user's connection")
    {
        UnnamedArguments = ["numbers"],
        Arguments = [new CommandArgument("numbers", "The interface"), .. LiveScreen.Arguments],
    });
}
