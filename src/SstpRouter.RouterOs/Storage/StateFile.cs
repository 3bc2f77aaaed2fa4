namespace SstpRouter.RouterOs.Storage;

/// <summary>Files that only their owner may read and that a power cut leaves whole.</summary>
internal static class StateFile
{
    /// <summary>Writes a file whole: readers see the old content or the new one, also after a power cut.</summary>
    public static void Replace(string path, ReadOnlySpan<byte> content) => Replace(FileOperations.OfDisk, path, content);

    /// <summary>Writes a file whole: readers see the old content or the new one, also after a power cut.</summary>
    public static void Replace(FileOperations operations, string path, ReadOnlySpan<byte> content)
    {
        string fresh = path + ".new";
        operations.Delete(fresh);
        using (FileStream file = operations.Open(fresh, FileMode.CreateNew, FileShare.Read))
        {
            operations.Write(file, content);
            operations.Flush(file);
        }

        operations.Rename(fresh, path);
        operations.FlushDirectory(Path.GetDirectoryName(path)!);
    }

    /// <summary>Adds to the end of a file and waits until it is on the disk.</summary>
    public static void Append(FileOperations operations, string path, ReadOnlySpan<byte> content)
    {
        bool isNew = !File.Exists(path);
        using (FileStream file = operations.Open(path, FileMode.Append, FileShare.Read))
        {
            operations.Write(file, content);
            operations.Flush(file);
        }

        if (isNew)
        {
            operations.FlushDirectory(Path.GetDirectoryName(path)!);
        }
    }

    /// <summary>Removes a file for good.</summary>
    public static void Remove(FileOperations operations, string path)
    {
        operations.Delete(path);
        operations.FlushDirectory(Path.GetDirectoryName(path)!);
    }
}
