using SstpRouter.Console.Editing;

namespace SstpRouter.Console.Terminals;

/// <summary>What a console is shown on and typed at.</summary>
public interface ITerminal
{
    /// <summary>Columns, 1 and up.</summary>
    int Width { get; }

    /// <summary>Lines, 1 and up.</summary>
    int Height { get; }

    /// <summary>True where colours may be written.</summary>
    bool HasColours { get; }

    /// <summary>Writes text; lines end with <c>\n</c>.</summary>
    void Write(string text);

    /// <summary>Waits for a key; null where the terminal has gone.</summary>
    Key? ReadKey();

    /// <summary>While a command runs, calls back for each Ctrl-C until the returned object is disposed.</summary>
    IDisposable WatchInterrupts(Action interrupted);

    /// <summary>Calls back with columns and lines, from any thread, each time that they change, until the returned object is disposed.</summary>
    IDisposable WatchSize(Action<int, int> resized);
}
