using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Menus.Ppp;

/// <summary><c>/ppp/secret</c>: the users that may connect.</summary>
internal static class PppSecretMenu
{
    public static Menu Create() => new("secret", MenuKind.Items, "Users that may connect, their passwords and addresses")
    {
        ItemNoun = "ppp secret",
        HistoryName = "ppp secret <{name}>",
        ExportRank = ItemProperties.Refers,
        Flags = [new MenuFlag('X', "disabled", 0)],
        TableColumns = ["name", "service", "caller-id", "password", "profile", "remote-address"],
        Properties =
        [
            new Property("name", Types.Name, "User name")
            {
                IsRequired = true,
                UniqueIn = "ppp secret",
                DuplicateText = "secret with the same name already exists",
            },
            new Property("service", Types.OneOf("any", "async", "l2tp", "ovpn", "pppoe", "pptp", "sstp"), "Service that the user may use")
            {
                Default = Value.Of("any"),
            },
            new Property("caller-id", Types.Text, "Address that the user must connect from; empty for any") { Default = Value.Of("") },
            new Property("password", Types.Text, "Password of the user") { Default = Value.Of(""), IsSensitive = true },
            new Property("profile", Types.Reference("/ppp/profile"), "PPP profile of the user") { Default = Value.Of("default") },
            new Property("local-address", Types.Ip4, "Address of this router's end of the tunnel") { IsUnsettable = true },
            new Property("remote-address", Types.Ip4, "Address that the user gets") { IsUnsettable = true },
            new Property("remote-ipv6-prefix", Types.Prefix, "IPv6 prefix that the user gets")
            {
                IsUnsettable = true,
                OnlyDefaultSupported = true,
            },
            new Property("routes", Types.Text, "Routes to add while the user is connected")
            {
                Default = Value.Of(""),
                OnlyDefaultSupported = true,
            },
            new Property("ipv6-routes", Types.Text, "IPv6 routes to add while the user is connected")
            {
                Default = Value.Of(""),
                OnlyDefaultSupported = true,
            },
            new Property("limit-bytes-in", Types.Number(0, long.MaxValue), "Bytes that the user may send in a session; 0 for no limit")
            {
                Default = Value.Of(0),
                OnlyDefaultSupported = true,
            },
            new Property("limit-bytes-out", Types.Number(0, long.MaxValue), "Bytes that the user may receive in a session; 0 for no limit")
            {
                Default = Value.Of(0),
                OnlyDefaultSupported = true,
            },
            ItemProperties.State("last-logged-out", Types.Word, "When the user last logged out"),
            ItemProperties.State("last-caller-id", Types.Text, "Address that the user last connected from"),
            ItemProperties.State("last-disconnect-reason", Types.Word, "Why the last session ended"),
            ItemProperties.Comment(),
            ItemProperties.Disabled(byDefault: false),
        ],
    };
}
