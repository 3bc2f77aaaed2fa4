using System.Text;

namespace SstpRouter.RouterOs.Printing;

/// <summary>A titled list of words that goes on in further lines where it is wider than the terminal.</summary>
internal static class WordLines
{
    /// <summary>Writes the list.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="title">What the first line starts with.</param>
    /// <param name="words">The words with their punctuation.</param>
    /// <param name="indent">How many blanks further lines start with.</param>
    /// <param name="width">The width of the terminal.</param>
    public static void Write(TextWriter output, string title, IEnumerable<string> words, int indent, int width)
    {
        var line = new StringBuilder(title);
        bool isLineEmpty = true;
        foreach (string word in words)
        {
            if (!isLineEmpty && line.Length + 1 + word.Length >= width)
            {
                output.Write(line.Append('\n').ToString());
                line.Clear().Append(' ', indent);
                isLineEmpty = true;
            }

            line.Append(isLineEmpty ? "" : " ").Append(word);
            isLineEmpty = false;
        }

        output.Write(line.Append('\n').ToString());
    }
}
