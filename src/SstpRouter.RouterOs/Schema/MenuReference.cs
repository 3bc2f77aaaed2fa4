using System.Text;

namespace SstpRouter.RouterOs.Schema;

/// <summary>The reference documentation in Markdown: every menu with its properties and commands, as the router itself knows them.</summary>
public static class MenuReference
{
    private const string Head = """
        # Reference

        Every menu of the router with its properties and commands, as `sstp-router reference` prints them. The names are RouterOS's.
        In the tables, *required* is what `add` does not go without, *may be unset* what `unset` and `!name` take away, *sensitive* what
        `export` leaves out unless it is asked for; *only the default* means that any other value is refused, so far.

        """;

    /// <summary>The whole text.</summary>
    /// <param name="root">The root of the menus, with all their commands.</param>
    public static string Of(Menu root)
    {
        var text = new StringBuilder(Head);
        foreach (Menu menu in root.SelfAndDescendants().Where(m => m.Commands.Count > 0))
        {
            Write(menu, text);
        }

        return text.ToString();
    }

    private static void Write(Menu menu, StringBuilder text)
    {
        text.Append($"\n## {menu.Path}\n\n{menu.Description}.\n");
        if (menu.Flags.Count > 0)
        {
            text.Append($"\nFlags: {string.Join("; ", menu.Flags.Select(f => $"`{f.Letter}` {f.Name}"))}\n");
        }

        Property[] settings = [.. menu.Properties.Where(p => !p.IsReadOnly)];
        Table(text, "| property | values | default | |", settings.Select(p => new[]
        {
            Code(p.Name), Cell(p.Type.Syntax), DefaultOf(p), Cell(string.Join("; ", Traits(p).Prepend(p.Description))),
        }));
        Table(text, "| state | values | |", menu.Properties.Where(p => p.IsReadOnly && !(p.IsHiddenInDetail && !menu.StatsColumns.Contains(p.Name))).Select(p => new[]
        {
            Code(p.Name), Cell(p.Type.Syntax), Cell(p.Description),
        }));
        Table(text, "| command | arguments | |", menu.Commands.OrderBy(c => c.Name, StringComparer.Ordinal).Select(c => new[]
        {
            Code(c.Name), Cell(Arguments(c, settings)), Cell(c.Description),
        }));
    }

    /// <summary>The arguments by name; all settable properties together are one word.</summary>
    private static string Arguments(MenuCommand command, Property[] settings)
    {
        CommandArgument[] offered = [.. command.Arguments.Where(a => !a.IsOlderSpelling)];
        bool takesAll = settings.Length > 1 && settings.All(s => command.Argument(s.Name) is not null);
        IEnumerable<string> names = offered.Where(a => !(takesAll && settings.Any(s => s.Name == a.Name))).Select(a => Code(a.Name));
        return string.Join(", ", names.Concat(takesAll ? ["the properties"] : []).Concat(command.TakesWhere ? [Code("where")] : []));
    }

    private static IEnumerable<string> Traits(Property property)
    {
        (bool Holds, string Word)[] traits =
        [
            (property.IsRequired, "*required*"),
            (property.IsUnsettable, "*may be unset*"),
            (property.IsSensitive, "*sensitive*"),
            (property.OnlyDefaultSupported, "*only the default*"),
        ];
        return traits.Where(t => t.Holds).Select(t => t.Word);
    }

    private static string DefaultOf(Property property) =>
        property.NamePattern is { } pattern ? Code(pattern.Replace("#", "1", StringComparison.Ordinal))
        : (property.AddDefault ?? property.Default) is not { } value ? ""
        : property.Type.Format(value) is { Length: > 0 } written ? Code(written) : "`\"\"`";

    private static void Table(StringBuilder text, string head, IEnumerable<string[]> rows)
    {
        string[][] lines = [.. rows];
        if (lines.Length == 0)
        {
            return;
        }

        string rule = string.Concat(Enumerable.Repeat(" --- |", head.Count(c => c == '|') - 1));
        text.Append($"\n{head}\n|{rule}\n");
        foreach (string[] cells in lines)
        {
            text.Append($"| {string.Join(" | ", cells)} |\n");
        }
    }

    private static string Code(string text) => "`" + Cell(text) + "`";

    // A bar would end the cell; an angle bracket would start a tag.
    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
}
