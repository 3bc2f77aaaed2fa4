using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Menus.Scripts;

/// <summary><c>/system/script</c>: scripts by name, the global variables, and the scripts that run.</summary>
internal static class ScriptMenu
{
    public static Menu Create() =>
        new Menu("script", MenuKind.Items, "Scripts kept by name")
        {
            DefaultLayout = PrintLayout.Detail,
            ItemNoun = "script",
            NeededFor = item => ScriptPolicies.Of(item["policy"]),
            ExportRank = ItemProperties.Refers,
            NeedsState = true,
            Flags = [new MenuFlag('I', "invalid", 0)],
            TableColumns = ["name", "owner", "policy", "run-count"],
            Properties =
            [
                new Property("name", Types.Name, "Name of the script")
                {
                    IsRequired = true,
                    UniqueIn = "script",
                    DuplicateText = "item with this name already exists",
                },
                ScriptProperties.Owner(isSettable: true),
                ScriptPolicies.Property(),
                new Property("dont-require-permissions", Types.YesNo, "Whether it may do more than whoever runs it")
                {
                    Default = Value.Of(false),
                    AddDefault = Value.Of(false),
                    ExplicitMatters = true,
                },
                ItemProperties.State("last-started", Types.Word, "When it was started last"),
                ScriptProperties.RunCount(),
                new Property("source", Types.Script, "Text of the script") { Default = Value.Of("") },
                ItemProperties.Comment(),
            ],
        }
        .Add(new MenuCommand("run", "Run a script")
        {
            Requires = Policies.Read, // and what the script itself asks for
            UnnamedArguments = ["number"],
            Arguments =
            [
                new CommandArgument("number", "Name, number or id of the script"),
                new CommandArgument("use-script-permissions", "Whether it may do what its own policy says", IsBare: true),
            ],
        })
        .Add(Environment())
        .Add(Job());

    private static Menu Environment() =>
        new Menu("environment", MenuKind.Items, "Global variables of scripts")
        {
            IsWritable = false,
            IsExported = false,
            CanRemoveDynamic = true,
            NeedsState = true,
            ItemNoun = "variable",
            TableColumns = ["name", "value"],
            Properties =
            [
                ItemProperties.State("name", Types.Text, "Name of the variable"),
                ItemProperties.State("value", Types.Text, "Value of the variable"),
            ],
        }
        .Add(new MenuCommand("set", "Change the value of variables")
        {
            UnnamedArguments = ["numbers"],
            Arguments = [new CommandArgument("numbers", "Variables: numbers of the last print, ids or names"), new CommandArgument("value", "The new value")],
        });

    private static Menu Job() => new("job", MenuKind.Items, "Scripts that run now")
    {
        IsWritable = false,
        IsExported = false,
        CanRemoveDynamic = true,
        NeedsState = true,
        ItemNoun = "job",
        TableColumns = ["type", "script", "owner", "started"],
        Properties =
        [
            ItemProperties.State("type", Types.Word, "What has started it"),
            ItemProperties.State("script", Types.Word, "Name of the script"),
            ItemProperties.State("owner", Types.Word, "In whose name it runs"),
            ItemProperties.State("started", Types.Word, "When it was started"),
        ],
    };
}
