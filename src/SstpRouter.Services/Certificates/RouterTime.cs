using System.Globalization;

namespace SstpRouter.Services.Certificates;

/// <summary>Moments as RouterOS shows them, local time.</summary>
internal static class RouterTime
{
    private const string Format = "yyyy-MM-dd HH:mm:ss";

    public static string Show(DateTimeOffset time) => time.ToLocalTime().ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>A moment that is kept: the same wherever the clock's zone is set to later.</summary>
    public static string Keep(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Reads what <see cref="Keep"/> wrote; what a hand has broken counts as long ago.</summary>
    public static DateTimeOffset Read(string kept) =>
        DateTimeOffset.TryParse(kept, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset time)
            ? time
            : DateTimeOffset.UnixEpoch;
}
