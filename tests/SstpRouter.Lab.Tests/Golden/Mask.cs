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

    /// <summary>Fingerprints, each by the place where it was seen first, and the numbers of calls.</summary>
    public static string Certificates(string log)
    {
        var seen = new List<string>();
        string masked = Fingerprint().Replace(log, m =>
        {
            if (!seen.Contains(m.Value))
            {
                seen.Add(m.Value);
            }

            return $"<fingerprint {seen.IndexOf(m.Value) + 1}>";
        });
        return CallNumber().Replace(masked, "<sstp-N>");
    }

    [GeneratedRegex("[0-9a-f]{64}")]
    private static partial Regex Fingerprint();

    [GeneratedRegex(@"<sstp-\d+>")]
    private static partial Regex CallNumber();

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
