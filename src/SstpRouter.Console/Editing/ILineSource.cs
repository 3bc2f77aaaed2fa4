namespace SstpRouter.Console.Editing;

/// <summary>Where a console's lines come from.</summary>
public interface ILineSource
{
    /// <summary>The next line.</summary>
    /// <param name="wanted">What is asked for.</param>
    /// <returns>How it ended, and its text where it was entered or goes on; never <see cref="EditOutcome.Editing"/>.</returns>
    (EditOutcome Outcome, string Line) Read(LineRequest wanted);
}

/// <summary>A line that is asked for.</summary>
/// <param name="Prompt">Gives what to show before it, where prompts are shown; asked again where something may have changed it.</param>
/// <param name="Before">The lines that it goes on from, as help must know them; empty for a first line.</param>
/// <param name="Text">What stands in it from the start.</param>
/// <param name="Cursor">Where the cursor stands in that, in code units; -1 for its end.</param>
public sealed record LineRequest(Func<string> Prompt, string Before = "", string Text = "", int Cursor = -1);
