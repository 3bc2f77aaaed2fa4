using SstpRouter.Control;

namespace SstpRouter.Console.Targets;

/// <summary>One router, over its control socket.</summary>
/// <param name="client">The session; the caller ends it.</param>
public sealed class RouterTarget(ControlClient client) : ICommandTarget
{
    /// <inheritdoc/>
    public string Prompt => client.Prompt;

    /// <inheritdoc/>
    public CommandOutcome Run(string text, Action<string> output) => client.Run(text, output);

    /// <inheritdoc/>
    public void Interrupt() => client.Interrupt();

    /// <inheritdoc/>
    public void Resize(int width, int height) => client.Resize(width, height);
}
