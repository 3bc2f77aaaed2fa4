using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Menus.Device;

/// <summary><c>/certificate/settings</c>: how other people's revocation lists and the system's authorities are used.</summary>
internal static class CertificateSettingsMenu
{
    public static Menu Create() => new("settings", MenuKind.Settings, "How revocation lists and the system's authorities are used")
    {
        DefaultLayout = PrintLayout.Settings,
        ItemNoun = "certificate settings",
        HasHistory = false,
        ExportRank = ItemProperties.Refers,
        Properties =
        [
            new Property("crl-download", Types.YesNo, "Whether revocation lists that certificates name are fetched each hour") { Default = Value.Of(false) },
            new Property("crl-use", Types.YesNo, "Whether certificates are looked up in revocation lists") { Default = Value.Of(false) },
            new Property("crl-store", Types.OneOf("ram", "system"), "Where fetched revocation lists are kept") { Default = Value.Of("ram") },
            new Property("builtin-trust-anchors", Types.OneOf("trusted", "not-trusted"), "Whether the system's authorities anchor trust")
            {
                Default = Value.Of("not-trusted"),
            },
        ],
    };
}
