using System.Net;
using SstpRouter.RouterOs.Printing;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Menus.Interfaces;

/// <summary><c>/interface/sstp-client</c>: the tunnels that this router dials.</summary>
internal static class SstpClientMenu
{
    public static Menu Create() =>
        new Menu("sstp-client", MenuKind.Items, "SSTP tunnels that this router dials")
        {
            DefaultLayout = PrintLayout.Detail,
            NeedsState = true,
            ItemNoun = "device",
            ExportRank = ItemProperties.DefinesNamesFromOthers,
            Normalise = HostAndPort.Split,
            Flags = [new MenuFlag('X', "disabled", 0), new MenuFlag('R', "running", 1)],
            TableColumns = ["name", "max-mtu", "max-mru", "connect-to", "port", "user", "profile"],
            Properties =
            [
                new Property("name", Types.Name, "Descriptive name of the interface")
                {
                    NamePattern = "sstp-out#",
                    UniqueIn = "interface",
                    DuplicateText = "already have interface with such name",
                },
                TunnelProperties.MaxMtu(),
                TunnelProperties.MaxMru(),
                TunnelProperties.Mrru(),
                new Property("connect-to", Types.HostOrAddress, "Address or DNS name of the SSTP server") { IsRequired = true },
                TunnelProperties.Port("Port to connect to"),
                new Property("http-proxy", Types.Ip4, "Address of an HTTP proxy; 0.0.0.0 for none")
                {
                    Default = new AddressValue(IPAddress.Any),
                    OnlyDefaultSupported = true,
                },
                new Property("proxy-port", Types.Port, "Port of the HTTP proxy")
                {
                    Default = Value.Of(443),
                    OnlyDefaultSupported = true,
                },
                TunnelProperties.Certificate("Name of the client certificate"),
                new Property("verify-server-certificate", Types.YesNo, "Whether the chain of the server's certificate must be trusted")
                {
                    Default = Value.Of(false),
                },
                new Property("verify-server-address-from-certificate", Types.YesNo,
                    "Whether a verified certificate must also name the address that is connected to")
                {
                    Default = Value.Of(true), // the table of the manual says no; its samples and live routers say yes
                },
                new Property("user", Types.Text, "User name used for authentication") { IsRequired = true },
                new Property("password", Types.Text, "Password used for authentication")
                {
                    Default = Value.Of(""),
                    IsSensitive = true,
                },
                new Property("profile", Types.Reference("/ppp/profile"), "PPP profile that the tunnel uses") { Default = Value.Of("default") },
                TunnelProperties.KeepaliveTimeout(),
                new Property("add-default-route", Types.YesNo, "Whether to add a default route through the tunnel") { Default = Value.Of(false) },
                new Property("default-route-distance", Types.Number(0, 255), "Distance of the default route that add-default-route makes")
                {
                    Default = Value.Of(1),
                    ShownWhen = item => item["add-default-route"] is BooleanValue { IsTrue: true },
                },
                new Property("dial-on-demand", Types.YesNo, "Whether to connect only when outbound traffic is generated")
                {
                    Default = Value.Of(false),
                    OnlyDefaultSupported = true,
                },
                TunnelProperties.Authentication(),
                TunnelProperties.Pfs(),
                TunnelProperties.TlsVersion(),
                TunnelProperties.Ciphers(),
                new Property("add-sni", Types.YesNo, "Whether to send the server's name in the TLS client hello") { Default = Value.Of(false) },
                new Property("server-fingerprint", Types.Or(Types.Or(Types.Fingerprint, "trust-first-use"), "none"),
                    "Fingerprint that the server's own certificate must have, with or without verification")
                {
                    Default = Value.Of("none"), // ours: RouterOS knows no pins, and its screens do not show one
                    ShownWhen = item => item["server-fingerprint"]?.ToText() != "none",
                },
                ItemProperties.Comment(),
                ItemProperties.Disabled(byDefault: true),
            ],
        }
        .Add(new MenuCommand("monitor", "Show the state of a tunnel")
        {
            UnnamedArguments = ["numbers"],
            Arguments =
            [
                new CommandArgument("numbers", "The tunnel"),
                .. LiveScreen.Arguments,
            ],
        })
        .Add(new MenuCommand("pin", "Set server-fingerprint to the certificate that the server showed last")
        {
            UnnamedArguments = ["numbers"],
            Arguments = [new CommandArgument("numbers", "The tunnel")],
        });
}
