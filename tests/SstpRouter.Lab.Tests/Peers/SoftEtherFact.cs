using SstpRouter.Lab.Tests.Harness;
using SstpRouter.Linux;

namespace SstpRouter.Lab.Tests.Peers;

/// <summary>A test against a real SoftEther server, skipped where it is not installed or may not be run.</summary>
internal sealed class SoftEtherFactAttribute : FactAttribute
{
    public SoftEtherFactAttribute() => Skip = Reason;

    /// <summary>Why there can be no server here; null where there can.</summary>
    public static string? Reason { get; } = ProcessControl.EffectiveUserId != 0 ? RootFactAttribute.Reason
        : !File.Exists("/usr/libexec/softether/vpnserver/vpnserver") || !File.Exists("/usr/bin/vpncmd")
            ? "needs softether-vpnserver and softether-vpncmd"
            : null;
}

/// <summary>The same for a table of cases.</summary>
internal sealed class SoftEtherTheoryAttribute : TheoryAttribute
{
    public SoftEtherTheoryAttribute() => Skip = SoftEtherFactAttribute.Reason;
}
