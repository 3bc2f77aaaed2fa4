using System.Globalization;
using System.Text;
using SstpRouter.RouterOs.Storage;

namespace SstpRouter.RouterOs.History;

/// <summary>A configuration to come back to, unless somebody says that the changes since shall stay.</summary>
/// <param name="Kind">What it is for; there is at most one of a kind.</param>
/// <param name="Order">Its place among all: a later one goes when an earlier one is come back to.</param>
/// <param name="SessionId">The session that it belongs to; empty where it belongs to none.</param>
/// <param name="UserName">Who set it.</param>
/// <param name="Since">When.</param>
/// <param name="Timeout">How long it waits for a word; zero: until its session ends.</param>
/// <param name="Snapshot">The configuration.</param>
/// <param name="FirstAction">The number of the first action after it.</param>
internal sealed record RestorePoint(
    string Kind, int Order, string SessionId, string UserName, DateTimeOffset Since, TimeSpan Timeout, StoreSnapshot Snapshot, ulong FirstAction)
{
    private const string Mark = "#. ";

    /// <summary>How long it still waits. A clock that was set back, as after a start without a battery, begins the wait anew.</summary>
    public TimeSpan Remaining(DateTimeOffset now)
    {
        TimeSpan left = Since + Timeout - now;
        return left > Timeout ? Timeout : left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <summary>What is written above the configuration.</summary>
    public string Head() => new StringBuilder()
        .Append(CultureInfo.InvariantCulture, $"{Mark}order {Order}\n")
        .Append(CultureInfo.InvariantCulture, $"{Mark}session {Uri.EscapeDataString(SessionId)}\n")
        .Append(CultureInfo.InvariantCulture, $"{Mark}user {Uri.EscapeDataString(UserName)}\n")
        .Append(CultureInfo.InvariantCulture, $"{Mark}since {Since.ToUniversalTime():O}\n")
        .Append(CultureInfo.InvariantCulture, $"{Mark}timeout {Timeout:c}\n")
        .ToString();

    /// <summary>Reads what <see cref="Head"/> wrote.</summary>
    public static RestorePoint Read(string kind, string text, StoreSnapshot snapshot) => new(
        kind,
        int.TryParse(LineOf(text, "order"), CultureInfo.InvariantCulture, out int order) ? order : 0,
        Uri.UnescapeDataString(LineOf(text, "session")),
        Uri.UnescapeDataString(LineOf(text, "user")),
        DateTimeOffset.TryParse(LineOf(text, "since"), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out DateTimeOffset since) ? since : default,
        TimeSpan.TryParseExact(LineOf(text, "timeout"), "c", CultureInfo.InvariantCulture, out TimeSpan timeout) ? timeout : TimeSpan.Zero,
        snapshot,
        FirstAction: 1);

    private static string LineOf(string text, string name)
    {
        string start = Mark + name + " ";
        return text.Split('\n').FirstOrDefault(l => l.StartsWith(start, StringComparison.Ordinal))?[start.Length..] ?? "";
    }
}
