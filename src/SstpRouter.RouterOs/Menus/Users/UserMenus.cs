using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Menus.Users;

/// <summary><c>/user</c> and below: who may log in, and do what. Nothing of it is exported.</summary>
internal static class UserMenus
{
    private const Policies ToChange = Policies.Write | Policies.Policy;
    private const Policies Reading = Policies.All & ~(Policies.Ftp | Policies.Write | Policies.Policy);

    public static Menu Create() => new Menu("user", MenuKind.Items, "Users that may log in")
    {
        IsExported = false,
        ItemNoun = "user",
        HistoryName = "user {name}",
        ChangePolicies = ToChange,
        NeedsState = true,
        Normalise = WithoutPassword,
        Check = CheckTimeout,
        Flags = [new MenuFlag('X', "disabled", 0)],
        TableColumns = ["name", "group", "address", "last-logged-in", "inactivity-policy"],
        FirstItems =
        [
            new BuiltInItem(1, new Dictionary<string, Value>
            {
                ["name"] = Value.Of("admin"),
                ["group"] = Value.Of("full"),
                ["comment"] = Value.Of("system default user"),
            }),
        ],
        Properties =
        [
            new Property("name", new UserNameType(), "User name")
            {
                IsRequired = true,
                UniqueIn = "user",
                DuplicateText = "user with the same name already exists",
            },
            new Property("group", Types.Reference("/user/group"), "Group that says what the user may do") { IsRequired = true },
            new Property("address", Types.Networks, "Networks that the user must log in from; none for any") { IsUnsettable = true },
            new Property("password", Types.Text, "Password; it is kept as a hash and never shown") { IsSensitive = true, IsHiddenInDetail = true },
            new Property(".hash", Types.Text, "Hash of the password by crypt(3)") { IsReadOnly = true, IsSensitive = true, IsHiddenInDetail = true },
            new Property("inactivity-timeout", Types.Time, "Time without a key after which the policy is applied, 1m..1d")
            {
                Default = new TimeValue(TimeSpan.FromMinutes(10)),
            },
            new Property("inactivity-policy", Types.OneOf("lockscreen", "logout", "none"), "What becomes of an inactive session")
            {
                Default = Value.Of("none"),
                OnlyDefaultSupported = true,
            },
            ItemProperties.State("last-logged-in", Types.Word, "When the user last logged in, since the router started"),
            ItemProperties.Comment(),
            ItemProperties.Disabled(byDefault: false),
        ],
    }
    .Add(Group())
    .Add(Active())
    .Add(SshKeys())
    .Add(Settings());

    public static MenuCommand Password() => new("password", "Change one's own password")
    {
        Requires = Policies.Password,
        Arguments = [Secret("old-password", "The present password"), Secret("new-password", "The new one"), Secret("confirm-new-password", "The new one again")],
    };

    private static Menu Group() => new("group", MenuKind.Items, "What the users of a group may do")
    {
        IsExported = false,
        ItemNoun = "user group",
        HistoryName = "user group {name}",
        ChangePolicies = ToChange,
        DefaultLayout = PrintLayout.Detail,
        TableColumns = ["name", "policy", "skin"],
        BuiltIns =
        [
            Default(1, "read", Reading),
            Default(2, "write", Reading | Policies.Write),
            Default(3, "full", Policies.All),
        ],
        Properties =
        [
            new Property("name", Types.Name, "Name of the group")
            {
                IsRequired = true,
                UniqueIn = "user group",
                DuplicateText = "group with the same name already exists",
            },
            new Property("policy", new PolicyListType(), "What its users may do") { Default = PolicyListType.Of(Policies.None) },
            new Property("skin", Types.Word, "Skin of the web interface; without effect") { Default = Value.Of("default") },
            ItemProperties.Comment(),
        ],
    };

    private static Menu Active() => new("active", MenuKind.Items, "Users that are logged in")
    {
        IsWritable = false,
        IsExported = false,
        CanRemoveDynamic = true,
        NeedsState = true,
        ItemNoun = "active user",
        ChangePolicies = ToChange,
        TableColumns = ["when", "name", "address", "via"],
        Properties =
        [
            ItemProperties.State("when", Types.Word, "When the user logged in"),
            ItemProperties.State("name", Types.Name, "User name"),
            ItemProperties.State("address", Types.Address, "Address that the user came from"),
            ItemProperties.State("via", Types.Word, "Service that the user came through"),
            ItemProperties.State("group", Types.Word, "Group of the user"),
        ],
    };

    private static Menu SshKeys() => new Menu("ssh-keys", MenuKind.Items, "Public keys that users log in with by SSH")
    {
        IsExported = false,
        ItemNoun = "ssh key",
        ChangePolicies = ToChange,
        TableColumns = ["user", "key-type", "bits", "key-owner"],
        NeedsState = true,
        Properties =
        [
            new Property("user", Types.Reference("/user"), "User that the key is for") { IsRequired = true },
            new Property("key", Types.Text, "The key as a line of authorized_keys") { IsRequired = true, IsHiddenInDetail = true },
            ItemProperties.State("key-type", Types.Word, "Kind of the key"),
            ItemProperties.State("bits", Types.Number(0, int.MaxValue), "Length of the key"),
            new Property("key-owner", Types.Text, "Whose key it is; by default what its line says") { IsUnsettable = true },
            ItemProperties.Comment(),
        ],
    }
    .Add(new MenuCommand("import", "Import a public key from a file")
    {
        Arguments =
        [
            new CommandArgument("public-key-file", "The file"),
            new CommandArgument("user", "User that the key is for"),
            new CommandArgument("key-owner", "Whose key it is"),
        ],
    });

    private static Menu Settings() => new("settings", MenuKind.Settings, "What passwords must be like")
    {
        DefaultLayout = PrintLayout.Settings,
        IsExported = false,
        ItemNoun = "user settings",
        ChangePolicies = ToChange,
        Properties =
        [
            new Property("minimum-password-length", Types.Number(0, 511), "Least number of characters of a password") { Default = Value.Of(0) },
            new Property("minimum-categories", Types.Number(0, 4), "Least number of kinds of characters in it: small and capital letters, digits, others")
            {
                Default = Value.Of(0),
            },
        ],
    };

    private static BuiltInItem Default(ulong id, string name, Policies policies) => new(id, new Dictionary<string, Value>
    {
        ["name"] = Value.Of(name),
        ["policy"] = PolicyListType.Of(policies),
    });

    private static CommandArgument Secret(string name, string description) =>
        new(name, description, Property: new Property(name, Types.Text, description) { IsSensitive = true });

    // Where nobody hashes passwords (a configuration that is only looked over), none is kept.
    private static IReadOnlyList<GivenArgument> WithoutPassword(IReadOnlyList<GivenArgument> arguments) => [.. arguments.Where(a => a.Name != "password")];

    private static void CheckTimeout(IPropertySource item, IReferenceScope scope)
    {
        if (item["inactivity-timeout"] is TimeValue time && (time.Span < TimeSpan.FromMinutes(1) || time.Span > TimeSpan.FromDays(1)))
        {
            throw new ScriptError("value of inactivity-timeout out of range (1m..1d)");
        }
    }
}
