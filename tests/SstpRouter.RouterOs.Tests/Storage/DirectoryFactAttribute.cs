namespace SstpRouter.RouterOs.Tests.Storage;

/// <summary>A test over files that are not kept here; it is skipped, and says so, where the environment names no directory with them.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DirectoryFactAttribute : FactAttribute
{
    public DirectoryFactAttribute(string variable)
    {
        if (Of(variable) is null)
        {
            Skip = $"{variable} names no directory: set it to one that holds configurations as routers export them";
        }
    }

    public static string? Of(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } directory && Directory.Exists(directory) ? directory : null;
}
