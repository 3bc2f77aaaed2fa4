using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Menus.Scripts;

/// <summary>What a script may do: the property <c>policy</c> of scripts and of the scheduler.</summary>
public static class ScriptPolicies
{
    // In the order in which an export writes them (manual, Scripting: Script repository).
    private static readonly (string Word, Policies Policy)[] Words =
    [
        ("ftp", Policies.Ftp), ("reboot", Policies.Reboot), ("read", Policies.Read), ("write", Policies.Write), ("policy", Policies.Policy),
        ("test", Policies.Test), ("password", Policies.Password), ("sniff", Policies.Sniff), ("sensitive", Policies.Sensitive), ("romon", Policies.Romon),
    ];

    /// <summary>What the scripts of the scheduler and of PPP profiles may do at most.</summary>
    public const Policies OfEvents = Policies.Read | Policies.Write | Policies.Test | Policies.Reboot;

    /// <summary>The policies of a value of the property.</summary>
    public static Policies Of(Value? value) => value is ArrayValue list
        ? list.Entries.Aggregate(Policies.None, (sum, e) => sum | Array.Find(Words, w => w.Word == e.Value.ToText()).Policy)
        : Policies.None;

    internal static Property Property() => new("policy", Types.ListOf([.. Words.Select(w => w.Word)]), "What the script may do")
    {
        AddDefault = ArrayValue.Of(Words.Select(w => Value.Of(w.Word))),
        MadeByAdd = (session, _) => ArrayValue.Of(Words.Where(w => session.Policies.HasFlag(w.Policy)).Select(w => Value.Of(w.Word))),
        ExplicitMatters = true,
    };
}
