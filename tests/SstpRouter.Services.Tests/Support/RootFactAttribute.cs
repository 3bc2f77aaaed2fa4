using SstpRouter.Linux;

namespace SstpRouter.Services.Tests.Support;

/// <summary>A test that makes network namespaces; without root it is skipped, and says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RootFactAttribute : FactAttribute
{
    public RootFactAttribute()
    {
        if (ProcessControl.EffectiveUserId != 0)
        {
            Skip = "needs root to make network namespaces";
        }
    }
}
