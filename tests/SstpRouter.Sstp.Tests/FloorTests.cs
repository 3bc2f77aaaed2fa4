using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace SstpRouter.Sstp.Tests;

/// <summary>This room has no I/O, no clock and no thread: the compiled assembly says so.</summary>
public class FloorTests
{
    private static readonly string[] AllowedAssemblies =
        ["System.Runtime", "System.Collections", "System.Linq", "System.Memory", "System.Security.Cryptography"];

    private static readonly string[] ForbiddenTypes =
    [
        "System.Random", "System.Environment", "System.Console", "System.TimeProvider", "System.IO.Stream",
        "System.Diagnostics.Stopwatch", "System.Security.Cryptography.RandomNumberGenerator",
    ];

    private static readonly string[] ForbiddenMembers =
        ["get_UtcNow", "get_Now", "get_TickCount", "get_TickCount64", "GetTimestamp", "NewGuid"];

    [Fact]
    public void Only_the_plain_runtime_is_referenced()
    {
        using PEReader file = Open();
        MetadataReader metadata = file.GetMetadataReader();

        string[] assemblies =
        [
            .. metadata.AssemblyReferences.Select(
                handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name)),
        ];

        Assert.NotEmpty(assemblies);
        Assert.Empty(assemblies.Except(AllowedAssemblies));
    }

    [Fact]
    public void No_thread_timer_clock_or_randomness_is_used()
    {
        using PEReader file = Open();
        MetadataReader metadata = file.GetMetadataReader();

        string[] types =
        [
            .. metadata.TypeReferences.Select(metadata.GetTypeReference)
                .Select(type => $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}"),
        ];
        string[] members =
        [
            .. metadata.MemberReferences.Select(handle => metadata.GetString(metadata.GetMemberReference(handle).Name)),
        ];

        Assert.Contains("System.Security.Cryptography.HMACSHA256", types);
        Assert.DoesNotContain(types, type => type.StartsWith("System.Threading", StringComparison.Ordinal));
        Assert.DoesNotContain(types, type => type.StartsWith("System.Net", StringComparison.Ordinal));
        Assert.Empty(types.Intersect(ForbiddenTypes));
        Assert.Empty(members.Intersect(ForbiddenMembers));
    }

    private static PEReader Open() => new(File.OpenRead(typeof(SstpCall).Assembly.Location));
}
