namespace SstpRouter.RouterOs.Storage;

/// <summary>What a store does to its files, operation by operation: the places where the power may go.</summary>
/// <remarks>The members do what the disk does. A test that cuts the power overrides them.</remarks>
internal class FileOperations
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The disk itself.</summary>
    public static FileOperations OfDisk { get; } = new();

    /// <summary>Opens a file for writing, made with mode 0600 where it is new.</summary>
    public virtual FileStream Open(string path, FileMode mode, FileShare share)
    {
        var options = new FileStreamOptions
        {
            Mode = mode,
            Access = mode == FileMode.Append ? FileAccess.Write : FileAccess.ReadWrite,
            Share = share,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows() && mode != FileMode.Open)
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return new FileStream(path, options);
    }

    /// <summary>Writes at the file's position.</summary>
    public virtual void Write(FileStream file, ReadOnlySpan<byte> content) => file.Write(content);

    /// <summary>Waits until the content of a file is on the disk.</summary>
    public virtual void Flush(FileStream file) => file.Flush(flushToDisk: true);

    /// <summary>Cuts a file.</summary>
    public virtual void SetLength(FileStream file, long length) => file.SetLength(length);

    /// <summary>Gives a file a name, in the place of the one that has it.</summary>
    public virtual void Rename(string from, string to) => File.Move(from, to, overwrite: true);

    /// <summary>Removes a file, if it is there.</summary>
    public virtual void Delete(string path) => File.Delete(path);

    /// <summary>Waits until the names in a directory are on the disk.</summary>
    public virtual void FlushDirectory(string directory) => DirectorySync.Flush(directory);
}
