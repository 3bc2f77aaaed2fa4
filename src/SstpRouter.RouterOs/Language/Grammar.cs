using SstpRouter.RouterOs.Language.Syntax;
using SstpRouter.RouterOs.Schema;

namespace SstpRouter.RouterOs.Language;

/// <summary>The words that may start a command: the menus with their commands, and the language's own commands.</summary>
/// <param name="Root">The root of the menus; the language's commands stand beside its children.</param>
/// <param name="Commands">The commands of the language.</param>
internal sealed record Grammar(Menu Root, IReadOnlyList<LanguageCommand> Commands)
{
    private readonly Dictionary<string, LanguageCommand> _byName = Commands.ToDictionary(c => c.Name, StringComparer.Ordinal);

    /// <summary>What a word means: a <see cref="Menu"/>, a <see cref="MenuCommand"/> or a <see cref="LanguageCommand"/>; null where it
    /// means nothing or more than one thing.</summary>
    /// <param name="word">The word, which may be shortened as long as it stays unambiguous; the exact name always wins.</param>
    /// <param name="menu">The menu it is looked up in.</param>
    /// <param name="startsCommand">True for the first word of a command without <c>/</c>, which may be the language's from any menu.</param>
    /// <param name="isMarked">True behind a colon, where the language's commands come before those of the root.</param>
    public object? Find(string word, Menu menu, bool startsCommand, bool isMarked)
    {
        bool isRoot = menu.Parent is null;
        LanguageCommand? own = isRoot || startsCommand ? _byName.GetValueOrDefault(word) : null;
        object? inMenu = (object?)menu.Child(word) ?? menu.Command(word);
        if ((isMarked ? own ?? inMenu : inMenu ?? own) is { } exact)
        {
            return exact;
        }

        List<object> matches = [.. menu.Children.Where(m => Fits(m.Name)), .. menu.Commands.Where(c => Fits(c.Name))];
        if (isRoot || (startsCommand && matches.Count == 0))
        {
            matches.AddRange(Commands.Where(c => Fits(c.Name)));
        }

        return matches.Count == 1 ? matches[0] : null;

        bool Fits(string name) => name.StartsWith(word, StringComparison.Ordinal);
    }

    /// <summary>The one name that a word means, exactly or shortened; null where there is none or more than one.</summary>
    public static string? FindName(string word, IReadOnlyCollection<string> names)
    {
        if (names.Contains(word))
        {
            return word;
        }

        string[] matches = [.. names.Where(n => word.Length > 0 && n.StartsWith(word, StringComparison.Ordinal)).Distinct().Take(2)];
        return matches.Length == 1 ? matches[0] : null;
    }
}
