namespace SstpRouter.Console.Editing;

/// <summary>Lines of a file or pipe, or of a terminal that cannot move its cursor: no editing.</summary>
/// <param name="reader">Where they are read from.</param>
/// <param name="prompts">Where prompts go; null: there are none.</param>
public sealed class PlainLines(TextReader reader, TextWriter? prompts = null) : ILineSource
{
    /// <inheritdoc/>
    public (EditOutcome Outcome, string Line) Read(LineRequest wanted)
    {
        prompts?.Write(wanted.Prompt());
        prompts?.Flush();
        return reader.ReadLine() is { } line ? (EditOutcome.Entered, line) : (EditOutcome.Closed, "");
    }
}
