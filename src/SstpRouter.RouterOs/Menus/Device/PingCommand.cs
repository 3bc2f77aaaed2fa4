using SstpRouter.RouterOs.Printing;
using SstpRouter.RouterOs.Schema;

namespace SstpRouter.RouterOs.Menus.Device;

/// <summary><c>/ping</c>: asks a host for echoes.</summary>
internal static class PingCommand
{
    public static MenuCommand Create() => new("ping", "Send ICMP echo requests to a host")
    {
        UnnamedArguments = ["address"],
        Requires = Policies.Test,
        Arguments =
        [
            new CommandArgument("address", "The host: an address or a name"),
            new CommandArgument("as-value", "Return the answers instead of showing them", IsBare: true),
            new CommandArgument("count", "Number of requests; without end where not given"),
            new CommandArgument("interval", "Time between requests, 10ms..5s"),
            new CommandArgument("size", "Size of the packet in bytes, IP header included"),
            new CommandArgument("ttl", "Time to live of the packet"),
            new CommandArgument("src-address", "Address to send from"),
            new CommandArgument("interface", "Interface to send through"),
            new CommandArgument("do-not-fragment", "Forbid routers to cut the packet", IsBare: true),
            LiveScreen.Proplist,
            LiveScreen.WithoutPaging,
        ],
    };
}
