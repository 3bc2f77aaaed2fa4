using SstpRouter.Control;

namespace SstpRouter.Console.Targets;

/// <summary>Several routers at one prompt: a name alone chooses the router for what follows, a name before a command sends that command there.</summary>
public sealed class NamedTargets : ICommandTarget
{
    private readonly (string Name, ICommandTarget Target)[] _targets;
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

    /// <summary>The chosen router's name and its own prompt: <c>branch [admin@MikroTik] &gt; </c>.</summary>
    public string Prompt => _chosen.Name + " " + _chosen.Target.Prompt;

    /// <inheritdoc/>
    public CommandOutcome Run(string text, Action<string> output)
    {
        string command = text.TrimStart();
        foreach ((string Name, ICommandTarget Target) named in _targets)
        {
            if (command.StartsWith(named.Name, StringComparison.Ordinal)
                && (command.Length == named.Name.Length || char.IsWhiteSpace(command[named.Name.Length])))
            {
                return RunNamed(named, command[named.Name.Length..].TrimStart(), output);
            }
        }

        _running = _chosen.Target;
        return _running.Run(text, output);
    }

    /// <inheritdoc/>
    public void Interrupt() => _running.Interrupt();

    /// <inheritdoc/>
    public void Resize(int width, int height) => Array.ForEach(_targets, t => t.Target.Resize(width, height));

    private CommandOutcome RunNamed((string Name, ICommandTarget Target) named, string command, Action<string> output)
    {
        if (command.Length == 0)
        {
            _chosen = named;
            return new CommandOutcome(0, "");
        }

        _running = named.Target;
        return _running.Run(command, output);
    }
}
