using SstpRouter.RouterOs.Language;

namespace SstpRouter.RouterOs.Interpretation;

/// <summary>Counts what the variables of one script hold, so that it cannot fill the memory of a small board. Safe to use from many threads.</summary>
/// <param name="limit">The most that they may hold, as <see cref="Values.Value.Size"/> counts.</param>
internal sealed class MemoryBudget(long limit)
{
    /// <summary>The most that the variables of a script, and all global variables together, may hold.</summary>
    public const long Usual = 16 * 1024 * 1024;

    private long _held;

    /// <summary>Takes room, or gives some back where it is negative.</summary>
    /// <exception cref="ScriptError">There is not enough left; nothing was taken.</exception>
    public void Take(long room)
    {
        if (Interlocked.Add(ref _held, room) > limit && room > 0)
        {
            Interlocked.Add(ref _held, -room);
            throw new ScriptError("not enough memory: the variables hold too much");
        }
    }
}
