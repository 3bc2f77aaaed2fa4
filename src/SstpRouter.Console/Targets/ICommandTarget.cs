using SstpRouter.Control;

namespace SstpRouter.Console.Targets;

/// <summary>What a console sends its lines to: a router, or several at one prompt.</summary>
public interface ICommandTarget
{
    /// <summary>The prompt for the next line, blank at the end included.</summary>
    string Prompt { get; }

    /// <summary>Runs a text and waits until it has ended.</summary>
    /// <param name="text">One or more commands, as typed.</param>
    /// <param name="output">Takes the output as it comes, in pieces of any length.</param>
    /// <exception cref="ControlError">The router went away.</exception>
    CommandOutcome Run(string text, Action<string> output);

    /// <summary>Cancels the running command; may come from any thread.</summary>
    void Interrupt();

    /// <summary>Tells the terminal's new size; may come from any thread.</summary>
    void Resize(int width, int height);
}
