using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using SstpRouter.Control;
using SstpRouter.RouterOs.Assistance;

namespace SstpRouter.Console.Targets;

/// <summary>Several routers at one prompt: a name alone chooses the router for what follows, a name before a command sends that command there.</summary>
public sealed class NamedTargets : ICommandTarget
{
    private readonly (string Name, ICommandTarget Target)[] _targets;
    private readonly ConcurrentQueue<string> _said = new();
    private (string Name, ICommandTarget Target) _chosen;
    private volatile ICommandTarget _running;

    /// <summary>Puts routers at one prompt.</summary>
    /// <param name="targets">Their names, words that begin no command, and themselves; the first is chosen. At least one.</param>
    public NamedTargets(params (string Name, ICommandTarget Target)[] targets)
    {
        _targets = targets;
        _chosen = targets[0];
        _running = _chosen.Target;
    }

    /// <inheritdoc/>
    public event Action? Stirred
    {
        add
        {
            Array.ForEach(_targets, t => t.Target.Stirred += value);
            Said += value;
        }

        remove
        {
            Array.ForEach(_targets, t => t.Target.Stirred -= value);
            Said -= value;
        }
    }

    private event Action? Said;

    /// <summary>The chosen router's name and its own prompt: <c>branch [admin@MikroTik] &gt; </c>.</summary>
    public string Prompt => _chosen.Name + " " + _chosen.Target.Prompt;

    /// <inheritdoc/>
    public ControlError? End => _chosen.Target.End;

    /// <summary>Has a line shown above the prompt, as the routers' own notices are; may come from any thread.</summary>
    public void Say(string line)
    {
        _said.Enqueue(line);
        Said?.Invoke();
    }

    /// <inheritdoc/>
    public CommandOutcome Run(string text, ICommandScreen screen)
    {
        ((string, ICommandTarget Target) named, int start) = Addressed(text);
        string command = text[start..];
        if (start > 0 && string.IsNullOrWhiteSpace(command))
        {
            _chosen = named;
            return new CommandOutcome(0, "");
        }

        _running = named.Target;
        return _running.Run(command, screen);
    }

    /// <inheritdoc/>
    public void Refresh() => _chosen.Target.Refresh();

    /// <inheritdoc/>
    public CommandOutcome RunInBackground(string text, ICommandScreen screen) => (_running = _chosen.Target).RunInBackground(text, screen);

    /// <inheritdoc/>
    public CommandOutcome ToggleSafeMode(ICommandScreen screen) => (_running = _chosen.Target).ToggleSafeMode(screen);

    /// <inheritdoc/>
    public bool MayQuit(ICommandScreen screen) => Array.TrueForAll(_targets, t => (_running = t.Target).MayQuit(screen));

    /// <inheritdoc/>
    public Completion Complete(string text)
    {
        ((_, ICommandTarget target), int start) = Addressed(text);
        Completion found = target.Complete(text[start..]);
        return found with { Start = found.Start + start };
    }

    /// <inheritdoc/>
    public IReadOnlyList<Candidate> Help(string text)
    {
        ((_, ICommandTarget target), int start) = Addressed(text);
        return target.Help(text[start..]);
    }

    /// <inheritdoc/>
    public IReadOnlyList<WordKind> Colours(string text)
    {
        ((_, ICommandTarget target), int start) = Addressed(text);
        return [.. Enumerable.Repeat(WordKind.Plain, start), .. target.Colours(text[start..])];
    }

    /// <inheritdoc/>
    public bool TryTakeNotice([MaybeNullWhen(false)] out string text)
    {
        if (_said.TryDequeue(out text))
        {
            return true;
        }

        foreach ((string name, ICommandTarget target) in _targets)
        {
            if (target.TryTakeNotice(out string? said))
            {
                text = name + " " + said;
                return true;
            }
        }

        text = null;
        return false;
    }

    /// <inheritdoc/>
    public bool TryTakeHistory([MaybeNullWhen(false)] out string command)
    {
        foreach ((string name, ICommandTarget target) in _targets)
        {
            if (target.TryTakeHistory(out string? kept))
            {
                command = target == _chosen.Target ? kept : name + " " + kept;
                return true;
            }
        }

        command = null;
        return false;
    }

    /// <inheritdoc/>
    public void Interrupt() => _running.Interrupt();

    /// <inheritdoc/>
    public void Resize(int width, int height) => Array.ForEach(_targets, t => t.Target.Resize(width, height));

    /// <summary>The router that a text is for, and where the text for it starts.</summary>
    private ((string Name, ICommandTarget Target) Named, int Start) Addressed(string text)
    {
        int blanks = text.Length - text.TrimStart().Length;
        foreach ((string Name, ICommandTarget Target) named in _targets)
        {
            int end = blanks + named.Name.Length;
            if (string.CompareOrdinal(text, blanks, named.Name, 0, named.Name.Length) == 0 && (end == text.Length || char.IsWhiteSpace(text[end])))
            {
                return (named, end + text[end..].TakeWhile(char.IsWhiteSpace).Count());
            }
        }

        return (_chosen, 0);
    }
}
