using SstpRouter.Console.Targets;

namespace SstpRouter.Console.Editing;

/// <summary>The lines entered before, oldest first, and the place that the user leafs through.</summary>
/// <param name="most">The most lines that are kept, 1 and up.</param>
public sealed class History(int most = 500)
{
    private readonly List<string> _lines = [];
    private string _draft = "";
    private int _place;

    /// <summary>How many lines there are.</summary>
    public int Count => _lines.Count;

    /// <summary>A line, 0 being the oldest.</summary>
    public string this[int place] => _lines[place];

    /// <summary>The place of the newest line before a place that holds a text; -1 where there is none.</summary>
    public int LastWith(string text, int before) =>
        before <= 0 ? -1 : _lines.FindLastIndex(Math.Min(before, _lines.Count) - 1, l => l.Contains(text, StringComparison.Ordinal));

    /// <summary>Keeps a line unless it is blank or the same as the last; leafing starts over.</summary>
    public void Add(string line)
    {
        if (!string.IsNullOrWhiteSpace(line) && (_lines.Count == 0 || _lines[^1] != line))
        {
            _lines.Add(line);
            if (_lines.Count > most)
            {
                _lines.RemoveAt(0);
            }
        }

        Rewind();
    }

    /// <summary>Keeps what a router has for it.</summary>
    internal void TakeFrom(ICommandTarget target)
    {
        while (target.TryTakeHistory(out string? command))
        {
            Add(command);
        }
    }

    /// <summary>Leafing starts over at the newest line.</summary>
    public void Rewind() => (_place, _draft) = (_lines.Count, "");

    /// <summary>The line before the one shown, or null at the oldest.</summary>
    /// <param name="shown">What is shown now; an unfinished line comes back once leafing returns to it.</param>
    public string? Older(string shown)
    {
        if (_place == 0)
        {
            return null;
        }

        _draft = _place == _lines.Count ? shown : _draft;
        return _lines[--_place];
    }

    /// <summary>The line behind the one shown, the unfinished one last, or null at that.</summary>
    public string? Newer()
    {
        if (_place == _lines.Count)
        {
            return null;
        }

        return ++_place == _lines.Count ? _draft : _lines[_place];
    }
}
