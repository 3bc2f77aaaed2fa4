using SstpRouter.Console.Editing;

namespace SstpRouter.Console.Terminals;

/// <summary>Keys that were pressed and not yet read. Safe to use from many threads.</summary>
internal sealed class KeyQueue
{
    // Far more than anyone types ahead; a paste is held back by the terminal while a line is edited.
    private const int Most = 64 * 1024;

    private readonly Queue<Key> _keys = new();
    private bool _isClosed;

    /// <summary>True where a key can be taken at once.</summary>
    public bool HasKey
    {
        get
        {
            lock (_keys)
            {
                return _keys.Count > 0;
            }
        }
    }

    /// <summary>Adds keys, all at once, so that who takes the first sees that there are more. What does not fit is lost.</summary>
    public void Add(params IReadOnlyList<Key> keys)
    {
        lock (_keys)
        {
            foreach (Key key in keys)
            {
                if (_keys.Count < Most)
                {
                    _keys.Enqueue(key);
                }
            }

            Monitor.PulseAll(_keys);
        }
    }

    /// <summary>Takes the first key of a kind out, wherever it stands; false where there is none.</summary>
    public bool Remove(KeyKind kind)
    {
        lock (_keys)
        {
            Key[] keys = [.. _keys];
            int at = Array.FindIndex(keys, k => k.Kind == kind);
            if (at < 0)
            {
                return false;
            }

            _keys.Clear();
            Array.ForEach([.. keys[..at], .. keys[(at + 1)..]], _keys.Enqueue);
            return true;
        }
    }

    /// <summary>No more keys come.</summary>
    public void Close()
    {
        lock (_keys)
        {
            _isClosed = true;
            Monitor.PulseAll(_keys);
        }
    }

    /// <summary>Waits for a key; null once no more come.</summary>
    public Key? Take()
    {
        lock (_keys)
        {
            while (_keys.Count == 0 && !_isClosed)
            {
                Monitor.Wait(_keys);
            }

            return _keys.TryDequeue(out Key key) ? key : null;
        }
    }
}
