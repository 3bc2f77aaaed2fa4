using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Menus.Interfaces;

/// <summary><c>/interface/sstp-server/server</c>: the SSTP server itself.</summary>
internal static class SstpServerSettingsMenu
{
    public static Menu Create() => new("server", MenuKind.Settings, "Settings of the SSTP server")
    {
        DefaultLayout = PrintLayout.Settings,
        ItemNoun = "sstp server",
        ExportRank = ItemProperties.Refers,
        Properties =
        [
            new Property("enabled", Types.YesNo, "Whether the server is on") { Default = Value.Of(false) },
            TunnelProperties.Port("Port to listen on"),
            TunnelProperties.MaxMtu(),
            TunnelProperties.MaxMru(),
            TunnelProperties.Mrru(),
            TunnelProperties.KeepaliveTimeout(),
            new Property("default-profile", Types.Reference("/ppp/profile"), "PPP profile of users whose secret names none")
            {
                Default = Value.Of("default"),
            },
            TunnelProperties.Authentication(),
            TunnelProperties.Certificate("Name of the server certificate"),
            new Property("verify-client-certificate", Types.YesNo, "Whether clients must present a trusted certificate")
            {
                Default = Value.Of(false),
            },
            TunnelProperties.Pfs(),
            TunnelProperties.TlsVersion(),
            TunnelProperties.Ciphers(),
        ],
    };
}
