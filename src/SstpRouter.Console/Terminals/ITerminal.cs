using SstpRouter.Console.Editing;

namespace SstpRouter.Console.Terminals;

/// <summary>What a console is shown on and typed at.</summary>
public interface ITerminal
{
    /// <summary>Columns, 1 and up.</summary>
    int Width { get; }

    /// <summary>Lines, 1 and up.</summary>
    int Height { get; }

    /// <summary>True where somebody presses keys, who can be asked; false for a file or a pipe.</summary>
    bool HasKeys { get; }

    /// <summary>True where keys are pressed and the cursor can be moved.</summary>
    bool CanEdit { get; }

    /// <summary>True where colours may be written.</summary>
    bool HasColours { get; }

    /// <summary>True where a key waits to be read: what it changes need not be drawn in between.</summary>
    bool HasKey { get; }

    /// <summary>Writes text; lines end with <c>\n</c>.</summary>
    void Write(string text);

    /// <summary>Waits for a key; null where the terminal has gone.</summary>
    Key? ReadKey();

    /// <summary>Adds a key as if it was pressed; may come from any thread.</summary>
    void Post(Key key);

    /// <summary>While a command runs, shows each key, on another thread, to a function that says whether it takes it; those that it does not take are
    /// read later. Ends when the returned object is disposed. <see cref="KeyKind.Gone"/> comes where the terminal goes away.</summary>
    IDisposable WatchKeys(Func<Key, bool> take);

    /// <summary>Calls back with columns and lines, from any thread, each time that they change, until the returned object is disposed.</summary>
    IDisposable WatchSize(Action<int, int> resized);
}
