using System.Globalization;
using SstpRouter.RouterOs.Logging;

namespace SstpRouter.Control.Sessions;

/// <summary>The log lines that nobody may miss: RouterOS's rule <c>critical</c> to <c>echo</c>. Safe to use from many threads.</summary>
internal sealed class CriticalLines : IDisposable
{
    // So many old ones would push everything else off a screen.
    private const int MostAtLogin = 10;

    private readonly RouterLog _log;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ulong> _seen = [];

    public CriticalLines(RouterLog log)
    {
        _log = log;
        _log.Written += OnWritten;
    }

    /// <summary>Raised with each new line as it is shown amid other output: <c>17:20:06 echo: system,error,critical login failure ...</c>.</summary>
    public event Action<string>? Echoed;

    /// <summary>The lines that a user has not seen yet, oldest first; from now on they count as seen.</summary>
    public IReadOnlyList<string> UnseenBy(string user)
    {
        LogLine[] lines = [.. _log.Lines.Where(IsCritical)];
        lock (_gate)
        {
            ulong seen = _seen.GetValueOrDefault(user);
            _seen[user] = lines.Length == 0 ? seen : lines[^1].Number;
            return [.. lines.Where(l => l.Number > seen).TakeLast(MostAtLogin).Select(l => l.ToString())];
        }
    }

    public void Dispose() => _log.Written -= OnWritten;

    private void OnWritten(LogLine line)
    {
        if (IsCritical(line))
        {
            Echoed?.Invoke(string.Create(CultureInfo.InvariantCulture, $"{line.Time:HH:mm:ss} echo: {line.Topics} {line.Message}"));
        }
    }

    private static bool IsCritical(LogLine line) => line.Topics.Split(',').Contains("critical");
}
