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

/// <summary>A test that makes namespaces and waits for deadlines of a minute: only the long runs ask for it.</summary>
internal sealed class SlowFactAttribute : FactAttribute
{
    public SlowFactAttribute() => Skip = Environment.GetEnvironmentVariable("SSTP_ROUTER_DEADLINES") is null
        ? "waits for deadlines of a minute; SSTP_ROUTER_DEADLINES=1 asks for it"
        : ProcessControl.EffectiveUserId == 0 ? null : RootFactAttribute.Reason;
}
