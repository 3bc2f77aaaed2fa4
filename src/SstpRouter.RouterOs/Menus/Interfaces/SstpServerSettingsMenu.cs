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
        OtherSpellings = [new CommandArgument("force-aes", "Whether only AES is allowed, which it is in any case", IsOlderSpelling: true)],
        Normalise = TakeForceAes,
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

    /// <summary>RouterOS had <c>force-aes</c> before it had <c>ciphers</c>, against RC4. All ciphers of today are AES, so nothing is left to say.</summary>
    private static IReadOnlyList<GivenArgument> TakeForceAes(IReadOnlyList<GivenArgument> arguments)
    {
        foreach (GivenArgument argument in arguments.Where(a => a.Name == "force-aes" && !a.IsNegated))
        {
            Choice.Of(["yes", "no", "true", "false"], Types.TextOf(argument.Value), argument.Name);
        }

        return arguments;
    }
}
