using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Interpretation;

/// <summary>The variables that <c>:global</c> declares, shared by the sessions that are given the same ones. Safe to use from many threads.</summary>
public sealed class GlobalVariables
{
    // Enough for any script, too few to fill the memory of a small board.
    private const int MaxCount = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, GlobalVariable> _variables = [];
    private readonly MemoryBudget _budget = new(MemoryBudget.Usual);
    private ulong _lastId;

    /// <summary>All of them, in the order of their names.</summary>
    public IReadOnlyList<GlobalVariable> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _variables.Values.OrderBy(v => v.Name, StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>The value of a variable; <see cref="Value.Nothing"/> where it has none.</summary>
    public Value this[string name]
    {
        get
        {
            lock (_gate)
            {
                return _variables.GetValueOrDefault(name)?.Value ?? Value.Nothing;
            }
        }
    }

    /// <summary>Gives a variable a value, and makes it where there is none of that name.</summary>
    /// <exception cref="ScriptError">There are too many already, or they would hold too much.</exception>
    public void Set(string name, Value value)
    {
        lock (_gate)
        {
            GlobalVariable? before = _variables.GetValueOrDefault(name);
            if (before is null && _variables.Count >= MaxCount)
            {
                throw new ScriptError("too many global variables");
            }

            _budget.Take(value.Size - (before?.Value.Size ?? 0));
            _variables[name] = new GlobalVariable(before?.Id ?? ++_lastId, name, value);
        }
    }

    /// <summary>Takes a variable away.</summary>
    public void Remove(string name)
    {
        lock (_gate)
        {
            if (_variables.Remove(name, out GlobalVariable? gone))
            {
                _budget.Take(-gone.Value.Size);
            }
        }
    }

    internal bool Contains(string name)
    {
        lock (_gate)
        {
            return _variables.ContainsKey(name);
        }
    }
}

/// <summary>One global variable.</summary>
/// <param name="Id">Its id, which stays as long as the variable does.</param>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value.</param>
public sealed record GlobalVariable(ulong Id, string Name, Value Value);
