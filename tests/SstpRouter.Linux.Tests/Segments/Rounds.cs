using System.Globalization;

namespace SstpRouter.Linux.Tests.Segments;

/// <summary>How often a property is tried, each time with other packets; <c>SSTP_ROUTER_CASES</c> sets it for all.</summary>
internal static class Rounds
{
    private static readonly int? Asked =
        int.TryParse(Environment.GetEnvironmentVariable("SSTP_ROUTER_CASES"), NumberStyles.None, CultureInfo.InvariantCulture, out int cases) ? cases : null;

    /// <summary>What is asked for, or so many for every change.</summary>
    public static int Or(int usual) => Asked ?? usual;
}
