using System.Text;
using SstpRouter.Console.Editing;
using SstpRouter.RouterOs.Assistance;

namespace SstpRouter.Console.Screens;

/// <summary>Words that a user may choose from.</summary>
internal static class WordList
{
    /// <summary>The words side by side, row by row, as a second Tab shows them.</summary>
    public static string Columns(IReadOnlyList<Candidate> words, int width, bool hasColours)
    {
        int column = words.Max(w => WidthOf(w.Name)) + 2;
        int perRow = Math.Max(1, width / column);
        var text = new StringBuilder();
        for (int i = 0; i < words.Count; i++)
        {
            bool endsRow = i % perRow == perRow - 1 || i == words.Count - 1;
            text.Append(Named(words[i], hasColours));
            text.Append(endsRow ? "\n" : new string(' ', column - WidthOf(words[i].Name)));
        }

        return text.ToString();
    }

    /// <summary>A line for each word: <c>name -- description</c>.</summary>
    public static string Lines(IReadOnlyList<Candidate> words, bool hasColours) => string.Concat(words.Select(w =>
        w.Name.Length == 0 ? w.Description + "\n"
        : w.Description.Length == 0 ? Named(w, hasColours) + "\n"
        : $"{Named(w, hasColours)} -- {w.Description}\n"));

    private static string Named(Candidate word, bool hasColours) => hasColours ? Colour.Paint(word.Name, word.Kind) : word.Name;

    private static int WidthOf(string text) => text.EnumerateRunes().Sum(CellWidth.Of);
}
