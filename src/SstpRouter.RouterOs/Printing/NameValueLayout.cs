namespace SstpRouter.RouterOs.Printing;

/// <summary>The layout of settings and of <c>monitor</c>: names right-aligned to a common colon.</summary>
public static class NameValueLayout
{
    private const int Margin = 2;

    /// <summary>Writes one line for each pair; an empty value leaves the name alone with its colon.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="pairs">Names and values in the order of the lines; control characters in values are escaped.</param>
    public static void Write(TextWriter output, IReadOnlyList<(string Name, string Value)> pairs)
    {
        int width = pairs.Count == 0 ? 0 : pairs.Max(p => p.Name.Length) + Margin;
        foreach ((string name, string value) in pairs)
        {
            output.Write($"{name.PadLeft(width)}: {PrintedText.Clean(value)}\n");
        }
    }
}
