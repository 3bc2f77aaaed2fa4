using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Menus.Scripts;

/// <summary>What scripts and the scheduler have in common.</summary>
internal static class ScriptProperties
{
    /// <param name="isSettable">True where an export writes it and <c>add</c> takes it.</param>
    public static Property Owner(bool isSettable) => new("owner", Types.Text, "Who has added it")
    {
        IsReadOnly = !isSettable,
        ExplicitMatters = isSettable,
        IsOfAdder = true,
        MadeByAdd = (session, _) => Value.Of(session.UserName),
    };

    public static Property RunCount() => new("run-count", Types.Number(0, long.MaxValue), "How often it was run since the router started") { IsReadOnly = true };
}
