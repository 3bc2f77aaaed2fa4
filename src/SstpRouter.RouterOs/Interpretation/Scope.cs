using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Interpretation;

/// <summary>The variables that a block sees: its own, those of the blocks around it, and the globals that one of them declared.</summary>
/// <param name="outer">The block around; null for a script and for a function, which sees nothing of its caller.</param>
/// <param name="globals">The global variables.</param>
/// <param name="budget">What the script's own variables may hold.</param>
/// <param name="seesAllGlobals">True for a script's outermost block, where globals need no declaration, as on a console line.</param>
internal sealed class Scope(Scope? outer, GlobalVariables globals, MemoryBudget budget, bool seesAllGlobals) : IDisposable
{
    private readonly Dictionary<string, Value> _locals = [];
    private readonly HashSet<string> _declaredGlobals = [];
    private long _held;

    public static Scope Inside(Scope outer) => new(outer, outer.Globals, outer.Budget, seesAllGlobals: false);

    /// <summary>The value of a variable, or null where none of that name is declared.</summary>
    public Value? Find(string name)
    {
        for (Scope? scope = this; scope is not null; scope = scope.Outer)
        {
            if (scope._locals.TryGetValue(name, out Value? value))
            {
                return value;
            }

            if (scope.HasGlobal(name))
            {
                return scope.Globals[name];
            }
        }

        return null;
    }

    public void DeclareLocal(string name, Value value)
    {
        _declaredGlobals.Remove(name);
        Keep(name, value);
    }

    /// <summary>Declares a global; without a value it keeps the one it has.</summary>
    public void DeclareGlobal(string name, Value? value)
    {
        _locals.Remove(name);
        _declaredGlobals.Add(name);
        if (value is not null || !Globals.Contains(name))
        {
            Globals.Set(name, value ?? Value.Nothing);
        }
    }

    /// <summary>Gives a declared variable another value; null takes its value away.</summary>
    public void Set(string name, Value? value)
    {
        for (Scope? scope = this; scope is not null; scope = scope.Outer)
        {
            if (scope._locals.ContainsKey(name))
            {
                scope.Keep(name, value ?? Value.Nothing);
                return;
            }

            if (scope.HasGlobal(name))
            {
                if (value is null)
                {
                    Globals.Remove(name);
                }
                else
                {
                    Globals.Set(name, value);
                }

                return;
            }
        }

        throw new ScriptError($"variable {name} is not declared: use :local {name} or :global {name} first");
    }

    /// <summary>Gives back the room that its variables held.</summary>
    public void Dispose()
    {
        Budget.Take(-_held);
        _held = 0;
    }

    private Scope? Outer { get; } = outer;

    private GlobalVariables Globals { get; } = globals;

    private MemoryBudget Budget { get; } = budget;

    private void Keep(string name, Value value)
    {
        long room = value.Size - (_locals.TryGetValue(name, out Value? before) ? before.Size : 0);
        Budget.Take(room);
        _held += room;
        _locals[name] = value;
    }

    private bool HasGlobal(string name) => _declaredGlobals.Contains(name) || (seesAllGlobals && Globals.Contains(name));
}
