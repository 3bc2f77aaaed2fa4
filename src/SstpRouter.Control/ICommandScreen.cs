namespace SstpRouter.Control;

/// <summary>Where a command's output goes, and who answers its questions.</summary>
public interface ICommandScreen
{
    /// <summary>The command is on its way: an interrupt reaches it from now on.</summary>
    void Begin()
    {
    }

    /// <summary>Takes output as it comes, in pieces of any length.</summary>
    void Write(string text);

    /// <summary>Takes a screen that replaces the one before.</summary>
    void Redraw(string screen);

    /// <summary>What follows is to be shown a screen at a time.</summary>
    /// <param name="isTable">True where lines that are longer than the screen is wide go on at its right, and not on the next row.</param>
    void BeginPages(bool isTable);

    /// <summary>Asks the user.</summary>
    /// <param name="kind">How the answer is typed.</param>
    /// <param name="prompt">What to show, blank at the end included; of <see cref="AskKind.Text"/> the text itself.</param>
    Answer Ask(AskKind kind, string prompt);
}

/// <summary>How an answer is typed.</summary>
public enum AskKind : byte
{
    /// <summary>A line.</summary>
    Line,

    /// <summary>A line that nobody may see: stars stand for its characters.</summary>
    Hidden,

    /// <summary>One key.</summary>
    Key,

    /// <summary>A text of many lines; the question is the text as it stands.</summary>
    Text,
}

/// <summary>How a question ended.</summary>
public enum AnswerKind : byte
{
    /// <summary>The user answered.</summary>
    Given,

    /// <summary>The user broke off.</summary>
    Interrupted,

    /// <summary>There is no user to ask.</summary>
    Impossible,
}

/// <summary>What came of a question.</summary>
/// <param name="Kind">How it ended.</param>
/// <param name="Text">The line or key; empty unless there is one.</param>
public readonly record struct Answer(AnswerKind Kind, string Text = "");
