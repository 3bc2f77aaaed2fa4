using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;

namespace SstpRouter.RouterOs.Verbs;

/// <summary>The commands that a menu has because of what it holds: <c>add set unset reset edit remove enable disable
/// comment get find export</c>.</summary>
public static class StandardVerbs
{
    private static readonly CommandArgument Numbers = new(ItemVerbs.Numbers, "Items: numbers of the last print, ids or names");
    private static readonly CommandArgument Number = new(ItemVerbs.Number, "Item: a number of the last print, an id or a name");
    private static readonly CommandArgument[] TextForms =
    [
        new("as-string", "Return text, whatever the type of the value", IsBare: true),
        new("as-string-value", "Return the value as print shows it", IsBare: true),
    ];

    /// <summary>Gives every menu its commands. A command that a menu has already is left as it is.</summary>
    /// <param name="root">The root of the menus.</param>
    /// <param name="store">The store that the commands work on.</param>
    public static void Attach(Menu root, ConfigurationStore store)
    {
        var items = new ItemVerbs(store);
        var queries = new QueryVerbs(store);
        var export = new ExportVerb(store);
        foreach (Menu menu in root.SelfAndDescendants())
        {
            if (menu.Kind != MenuKind.Container)
            {
                AttachQueries(menu, queries);
                AttachChanges(menu, items);
            }

            if (menu.SelfAndDescendants().Any(ExportVerb.IsExported))
            {
                Attach(menu, export.Command());
            }
        }
    }

    private static void AttachQueries(Menu menu, QueryVerbs queries)
    {
        var valueName = new CommandArgument("value-name", "Property whose value is wanted");
        if (menu.Kind == MenuKind.Settings)
        {
            Attach(menu, new MenuCommand("get", "Get the value of a setting")
            {
                Arguments = [.. TextForms, valueName],
                UnnamedArguments = [valueName.Name],
                Run = queries.Get,
            });
            return;
        }

        Attach(menu, new MenuCommand("get", "Get the value of an item's property")
        {
            Arguments = [.. TextForms, Number, valueName],
            UnnamedArguments = [Number.Name, valueName.Name],
            Run = queries.Get,
        });
        Attach(menu, new MenuCommand("find", "Find items by value") { TakesWhere = true, WhereIsImplied = true, Run = queries.Find });
    }

    private static void AttachChanges(Menu menu, ItemVerbs items)
    {
        CommandArgument[] writable =
        [
            .. menu.Properties.Where(p => !p.IsReadOnly).Select(p => new CommandArgument(p.Name, p.Description, Property: p)),
            .. menu.OtherSpellings,
        ];
        if (menu is { Kind: MenuKind.Settings, IsWritable: true })
        {
            Attach(menu, new MenuCommand("set", "Change the settings") { Arguments = writable, TakesNegation = true, Run = items.Set });
            AttachEdit(menu, items);
        }
        else if (menu.IsWritable)
        {
            if (menu.CanAdd)
            {
                Attach(menu, new MenuCommand("add", "Create a new item")
                {
                    Arguments = [.. writable, new CommandArgument(ItemVerbs.CopyFrom, "Item to take everything from that is not given")],
                    TakesNegation = true,
                    Run = items.Add,
                });
            }

            Attach(menu, new MenuCommand("set", "Change item properties")
            {
                Arguments = [Numbers, .. writable],
                UnnamedArguments = [Numbers.Name],
                TakesNegation = true,
                Run = items.Set,
            });
            Attach(menu, new MenuCommand("reset", "Bring properties back to what a new item has")
            {
                Arguments = [Numbers, .. writable.Where(a => !a.IsOlderSpelling).Select(a => new CommandArgument(a.Name, a.Description, IsBare: true))],
                UnnamedArguments = [Numbers.Name],
                Run = items.Reset,
            });
            AttachEdit(menu, items);
            AttachRemove(menu, items);
            AttachShorthands(menu, items);
        }
        else
        {
            if (menu.CanRemoveDynamic)
            {
                AttachRemove(menu, items);
            }

            if (ItemVerbs.HeldBelow(menu).FirstOrDefault() is { } held)
            {
                AttachShared(menu, held, items);
            }
        }
    }

    /// <summary>What can be changed in <c>/interface</c>, whatever the kind of interface.</summary>
    private static void AttachShared(Menu menu, Menu held, ItemVerbs items)
    {
        CommandArgument[] shared =
        [
            .. ((string[])["comment", "disabled", "name"]).Select(held.Property).OfType<Property>().Select(p => new CommandArgument(p.Name, p.Description, Property: p)),
        ];
        Attach(menu, new MenuCommand("set", "Change item properties")
        {
            Arguments = [Numbers, .. shared],
            UnnamedArguments = [Numbers.Name],
            TakesNegation = true,
            Run = items.Set,
        });
        AttachSwitch(menu, items);
    }

    private static void AttachEdit(Menu menu, ItemVerbs items)
    {
        var valueName = new CommandArgument("value-name", "Property whose value is edited");
        CommandArgument[] arguments = menu.Kind == MenuKind.Settings ? [valueName] : [Number, valueName];
        Attach(menu, new MenuCommand("edit", "Edit the value of a property in the console's editor")
        {
            Arguments = arguments,
            UnnamedArguments = [.. arguments.Select(a => a.Name)],
            Run = items.Edit,
        });
    }

    private static void AttachRemove(Menu menu, ItemVerbs items) =>
        Attach(menu, new MenuCommand("remove", "Remove items") { Arguments = [Numbers], UnnamedArguments = [Numbers.Name], Run = items.Remove });

    private static void AttachShorthands(Menu menu, ItemVerbs items)
    {
        if (menu.Properties.Any(p => p.IsUnsettable))
        {
            Attach(menu, new MenuCommand("unset", "Unset the value of a property")
            {
                Arguments = [Numbers, new CommandArgument("value-name", "Property whose value is taken away")],
                UnnamedArguments = [Numbers.Name, "value-name"],
                Run = items.Unset,
            });
        }

        if (menu.Property("disabled") is { IsReadOnly: false })
        {
            AttachSwitch(menu, items);
        }

        if (menu.Property("comment") is { IsReadOnly: false } comment)
        {
            Attach(menu, new MenuCommand("comment", "Set the comment of items")
            {
                Arguments = [Numbers, new CommandArgument("comment", comment.Description)],
                UnnamedArguments = [Numbers.Name, "comment"],
                Run = items.Comment,
            });
        }
    }

    private static void AttachSwitch(Menu menu, ItemVerbs items)
    {
        Attach(menu, new MenuCommand("enable", "Enable items")
        {
            Arguments = [Numbers],
            UnnamedArguments = [Numbers.Name],
            Run = c => items.SetDisabled(c, false),
        });
        Attach(menu, new MenuCommand("disable", "Disable items")
        {
            Arguments = [Numbers],
            UnnamedArguments = [Numbers.Name],
            Run = c => items.SetDisabled(c, true),
        });
    }

    private static void Attach(Menu menu, MenuCommand command)
    {
        if (menu.Command(command.Name) is null)
        {
            menu.Add(command);
        }
    }
}
