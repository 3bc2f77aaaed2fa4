using SstpRouter.Linux;

namespace SstpRouter.Tunnels.Workers;

/// <summary>Something that a worker's epoll set watches.</summary>
internal abstract class PollTarget
{
    /// <summary>The descriptor is ready. Runs on the worker's thread.</summary>
    public abstract void Ready(EpollEvents events, long now);
}

/// <summary>Something that wants to be called at a time.</summary>
internal interface ITimed
{
    /// <summary>When it wants to be called next, in milliseconds of the worker's clock; <see cref="long.MaxValue"/> for never.</summary>
    long NextDeadline { get; }

    /// <summary>The earliest entry that the worker's timer queue holds for it; kept by the worker.</summary>
    long QueuedDeadline { get; set; }

    /// <summary>The time has come. Runs on the worker's thread.</summary>
    void Tick(long now);
}

/// <summary>Something that had more to do than its turn allows.</summary>
internal interface IAgain
{
    /// <summary>Goes on. Runs on the worker's thread.</summary>
    void Again(long now);
}
