using System.Runtime.InteropServices;

namespace SstpRouter.Certificates.Files;

/// <summary>Files that only their owner reads, replaced whole and durably.</summary>
internal static partial class PrivateFiles
{
    private const UnixFileMode FileMode600 = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode DirectoryMode700 = FileMode600 | UnixFileMode.UserExecute;
    private const string TemporarySuffix = ".new";

    /// <summary>Makes a directory, or narrows the mode of the one that is there.</summary>
    public static void MakeDirectory(string path)
    {
        Directory.CreateDirectory(path, DirectoryMode700);
        File.SetUnixFileMode(path, DirectoryMode700);
    }

    /// <summary>Writes a file beside, makes it durable, and renames it over the old one.</summary>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        string temporary = path + TemporarySuffix;
        File.Delete(temporary); // from before a power cut; its mode is not to be trusted
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = FileMode600,
        };
        using (var stream = new FileStream(temporary, options))
        {
            stream.Write(content);
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
        SyncDirectoryOf(path);
    }

    /// <summary>Removes a file, durably.</summary>
    public static void Remove(string path)
    {
        File.Delete(path);
        SyncDirectoryOf(path);
    }

    // A rename is durable once its directory is (fsync(2)); the framework opens no directories.
    private static void SyncDirectoryOf(string path)
    {
        string directory = Path.GetDirectoryName(Path.GetFullPath(path))!;
        int descriptor = Open(directory, ReadOnlyCloseOnExec);
        if (descriptor < 0)
        {
            throw Failed(directory);
        }

        int result = FSync(descriptor);
        IOException? failure = result < 0 ? Failed(directory) : null;
        _ = Close(descriptor);
        if (failure is not null)
        {
            throw failure;
        }
    }

    private static IOException Failed(string directory) =>
        new($"cannot make {directory} durable: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");

    // open(2): O_RDONLY | O_CLOEXEC, the same on every Linux that .NET runs on.
    private const int ReadOnlyCloseOnExec = 0x80000;

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FSync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
