using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Schema;

namespace SstpRouter.RouterOs.Assistance;

/// <summary>The names that the schema and the language know at a place.</summary>
internal static class CommandNames
{
    /// <summary>The menus and commands that a word may mean, in the order of help.</summary>
    public static IEnumerable<Candidate> Of(Grammar grammar, Menu menu, bool startsCommand, bool isMarked)
    {
        bool isRoot = menu.Parent is null;
        IEnumerable<Candidate> own = grammar.Commands.Select(c => new Candidate(c.Name, c.Name + " ", WordKind.Command, LanguageHelp.Of(c.Name)));
        if (isMarked)
        {
            return own;
        }

        IEnumerable<Candidate> inMenu = menu.Children.Select(m => new Candidate(m.Name, m.Name + " ", WordKind.Menu, m.Description))
            .Concat(menu.Commands.Select(c => new Candidate(c.Name, c.Name + " ", WordKind.Command, c.Description)));
        return isRoot && startsCommand ? inMenu.Concat(own) : inMenu;
    }

    /// <summary>The names that a condition may test in a menu.</summary>
    public static IEnumerable<Candidate> Tested(Menu menu)
    {
        IEnumerable<Candidate> properties = menu.Properties.Select(p => new Candidate(p.Name, p.Name, WordKind.Argument, p.Description));
        IEnumerable<Candidate> flags = menu.Flags.Where(f => menu.Property(f.Name) is null)
            .Select(f => new Candidate(f.Name, f.Name, WordKind.Argument, ""));
        return properties.Concat(flags);
    }
}
