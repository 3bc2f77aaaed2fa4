namespace SstpRouter.Tunnels.Tests.Support;

/// <summary>Keeps what tunnels write.</summary>
internal sealed class TestLog : ITunnelLog
{
    private readonly Lock _gate = new();
    private readonly List<(TunnelLogLevel Level, string Text)> _lines = [];

    /// <summary>All lines but those of the protocol steps.</summary>
    public IReadOnlyList<string> Lines => [.. Entries.Where(e => e.Level != TunnelLogLevel.Debug).Select(e => e.Text)];

    public IReadOnlyList<(TunnelLogLevel Level, string Text)> Entries
    {
        get
        {
            lock (_gate)
            {
                return [.. _lines];
            }
        }
    }

    public void Write(TunnelLogLevel level, string text)
    {
        lock (_gate)
        {
            _lines.Add((level, text));
        }
    }

    public int Count(string part) => Entries.Count(entry => entry.Text.Contains(part, StringComparison.Ordinal));

    public bool Has(string part) => Count(part) > 0;

    /// <summary>Waits until so many lines hold the text.</summary>
    public void Await(string part, int count = 1) =>
        Support.Await.True(() => Count(part) >= count, $"{count} log lines with \"{part}\"", this);

    public override string ToString() => string.Join('\n', Entries.Select(entry => $"{entry.Level} {entry.Text}"));
}
