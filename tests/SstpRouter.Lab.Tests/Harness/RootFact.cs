using SstpRouter.Linux;

namespace SstpRouter.Lab.Tests.Harness;

/// <summary>A test that makes network namespaces and is skipped where it may not.</summary>
internal sealed class RootFactAttribute : FactAttribute
{
    public const string Reason = "needs root: it makes network namespaces";

    public RootFactAttribute() => Skip = ProcessControl.EffectiveUserId == 0 ? null : Reason;
}

/// <summary>The same for a table of cases.</summary>
internal sealed class RootTheoryAttribute : TheoryAttribute
{
    public RootTheoryAttribute() => Skip = ProcessControl.EffectiveUserId == 0 ? null : RootFactAttribute.Reason;
}
