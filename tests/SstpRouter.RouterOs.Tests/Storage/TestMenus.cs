using System.Collections.Immutable;
using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Tests.Storage;

/// <summary>A few menus that have one of everything the store has rules for.</summary>
internal static class TestMenus
{
    public static Menu Build() => new Menu("", MenuKind.Container, "the root")
        .Add(new Menu("interface", MenuKind.Items, "all interfaces")
        {
            IsWritable = false,
            CanRemoveDynamic = true,
            NeedsState = true,
            Properties = [new Property("name", Types.Name, "its name") { IsReadOnly = true }],
        }.Add(Client()))
        .Add(new Menu("ip", MenuKind.Container, "addresses")
            .Add(Address())
            .Add(Pool()))
        .Add(new Menu("ppp", MenuKind.Container, "PPP")
            .Add(Profile())
            .Add(Secret()))
        .Add(new Menu("system", MenuKind.Container, "the system")
            .Add(new Menu("identity", MenuKind.Settings, "the name of the router")
            {
                ExportRank = 1,
                Properties = [new Property("name", Types.Name, "the name") { Default = Value.Of("MikroTik") }],
            }));

    private static Menu Client() => new("sstp-client", MenuKind.Items, "SSTP clients")
    {
        ItemNoun = "sstp client",
        Flags = [new MenuFlag('X', "disabled", 0), new MenuFlag('R', "running", 1)],
        Properties =
        [
            new Property("name", Types.Name, "its name")
            {
                NamePattern = "sstp-out#", UniqueIn = "interface", DuplicateText = "already have interface with such name",
            },
            new Property("connect-to", Types.HostOrAddress, "the server") { IsRequired = true },
            new Property("port", Types.Port, "its port") { Default = Value.Of(443) },
            new Property("mrru", Types.Or(Types.Number(512, 65535), "disabled"), "multilink") { Default = Value.Of("disabled"), OnlyDefaultSupported = true },
            new Property("user", Types.Text, "the user") { IsRequired = true },
            new Property("password", Types.Text, "the password") { Default = Value.Of(""), IsSensitive = true },
            new Property("profile", Types.Reference("/ppp/profile"), "the profile") { Default = Value.Of("default") },
            new Property("ciphers", Types.ListOf("aes256-gcm-sha384", "aes256-sha"), "the ciphers")
            {
                Default = ArrayValue.Of([Value.Of("aes256-gcm-sha384"), Value.Of("aes256-sha")]), ExplicitMatters = true,
            },
            new Property("running", Types.YesNo, "whether it runs") { IsReadOnly = true },
            Disabled(addDefault: true),
            Comment(),
        ],
    };

    private static Menu Address() => new("address", MenuKind.Items, "addresses of interfaces")
    {
        ExportRank = 1,
        ItemNoun = "address",
        Flags = [new MenuFlag('X', "disabled", 0), new MenuFlag('D', "dynamic", 1)],
        Properties =
        [
            new Property("address", Types.AddressWithLength, "the address") { IsRequired = true },
            new Property("interface", Types.Reference("/interface"), "the interface") { IsRequired = true },
            Disabled(),
            Comment(),
        ],
        Check = (item, _) =>
        {
            if (item["address"] is PrefixValue { Length: 0 })
            {
                throw ScriptError.Failure("an address needs a length");
            }
        },
    };

    private static Menu Pool() => new("pool", MenuKind.Items, "pools of addresses")
    {
        ItemNoun = "pool",
        Properties =
        [
            new Property("name", Types.Name, "its name") { NamePattern = "pool#", UniqueIn = "/ip/pool" },
            new Property("ranges", Types.Ranges, "the addresses") { IsRequired = true },
            Comment(),
        ],
    };

    private static Menu Profile() => new("profile", MenuKind.Items, "profiles")
    {
        ItemNoun = "ppp profile",
        Flags = [new MenuFlag('*', "default", 0)],
        BuiltIns =
        [
            new BuiltInItem(0, new Dictionary<string, Value> { ["name"] = Value.Of("default"), ["use-ipv6"] = Value.Of(true) }),
            new BuiltInItem(0xFFFFFFFE, new Dictionary<string, Value> { ["name"] = Value.Of("default-encryption"), ["use-ipv6"] = Value.Of(true) }),
        ],
        Properties =
        [
            new Property("name", Types.Name, "its name") { IsRequired = true, UniqueIn = "/ppp/profile" },
            new Property("local-address", Types.AddressOrPool, "our address") { IsUnsettable = true },
            new Property("use-ipv6", Types.YesNo, "IPv6") { Default = Value.Of(false) },
            new Property("idle-timeout", Types.Time, "the limit") { IsUnsettable = true },
            Comment(),
        ],
    };

    private static Menu Secret() => new("secret", MenuKind.Items, "users")
    {
        ExportRank = 1,
        ItemNoun = "ppp secret",
        Flags = [new MenuFlag('X', "disabled", 0)],
        Properties =
        [
            new Property("name", Types.Name, "the user") { IsRequired = true, UniqueIn = "/ppp/secret" },
            new Property("password", Types.Text, "the password") { Default = Value.Of(""), IsSensitive = true },
            new Property("service", Types.OneOf("any", "pppoe", "pptp", "sstp"), "the service") { Default = Value.Of("any") },
            new Property("profile", Types.Reference("/ppp/profile"), "the profile") { Default = Value.Of("default") },
            new Property("remote-address", Types.AddressOrPool, "the peer's address") { IsUnsettable = true },
            Disabled(),
            Comment(),
        ],
    };

    private static Property Disabled(bool addDefault = false) =>
        new("disabled", Types.YesNo, "whether it is off") { Default = Value.Of(false), AddDefault = addDefault ? Value.Of(true) : null, IsHiddenInDetail = true };

    private static Property Comment() => new("comment", Types.Text, "a note") { IsHiddenInDetail = true };
}

/// <summary>A running system that shows what a test puts into it.</summary>
internal sealed class FakeState(Menu menu) : IMenuState
{
    public List<Row> Rows { get; } = [];

    public HashSet<ulong> Removable { get; } = [];

    public void Describe(Row row) => row.Flags.Add('R');

    public IEnumerable<Row> DynamicRows() => Rows;

    public bool TryRemove(ulong id) => Removable.Contains(id) && Rows.RemoveAll(r => r.Id == id) > 0;

    public FakeState Add(ulong id, string name)
    {
        Rows.Add(new Row(menu, id, ImmutableDictionary<string, Value>.Empty.Add("name", Value.Of(name)), isDynamic: true));
        return this;
    }
}
