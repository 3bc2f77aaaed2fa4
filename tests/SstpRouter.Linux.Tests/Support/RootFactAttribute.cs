namespace SstpRouter.Linux.Tests.Support;

/// <summary>A test that makes network namespaces; without root it is skipped, and says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RootFactAttribute : FactAttribute
{
    public RootFactAttribute() => Skip = Root.Missing;
}

/// <inheritdoc cref="RootFactAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RootTheoryAttribute : TheoryAttribute
{
    public RootTheoryAttribute() => Skip = Root.Missing;
}

internal static class Root
{
    public static string? Missing =>
        ProcessControl.EffectiveUserId == 0 ? null : "needs root to make network namespaces";
}
