using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace SstpRouter.Control.Sessions;

/// <summary>Lines for a session's user, from any thread: whoever has something to say never waits for a slow terminal.</summary>
/// <param name="added">Called for each line, on the thread that adds it.</param>
internal sealed class SessionNotices(Action added)
{
    // A user who does not read them misses the ones that follow, and finds them in the log.
    private const int Most = 50;

    private readonly ConcurrentQueue<string> _lines = new();

    public void Add(string line)
    {
        if (_lines.Count < Most)
        {
            _lines.Enqueue(line);
            added();
        }
    }

    public bool TryTake([MaybeNullWhen(false)] out string line) => _lines.TryDequeue(out line);
}
