using SstpRouter.RouterOs.Schema;

namespace SstpRouter.RouterOs.Menus.Device;

/// <summary><c>/system/history</c>, <c>/safe-mode</c>, <c>/system/commit</c>, <c>/undo</c> and <c>/redo</c>: what was done, and the ways back.</summary>
internal static class HistoryMenus
{
    public static MenuCommand Undo() => new("undo", "Undo the last action");

    public static MenuCommand Redo() => new("redo", "Do again what was undone last");

    public static Menu History() => new("history", MenuKind.Items, "What was done lately, and whether it can be undone")
    {
        IsWritable = false,
        IsExported = false,
        NeedsState = true,
        DynamicRowsUnnumbered = true,
        ItemNoun = "action",
        Flags = [new MenuFlag('U', "undoable", 0), new MenuFlag('R', "redoable", 0), new MenuFlag('F', "floating-undo", 0)],
        TableColumns = ["action", "by", "policy", "time"],
        Properties =
        [
            ItemProperties.State("redo", Types.Word, "Commands that do it"),
            new Property("undo", Types.Word, "Commands that take it back") { IsReadOnly = true, StartsLine = true },
            ItemProperties.State("action", Types.Text, "What was done"),
            ItemProperties.State("by", Types.Text, "User who did it"),
            ItemProperties.State("policy", Types.Word, "What one needs to do it"),
            ItemProperties.State("time", Types.Word, "When it was done"),
        ],
    };

    public static Menu SafeMode() => new Menu("safe-mode", MenuKind.Settings, "Changes that are undone when their session is lost")
    {
        DefaultLayout = PrintLayout.Settings,
        IsWritable = false,
        IsExported = false,
        NeedsState = true,
        ItemNoun = "safe mode",
        Properties =
        [
            ItemProperties.State("taken", Types.YesNo, "Whether a session holds it"),
            ItemProperties.State("by", Types.Text, "User who holds it"),
            ItemProperties.State("since", Types.Word, "When it was taken"),
            ItemProperties.State("actions", Types.Number(0, int.MaxValue), "Number of actions that would be undone"),
        ],
    }
    .Add(new MenuCommand("take", "Take it for this session")
    {
        Arguments = [new CommandArgument("on-error", "What to do where another session holds it: abort, release or unroll that one")],
    })
    .Add(new MenuCommand("release", "End it and keep the changes"))
    .Add(new MenuCommand("unroll", "End it and undo the changes"))
    .Add(new MenuCommand("toggle", "Take it, or release it"));

    public static Menu Commit() => new Menu("commit", MenuKind.Settings, "Changes that are undone unless they are confirmed in time")
    {
        DefaultLayout = PrintLayout.Settings,
        IsWritable = false,
        IsExported = false,
        NeedsState = true,
        ItemNoun = "commit",
        Properties =
        [
            ItemProperties.State("armed", Types.YesNo, "Whether changes wait to be confirmed"),
            ItemProperties.State("by", Types.Text, "User who armed it"),
            ItemProperties.State("timeout", Types.Time, "Time in which they must be confirmed"),
            ItemProperties.State("remaining", Types.Time, "What is left of that time"),
        ],
    }
    .Add(new MenuCommand("arm", "Undo all changes from now on unless they are confirmed; once more: begin the time anew")
    {
        Arguments = [new CommandArgument("timeout", "Time in which they must be confirmed, 1s..1w; 5m where not given")],
        UnnamedArguments = ["timeout"],
    })
    .Add(new MenuCommand("confirm", "Keep the changes"))
    .Add(new MenuCommand("revert", "Undo the changes now"));
}
