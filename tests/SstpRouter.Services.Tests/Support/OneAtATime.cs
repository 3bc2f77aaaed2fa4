namespace SstpRouter.Services.Tests.Support;

/// <summary>The tests that make namespaces, threads and tunnels: one after the other, so that a small machine is not swamped.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class OneAtATime
{
    public const string Name = "one at a time";
}
