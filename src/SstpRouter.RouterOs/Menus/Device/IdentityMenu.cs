using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Menus.Device;

/// <summary><c>/system/identity</c>: the name of the router.</summary>
internal static class IdentityMenu
{
    public static Menu Create() => new("identity", MenuKind.Settings, "Name of the router, as the prompt and its neighbours show it")
    {
        DefaultLayout = PrintLayout.Settings,
        ItemNoun = "system identity",
        ExportRank = ItemProperties.Refers,
        Properties = [new Property("name", Types.Name, "Name of the router") { Default = Value.Of("MikroTik") }],
    };
}
