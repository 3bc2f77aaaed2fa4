using System.Runtime.InteropServices;
using System.Text;

namespace SstpRouter.RouterOs.Storage;

/// <summary>Makes a directory durable: a renamed file is safe from a power cut only once its directory is written too.</summary>
internal static class DirectorySync
{
    private const int ReadOnly = 0;
    private const int CloseOnExec = 0x80000; // O_CLOEXEC, the same on x86-64, arm and arm64

    /// <summary>Waits until the entries of a directory are on the disk.</summary>
    /// <exception cref="IOException">The kernel refused.</exception>
    public static void Flush(string directory)
    {
        if (!OperatingSystem.IsLinux())
        {
            return; // elsewhere the framework gives no directory handle, and nothing but a test runs there
        }

        int handle = Open(Encoding.UTF8.GetBytes(directory + "\0"), ReadOnly | CloseOnExec);
        if (handle < 0)
        {
            throw Failed(directory);
        }

        try
        {
            if (Fsync(handle) != 0)
            {
                throw Failed(directory);
            }
        }
        finally
        {
            _ = Close(handle);
        }
    }

    private static IOException Failed(string directory) =>
        new($"{directory}: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");

    // The framework opens no directories, and these three take only plain values, so that no marshalling code is needed.
    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int Fsync(int handle);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int handle);
}
