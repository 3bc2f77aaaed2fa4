using System.Diagnostics.CodeAnalysis;
using System.Text;
using SstpRouter.Control;
using SstpRouter.RouterOs.Assistance;

namespace SstpRouter.Console.Targets;

/// <summary>What a console sends its lines to: a router, or several at one prompt. Everything that asks throws <see cref="ControlError"/> where
/// the router went away.</summary>
public interface ICommandTarget
{
    /// <summary>Raised, from any thread, where <see cref="Prompt"/> has changed, a notice came, or <see cref="End"/> was set.</summary>
    event Action? Stirred;

    /// <summary>The prompt for the next line, blank at the end included.</summary>
    string Prompt { get; }

    /// <summary>Why nothing can be asked any more; null while it can.</summary>
    ControlError? End { get; }

    /// <summary>Asks what a login asks before the first prompt.</summary>
    CommandOutcome Begin(ICommandScreen screen) => new(0, "");

    /// <summary>Runs a text and waits until it has ended.</summary>
    /// <param name="text">One or more commands, as typed.</param>
    /// <param name="screen">Takes the output and answers questions.</param>
    CommandOutcome Run(string text, ICommandScreen screen);

    /// <summary>Has <see cref="Prompt"/> say what is now: the router's name may be another one.</summary>
    void Refresh()
    {
    }

    /// <summary>Has a text run in the background, as <c>:execute</c> does.</summary>
    CommandOutcome RunInBackground(string text, ICommandScreen screen) => Run(":execute {" + text + "\n}", screen);

    /// <summary>Takes safe mode, or lets it go.</summary>
    CommandOutcome ToggleSafeMode(ICommandScreen screen);

    /// <summary>Asks to leave; false where the user stays.</summary>
    bool MayQuit(ICommandScreen screen);

    /// <summary>What Tab makes of a line up to the cursor.</summary>
    Completion Complete(string text);

    /// <summary>What may stand at the end of a line up to the cursor.</summary>
    IReadOnlyList<Candidate> Help(string text);

    /// <summary>What each character of a text is.</summary>
    IReadOnlyList<WordKind> Colours(string text);

    /// <summary>Takes the next line that no command wrote.</summary>
    bool TryTakeNotice([MaybeNullWhen(false)] out string text);

    /// <summary>Takes all such lines, each with its end.</summary>
    string TakeNotices()
    {
        var text = new StringBuilder();
        while (TryTakeNotice(out string? notice))
        {
            text.Append(notice).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Takes the next command for the history.</summary>
    bool TryTakeHistory([MaybeNullWhen(false)] out string command);

    /// <summary>Cancels the running command; may come from any thread.</summary>
    void Interrupt();

    /// <summary>Tells the terminal's new size; may come from any thread.</summary>
    void Resize(int width, int height);
}
