namespace SstpRouter.Console.Editing;

/// <summary>Lines of a file or pipe: no prompts, no editing.</summary>
/// <param name="reader">Where they are read from.</param>
public sealed class PlainLines(TextReader reader) : ILineSource
{
    /// <inheritdoc/>
    public (EditOutcome Outcome, string Line) Read(string prompt) =>
        reader.ReadLine() is { } line ? (EditOutcome.Entered, line) : (EditOutcome.Closed, "");
}
