using System.Globalization;

namespace SstpRouter.RouterOs.Logging;

/// <summary>One line of the log.</summary>
/// <param name="Number">Its number since the start, from 1.</param>
/// <param name="Time">When it happened, in the router's time zone.</param>
/// <param name="Topics">What it is about, joined by commas: <c>sstp,ppp,info</c>.</param>
/// <param name="Message">What happened; one line without control characters.</param>
public sealed record LogLine(ulong Number, DateTimeOffset Time, string Topics, string Message)
{
    /// <summary>The time as <c>/log print</c> shows it: <c>2026-06-10 14:48:17</c>.</summary>
    public string TimeText => Time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>The line as <c>/log print</c> shows it, without the leading blank.</summary>
    public override string ToString() => $"{TimeText} {Topics} {Message}";
}
