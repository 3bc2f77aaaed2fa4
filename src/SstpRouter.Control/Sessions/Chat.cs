namespace SstpRouter.Control.Sessions;

/// <summary>What users at consoles tell each other: whoever is logged in sees a line that another begins with <c>#</c>, behind the other's name
/// (manual, Internal Chat System). Safe to use from many threads.</summary>
internal sealed class Chat
{
    /// <summary>Raised with the session that said something and the line for the others: <c>admin: ready to break internet?</c>.</summary>
    public event Action<ControlSession, string>? Said;

    /// <summary>The message of an entered text; null where it is none.</summary>
    public static string? MessageOf(string text) =>
        text.AsSpan().TrimStart() is ['#', .. var message] && !message.Contains('\n') && message.Trim() is { IsEmpty: false } said
            ? string.Concat(said.ToString().Select(c => char.IsControl(c) ? ' ' : c))
            : null;

    /// <summary>Tells all other sessions.</summary>
    public void Say(ControlSession by, string message) => Said?.Invoke(by, $"{by.UserName}: {message}");
}
