namespace SstpRouter.Console.Editing;

/// <summary>Where a console's lines come from.</summary>
public interface ILineSource
{
    /// <summary>The next line.</summary>
    /// <param name="prompt">What to show before it, where prompts are shown.</param>
    /// <returns>How it ended, and its text where it was entered; never <see cref="EditOutcome.Editing"/>.</returns>
    (EditOutcome Outcome, string Line) Read(string prompt);
}
