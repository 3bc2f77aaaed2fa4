namespace SstpRouter.RouterOs.Storage;

/// <summary>Files that only their owner may read and that a power cut leaves whole.</summary>
internal static class StateFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Opens a file for writing, made with mode 0600 where it is new.</summary>
    public static FileStream Open(string path, FileMode mode, FileShare share)
    {
        var options = new FileStreamOptions
        {
            Mode = mode,
            Access = mode == FileMode.Append ? FileAccess.Write : FileAccess.ReadWrite,
            Share = share,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return new FileStream(path, options);
    }

    /// <summary>Writes a file whole: readers see the old content or the new one, also after a power cut.</summary>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        string fresh = path + ".new";
        File.Delete(fresh);
        using (FileStream file = Open(fresh, FileMode.CreateNew, FileShare.Read))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        File.Move(fresh, path, overwrite: true);
        DirectorySync.Flush(Path.GetDirectoryName(path)!);
    }

    /// <summary>Adds to the end of a file and waits until it is on the disk.</summary>
    public static void Append(string path, ReadOnlySpan<byte> content)
    {
        bool isNew = !File.Exists(path);
        using (FileStream file = Open(path, FileMode.Append, FileShare.Read))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        if (isNew)
        {
            DirectorySync.Flush(Path.GetDirectoryName(path)!);
        }
    }
}
