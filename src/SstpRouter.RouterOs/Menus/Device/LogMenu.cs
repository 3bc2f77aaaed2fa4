using SstpRouter.RouterOs.Schema;

namespace SstpRouter.RouterOs.Menus.Device;

/// <summary><c>/log</c>: what happened lately.</summary>
internal static class LogMenu
{
    public static Menu Create() =>
        new Menu("log", MenuKind.Items, "What happened lately")
        {
            DefaultLayout = PrintLayout.Log,
            IsWritable = false,
            IsExported = false,
            NeedsState = true,
            ItemNoun = "log line",
            TableColumns = ["time", "topics", "message"],
            Properties =
            [
                ItemProperties.State("time", Types.Word, "When it happened"),
                ItemProperties.State("topics", Types.Word, "What it is about and how much it matters"),
                ItemProperties.State("message", Types.Text, "What happened"),
            ],
        }
        .Add(Level("debug"))
        .Add(Level("error"))
        .Add(Level("info"))
        .Add(Level("warning"));

    private static MenuCommand Level(string name) => new(name, $"Add a line to the log with the topics script,{name}")
    {
        UnnamedArguments = ["message"],
        Requires = Policies.Read,
        Arguments = [new CommandArgument("message", "The text")],
    };
}
