namespace SstpRouter.Console.Editing;

/// <summary>Lines of a file or pipe, or of a terminal that cannot move its cursor: no editing.</summary>
/// <param name="reader">Where they are read from.</param>
/// <param name="prompts">Shows prompts; null: there are none.</param>
public sealed class PlainLines(TextReader reader, Action<string>? prompts = null) : ILineSource
{
    /// <inheritdoc/>
    public (EditOutcome Outcome, string Line) Read(LineRequest wanted)
    {
        prompts?.Invoke(wanted.Prompt());
        return reader.ReadLine() is { } line ? (EditOutcome.Entered, line) : (EditOutcome.Closed, "");
    }
}
