using SstpRouter.RouterOs.Schema;

namespace SstpRouter.RouterOs.Menus.Scripts;

/// <summary>The commands of the root that run scripts, and what they need of the system.</summary>
internal static class ScriptCommands
{
    public static MenuCommand Import() => new("import", "Run a configuration script from a file")
    {
        UnnamedArguments = ["file-name"],
        Arguments =
        [
            new CommandArgument("file-name", "Name of the file"),
            new CommandArgument("verbose", "Print each line before it is run", IsBare: true),
            new CommandArgument("dry-run", "Look for errors and change nothing; together with verbose", IsBare: true),
            new CommandArgument("from-line", "Line to start from"),
        ],
    };

    public static MenuCommand Execute() => new("execute", "Run a script in the background")
    {
        UnnamedArguments = ["script"],
        Arguments =
        [
            new CommandArgument("script", "The text of the script", IsScript: true),
            new CommandArgument("as-string", "Wait for its end and return what it has printed", IsBare: true),
            new CommandArgument("file", "File that takes what it prints"),
        ],
    };

    public static MenuCommand Resolve() => new("resolve", "Look a name up in the DNS and return its address")
    {
        UnnamedArguments = ["domain-name"],
        Arguments =
        [
            new CommandArgument("domain-name", "The name"),
            new CommandArgument("type", "What is looked for: ipv4 or ipv6"),
        ],
    };

    /// <summary><c>:environment print</c>, which old scripts have.</summary>
    public static Menu Environment() => new Menu("environment", MenuKind.Container, "Global variables of scripts")
        .Add(new MenuCommand("print", "Print the global variables"));
}
