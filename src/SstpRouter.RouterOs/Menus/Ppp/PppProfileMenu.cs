using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Menus.Ppp;

/// <summary><c>/ppp/profile</c>: what users and tunnels have in common.</summary>
internal static class PppProfileMenu
{
    // The ids of the two profiles that every router has.
    private const ulong DefaultId = 0;
    private const ulong DefaultEncryptionId = 0xFFFFFFFE;

    public static Menu Create() => new("profile", MenuKind.Items, "What PPP users and tunnels have in common")
    {
        DefaultLayout = PrintLayout.Detail,
        ItemNoun = "ppp profile",
        HistoryName = "ppp profile <{name}>",
        ExportRank = ItemProperties.DefinesNames,
        Check = RefuseMoreThanTwo,
        Flags = [new MenuFlag('*', "default", 0)],
        TableColumns = ["name", "local-address", "remote-address", "use-encryption", "only-one", "change-tcp-mss"],
        BuiltIns = [BuiltIn(DefaultId, "default", "default"), BuiltIn(DefaultEncryptionId, "default-encryption", "yes")],
        Properties =
        [
            new Property("name", Types.Name, "Name of the profile")
            {
                IsRequired = true,
                UniqueIn = "ppp profile",
                DuplicateText = "profile with the same name already exists",
            },
            new Property("local-address", Types.AddressOrPool, "Address of this router's end, or a pool to take it from") { IsUnsettable = true },
            new Property("remote-address", Types.AddressOrPool, "Address of the peer's end, or a pool to take it from") { IsUnsettable = true },
            NotBuiltYet("remote-ipv6-prefix-pool", Types.Word, "Pool of the IPv6 prefix that the peer gets"),
            NotBuiltYet("remote-ipv6-prefix-reuse", Types.YesNo, "Whether a peer gets its last IPv6 prefix again", Value.Of(false), isHidden: true),
            NotBuiltYet("dhcpv6-pd-pool", Types.Word, "Pool of the IPv6 prefixes that are delegated"),
            NotBuiltYet("dhcpv6-use-radius", Types.YesNo, "Whether delegated prefixes come from RADIUS", Value.Of(false), isHidden: true),
            NotBuiltYet("dhcpv6-lease-time", Types.Time, "Lease time of a delegated prefix", new TimeValue(TimeSpan.FromDays(1)), isHidden: true),
            NotBuiltYet("bridge", Types.Word, "Bridge that the link becomes a port of"),
            NotBuiltYet("bridge-horizon", Types.Number(0, 429496729), "Horizon of the bridge port"),
            NotBuiltYet("bridge-learning", Types.OneOf("default", "no", "yes"), "Whether the bridge port learns addresses", Value.Of("default")),
            NotBuiltYet("bridge-path-cost", Types.Number(1, 200000000), "Path cost of the bridge port"),
            NotBuiltYet("bridge-port-priority", Types.Number(0, 240), "Priority of the bridge port"),
            NotBuiltYet("bridge-port-trusted", Types.YesNo, "Whether the bridge port is trusted"),
            NotBuiltYet("bridge-port-vid", Types.Number(1, 4094), "VLAN of the bridge port"),
            new Property("session-timeout", Types.Time, "Longest time that a session may last") { IsUnsettable = true },
            new Property("idle-timeout", Types.Time, "Time without traffic after which a session ends") { IsUnsettable = true },
            Choice("use-ipv6", "Whether IPv6 is negotiated", mayBeRequired: true),
            Choice("use-mpls", "Whether MPLS is negotiated", mayBeRequired: true, isBuilt: false),
            Choice("use-compression", "Whether compression is negotiated", isBuilt: false),
            Choice("use-encryption", "Whether MPPE is negotiated; without effect for SSTP, which encrypts in any case", mayBeRequired: true),
            Choice("only-one", "Whether a user may have only one session at a time"),
            Choice("change-tcp-mss", "Whether the segment size of TCP connections is fitted to the link"),
            Choice("use-upnp", "Whether UPnP serves the link", isBuilt: false),
            NotBuiltYet("rate-limit", Types.Text, "Rate limit of the session"),
            NotBuiltYet("address-list", Types.Text, "Address list that the peer's address is added to", Value.Of("")),
            NotBuiltYet("interface-list", Types.Word, "Interface list that the link is added to"),
            NotBuiltYet("incoming-filter", Types.Word, "Firewall chain for packets from the peer"),
            NotBuiltYet("outgoing-filter", Types.Word, "Firewall chain for packets to the peer"),
            NotBuiltYet("insert-queue-before", Types.Word, "Place of the session's queue among others"),
            NotBuiltYet("parent-queue", Types.Word, "Parent of the session's queue"),
            NotBuiltYet("queue-type", Types.Word, "Type of the session's queue"),
            new Property("dns-server", Types.AddressList, "DNS servers that the peer is told, two at most") { IsUnsettable = true },
            new Property("wins-server", Types.AddressList, "WINS servers that the peer is told, two at most") { IsUnsettable = true },
            new Property("on-up", Types.Text, "Script that runs when a session starts") { Default = Value.Of("") },
            new Property("on-down", Types.Text, "Script that runs when a session ends") { Default = Value.Of("") },
            ItemProperties.Comment(),
        ],
    };

    private static Property Choice(string name, string description, bool mayBeRequired = false, bool isBuilt = true) =>
        new(name, mayBeRequired ? Types.OneOf("default", "no", "yes", "required") : Types.OneOf("default", "no", "yes"), description)
        {
            Default = Value.Of("default"),
            NotSupported = isBuilt ? [] : ["yes", "required"],
        };

    private static Property NotBuiltYet(string name, PropertyType type, string description, Value? byDefault = null, bool isHidden = false) =>
        new(name, type, description)
        {
            Default = byDefault,
            IsUnsettable = byDefault is null,
            OnlyDefaultSupported = true,
            IsHiddenInDetail = isHidden,
        };

    private static BuiltInItem BuiltIn(ulong id, string name, string useEncryption) => new(id, new Dictionary<string, Value>
    {
        ["name"] = Value.Of(name),
        ["use-ipv6"] = Value.Of("yes"),
        ["use-encryption"] = Value.Of(useEncryption),
        ["change-tcp-mss"] = Value.Of("yes"),
    });

    private static void RefuseMoreThanTwo(IPropertySource item, IReferenceScope scope)
    {
        foreach (string name in (ReadOnlySpan<string>)["dns-server", "wins-server"])
        {
            // RFC 1877 1: IPCP has a primary and a secondary server of each kind.
            if (item[name] is ArrayValue { Entries.Length: > 2 })
            {
                throw ScriptError.Failure($"at most two addresses can be given as {name}");
            }
        }
    }
}
