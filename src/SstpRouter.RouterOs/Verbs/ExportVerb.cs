using System.Globalization;
using System.Text;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Verbs;

/// <summary>What <c>export</c> does: the configuration as a script that makes it.</summary>
internal sealed class ExportVerb(ConfigurationStore store)
{
    /// <summary>True for a menu that holds what an export writes.</summary>
    public static bool IsExported(Menu menu) => menu.Kind != MenuKind.Container && menu is { IsExported: true, IsWritable: true };

    public MenuCommand Command() => new("export", "Print the configuration as a script, or save it in a file")
    {
        Arguments =
        [
            new("compact", "Only what differs from the defaults (this is what it does anyway)", IsBare: true),
            new("file", "File to write to instead of the screen"),
            new("hide-sensitive", "Leave passwords and keys out (this is what it does anyway)", IsBare: true),
            new("show-sensitive", "Write passwords and keys too", IsBare: true),
            new("terse", "Write the menu on each line and wrap none", IsBare: true),
            new("verbose", "Write every property, defaults too", IsBare: true),
        ],
        TakesWhere = true,
        Run = Run,
    };

    private Value Run(CommandInvocation command)
    {
        string? file = command["file"]?.ToText();
        int width = file is null ? command.Session.Width : UserFiles.Width;
        string text = Text(command, width);
        if (file is null)
        {
            command.Session.Output.Write(text);
        }
        else
        {
            UserFiles.Write(store.FilesDirectory, file, ".rsc", text);
        }

        return Value.Nothing;
    }

    private string Text(CommandInvocation command, int width)
    {
        var text = new StringBuilder();
        Version version = typeof(ExportVerb).Assembly.GetName().Version!;
        text.Append(CultureInfo.InvariantCulture,
            $"# {store.Clock.GetLocalNow():yyyy-MM-dd HH:mm:ss} by SstpRouter {version.ToString(3)}\n# software id = \n#\n");
        IEnumerable<Menu> menus = command.Menu.SelfAndDescendants().Where(IsExported)
            .OrderBy(m => m.ExportRank).ThenBy(m => m.Path, StringComparer.Ordinal);
        foreach (Menu menu in menus)
        {
            var lines = new ExportLines(menu, command.Has("verbose"), ShowsSensitive(command));
            string[][] commands = [.. lines.Of(store, command)];
            if (commands.Length > 0 && !command.Has("terse"))
            {
                text.Append(menu.ExportPath).Append('\n');
            }

            foreach (string[] words in commands)
            {
                text.Append(command.Has("terse")
                    ? menu.ExportPath + " " + string.Join(' ', words)
                    : LineWrapping.Wrap(words, width)).Append('\n');
            }
        }

        return text.ToString();
    }

    // Who may not see passwords gets the same text without them.
    private static bool ShowsSensitive(CommandInvocation command) =>
        command.Has("show-sensitive") && !command.Has("hide-sensitive") && command.Session.Policies.HasFlag(Policies.Sensitive);
}
