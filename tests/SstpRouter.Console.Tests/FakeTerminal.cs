using System.Text;
using SstpRouter.Console.Editing;
using SstpRouter.Console.Terminals;

namespace SstpRouter.Console.Tests;

/// <summary>A terminal at which given keys are pressed, one at a time.</summary>
internal sealed class FakeTerminal(params Key[] keys) : ITerminal
{
    private readonly StringBuilder _written = new();
    private readonly LinkedList<Key> _keys = new(keys);
    private Func<Key, bool>? _take;

    public string Written => _written.ToString();

    public int Width { get; init; } = 80;

    public int Height { get; init; } = 24;

    public bool HasKeys => keys.Length > 0;

    public bool CanEdit { get; init; } = keys.Length > 0;

    public bool HasColours { get; init; }

    public bool HasKey { get; set; }

    public void PressInterrupt() => _take?.Invoke(new Key(KeyKind.Interrupt));

    public void Write(string text) => _written.Append(text);

    public Key? ReadKey()
    {
        if (_keys.First is not { } first)
        {
            return null;
        }

        _keys.RemoveFirst();
        return first.Value;
    }

    public void Post(Key key)
    {
        if (CanEdit)
        {
            _keys.AddFirst(key);
        }
    }

    public IDisposable WatchKeys(Func<Key, bool> take)
    {
        _take = take;
        return new Watch(() => _take = null);
    }

    public IDisposable WatchSize(Action<int, int> resized) => new Watch(() => { });

    private sealed class Watch(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
