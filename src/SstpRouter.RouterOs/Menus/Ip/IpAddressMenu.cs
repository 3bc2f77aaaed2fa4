using System.Net;
using System.Net.Sockets;
using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Menus.Ip;

/// <summary><c>/ip/address</c>: the IPv4 addresses of the interfaces.</summary>
internal static class IpAddressMenu
{
    public static Menu Create() => new("address", MenuKind.Items, "IPv4 addresses of the interfaces")
    {
        NeedsState = true,
        ItemNoun = "address",
        ExportRank = ItemProperties.Refers,
        OtherSpellings = [new CommandArgument("netmask", "Netmask, where the address has no length")],
        Normalise = FillNetwork,
        Check = RequireIp4,
        Flags =
        [
            new MenuFlag('X', "disabled", 0),
            new MenuFlag('I', "invalid", 0),
            new MenuFlag('D', "dynamic", 1),
            new MenuFlag('S', "slave", 2),
        ],
        TableColumns = ["address", "network", "interface"],
        Properties =
        [
            new Property("address", Types.AddressWithLength, "Address with the length of its network; /32 where none is given") { IsRequired = true },
            new Property("network", Types.Ip4, "Network, or the peer's address on a point-to-point link; follows from the address where not given"),
            new Property("broadcast", Types.Ip4, "Broadcast address; always follows from the network") { OnlyDefaultSupported = true },
            new Property("interface", Types.Reference("/interface"), "Interface that has the address") { IsRequired = true },
            ItemProperties.State("actual-interface", Types.Word, "Interface that the address is on"),
            ItemProperties.Comment(),
            ItemProperties.Disabled(byDefault: false),
        ],
    };

    /// <summary>A new address brings its network along, as RouterOS stores and exports it.</summary>
    private static IReadOnlyList<GivenArgument> FillNetwork(IReadOnlyList<GivenArgument> given)
    {
        IReadOnlyList<GivenArgument> arguments = TakeNetmask(given);
        GivenArgument? address = arguments.FirstOrDefault(a => a.Name == "address");
        if (address is null || arguments.Any(a => a.Name == "network") || !PrefixType.TryRead(Types.TextOf(address.Value), out PrefixValue? prefix))
        {
            return arguments;
        }

        IPAddress network = PrefixType.Network(prefix.Address, prefix.Length);
        return [.. arguments, address with { Name = "network", Value = new AddressValue(network) }];
    }

    /// <summary><c>address=10.0.0.1 netmask=255.255.255.0</c> is <c>address=10.0.0.1/255.255.255.0</c>; a length that stands with the address wins.</summary>
    private static IReadOnlyList<GivenArgument> TakeNetmask(IReadOnlyList<GivenArgument> arguments)
    {
        if (arguments.FirstOrDefault(a => a.Name == "netmask") is not { } netmask)
        {
            return arguments;
        }

        string mask = Types.TextOf(netmask.Value);
        if (!PrefixType.TryRead("0.0.0.0/" + mask, out _))
        {
            throw Types.Invalid(netmask.Name);
        }

        GivenArgument address = arguments.FirstOrDefault(a => a.Name == "address") ?? throw new ScriptError("missing value(s) of argument(s) address");
        string text = Types.TextOf(address.Value);
        GivenArgument whole = text.Contains('/') ? address : address with { Value = Value.Of($"{text}/{mask}") };
        return [whole, .. arguments.Where(a => a != netmask && a != address)];
    }

    private static void RequireIp4(IPropertySource item, IReferenceScope scope)
    {
        if (item["address"] is PrefixValue { Address.AddressFamily: AddressFamily.InterNetworkV6 })
        {
            throw new ScriptError("invalid value for argument address");
        }
    }
}
