using System.Collections.Concurrent;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Interpretation;

/// <summary>The variables that <c>:global</c> declares, shared by the sessions that are given the same ones. Safe to use from many threads.</summary>
public sealed class GlobalVariables
{
    // Enough for any script, too few to fill the memory of a small board.
    private const int MaxCount = 10_000;

    private readonly ConcurrentDictionary<string, Value> _values = [];

    /// <summary>The names of all of them, in order.</summary>
    public IReadOnlyList<string> Names => [.. _values.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The value of a variable; <see cref="Value.Nothing"/> where it has none.</summary>
    public Value this[string name] => _values.GetValueOrDefault(name, Value.Nothing);

    internal bool Contains(string name) => _values.ContainsKey(name);

    internal void Set(string name, Value value)
    {
        if (_values.Count >= MaxCount && !_values.ContainsKey(name))
        {
            throw new Language.ScriptError("too many global variables");
        }

        _values[name] = value;
    }

    internal void Remove(string name) => _values.TryRemove(name, out _);
}
