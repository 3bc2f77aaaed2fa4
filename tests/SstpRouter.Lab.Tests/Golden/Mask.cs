using System.Text.RegularExpressions;

namespace SstpRouter.Lab.Tests.Golden;

/// <summary>Takes out of a screen what differs from run to run, and keeps the columns where they are.</summary>
internal static partial class Mask
{
    /// <summary>Times of day, hardware addresses and short uptimes.</summary>
    public static string Volatile(string screen) =>
        Uptime().Replace(HardwareAddress().Replace(TimeOfDay().Replace(screen, "YYYY-MM-DD HH:MM:SS"), "XX:XX:XX:XX:XX:XX"), m => "Ns".PadRight(m.Length));

    /// <summary>The numbers of a logout: seconds, bytes and packets.</summary>
    public static string Counters(string line) => LogoutCounters().Replace(line, "logged out, S BI BO PI PO from");

    [GeneratedRegex(@"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")]
    private static partial Regex TimeOfDay();

    [GeneratedRegex("[0-9A-F]{2}(:[0-9A-F]{2}){5}")]
    private static partial Regex HardwareAddress();

    // The heading is as wide as any uptime of a test: the column behind it stays where it is.
    [GeneratedRegex(@"\b(\d+m)?\d+s +(?=AES256)")]
    private static partial Regex Uptime();

    [GeneratedRegex(@"logged out, \d+ \d+ \d+ \d+ \d+ from")]
    private static partial Regex LogoutCounters();
}
