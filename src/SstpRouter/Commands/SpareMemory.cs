using SstpRouter.Linux;

namespace SstpRouter.Commands;

/// <summary>Memory that was needed for a moment, and goes back to the machine: to start, and to set tunnels up, takes more than what comes after.</summary>
internal static class SpareMemory
{
    private static int _tunnels;

    /// <summary>What the start has taken.</summary>
    public static void GiveBackAfterStart()
    {
        ProgramText.GiveBack();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        NativeHeap.GiveBack();
    }

    /// <summary>What a burst of tunnels has taken. The first tunnel alone is worth a pause of all threads: nothing else moves yet.</summary>
    public static void GiveBack()
    {
        if (Interlocked.Exchange(ref _tunnels, 1) == 0)
        {
            GiveBackAfterStart();
        }
        else
        {
            NativeHeap.GiveBack();
        }
    }
}
