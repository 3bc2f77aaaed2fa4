using System.Globalization;
using System.Reflection;

namespace SstpRouter.Commands;

/// <summary>What the program says about itself.</summary>
internal static class VersionText
{
    /// <summary>The version, and what it was built with: <c>sstp-router 0.1.0 (net9.0, native)</c>.</summary>
    public static string Line
    {
        get
        {
            // A managed runtime has a list of assemblies; RuntimeFeature says what was asked for at build time, not what runs.
            string kind = AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") is null ? "native" : "JIT";
            string packages = Metadata("UpstreamPackages") == "true" ? ", upstream packages" : "";
            return $"sstp-router {Number} ({Metadata("RouterFramework")}, {kind}{packages})\n";
        }
    }

    /// <summary>The version alone.</summary>
    public static string Number => typeof(VersionText).Assembly.GetName().Version?.ToString(3) ?? "?";

    /// <summary>When the program was written; null where the build could not tell.</summary>
    public static DateTimeOffset? BuiltAt =>
        long.TryParse(Metadata("BuildTime"), NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    private static string Metadata(string key) => typeof(VersionText).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(a => a.Key == key)?.Value ?? "?";
}
