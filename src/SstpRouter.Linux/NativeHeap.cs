using SstpRouter.Linux.Interop;

namespace SstpRouter.Linux;

/// <summary>The memory of native libraries.</summary>
public static class NativeHeap
{
    private static bool _isMissing;

    /// <summary>Gives free memory between what is used back to the machine: malloc_trim(3). Does nothing where the C library has no such call.</summary>
    public static void GiveBack()
    {
        if (_isMissing)
        {
            return;
        }

        try
        {
            _ = Libc.TrimHeap(0);
        }
        catch (EntryPointNotFoundException)
        {
            _isMissing = true; // musl gives back by itself
        }
    }
}
