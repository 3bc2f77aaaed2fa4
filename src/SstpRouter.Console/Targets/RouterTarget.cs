using System.Diagnostics.CodeAnalysis;
using SstpRouter.Control;
using SstpRouter.RouterOs.Assistance;

namespace SstpRouter.Console.Targets;

/// <summary>One router, over its control socket.</summary>
/// <param name="client">The session; the caller ends it.</param>
public sealed class RouterTarget(ControlClient client) : ICommandTarget
{
    /// <inheritdoc/>
    public event Action? Stirred
    {
        add => client.Stirred += value;
        remove => client.Stirred -= value;
    }

    /// <inheritdoc/>
    public string Prompt => client.Prompt;

    /// <inheritdoc/>
    public ControlError? End => client.End;

    /// <inheritdoc/>
    public CommandOutcome Begin(ICommandScreen screen) => client.Begin(screen);

    /// <inheritdoc/>
    public CommandOutcome Run(string text, ICommandScreen screen) => client.Run(text, screen);

    /// <inheritdoc/>
    public void Refresh() => client.Run("", static _ => { });

    /// <inheritdoc/>
    public CommandOutcome RunInBackground(string text, ICommandScreen screen) =>
        client.Run(":execute {" + client.MenuPath + "\n" + text + "\n}", screen);

    /// <inheritdoc/>
    public CommandOutcome ToggleSafeMode(ICommandScreen screen) => client.ToggleSafeMode(screen);

    /// <inheritdoc/>
    public bool MayQuit(ICommandScreen screen) => client.MayQuit(screen);

    /// <inheritdoc/>
    public Completion Complete(string text) => client.Complete(text);

    /// <inheritdoc/>
    public IReadOnlyList<Candidate> Help(string text) => client.Help(text);

    /// <inheritdoc/>
    public IReadOnlyList<WordKind> Colours(string text) => client.Colours(text);

    /// <inheritdoc/>
    public bool TryTakeNotice([MaybeNullWhen(false)] out string text) => client.TryTakeNotice(out text);

    /// <inheritdoc/>
    public bool TryTakeHistory([MaybeNullWhen(false)] out string command) => client.TryTakeHistory(out command);

    /// <inheritdoc/>
    public void Interrupt() => client.Interrupt();

    /// <inheritdoc/>
    public void Resize(int width, int height) => client.Resize(width, height);
}
