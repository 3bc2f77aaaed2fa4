using System.Net;

namespace SstpRouter.Tunnels.Server;

/// <summary>Counts wrong passwords by address and by user name, and says how long the answer to the next one shall wait. Safe to use from
/// several threads.</summary>
/// <remarks>The table is bounded: what failed longest ago is forgotten first. Names are kept as numbers only, so that long ones take no room;
/// two that share a number, which nobody can foresee, share a count.</remarks>
internal sealed class FailedLogins
{
    /// <summary>How long an answer waits, in milliseconds: a client that hears nothing for 3 s gives up, and would blame the line.</summary>
    public const long Delay = 1_000;

    /// <summary>Mistakes that cost nothing.</summary>
    private const int Free = 2;

    /// <summary>A mistake is forgotten where none follows within this time, in milliseconds.</summary>
    private const long Memory = 60_000;

    private const int Capacity = 4_096;

    private readonly Lock _gate = new();
    private readonly Dictionary<Key, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _oldestFirst = [];

    /// <summary>How many addresses and names are remembered.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _entries.Count;
            }
        }
    }

    /// <summary>Counts a wrong password.</summary>
    /// <returns>How long the answer shall wait, in milliseconds; 0 for the first ones.</returns>
    public long Add(IPAddress address, string user, long now)
    {
        lock (_gate)
        {
            int failures = Math.Max(
                Add(new Key(CallSource.Of(address), 0), now),
                Add(new Key(null, user.GetHashCode(StringComparison.Ordinal)), now));
            return failures > Free ? Delay : 0;
        }
    }

    private int Add(Key key, long now)
    {
        if (!_entries.TryGetValue(key, out LinkedListNode<Entry>? entry))
        {
            if (_entries.Count == Capacity)
            {
                _entries.Remove(_oldestFirst.First!.Value.Key);
                _oldestFirst.RemoveFirst();
            }

            entry = new LinkedListNode<Entry>(new Entry(key, 0, now));
            _entries.Add(key, entry);
        }
        else
        {
            _oldestFirst.Remove(entry);
        }

        int before = now - entry.Value.Last < Memory ? entry.Value.Failures : 0;
        entry.Value = new Entry(key, Math.Min(before, Free) + 1, now);
        _oldestFirst.AddLast(entry);
        return entry.Value.Failures;
    }

    private readonly record struct Key(IPAddress? Address, int User);

    private readonly record struct Entry(Key Key, int Failures, long Last);
}
