using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Storage;

namespace SstpRouter.Services.Certificates;

/// <summary>The files that users bring and take away: <c>STATE/files</c>.</summary>
internal sealed class UserFiles(ConfigurationStore store)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>A file that the user names: in the directory of files, or by its whole path.</summary>
    /// <exception cref="ScriptError">It is not there, too large, or cannot be read.</exception>
    public byte[] Read(string name, int largest)
    {
        string path = Path.IsPathRooted(name) ? name : Path.Combine(store.FilesDirectory ?? ".", name);
        try
        {
            // Looked at first: a device or a disk image must not fill the memory.
            return new FileInfo(path).Length > largest
                ? throw ScriptError.Failure($"{name}: the file is larger than {largest} bytes")
                : File.ReadAllBytes(path);
        }
        catch (IOException exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw ScriptError.Failure($"there is no file {path}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw ScriptError.Failure($"cannot read {name}: {exception.Message}");
        }
    }

    /// <summary>Writes a file that only its owner reads, whole or not at all.</summary>
    /// <exception cref="ScriptError">It cannot be written, or the name leads elsewhere.</exception>
    public void Write(string name, ReadOnlySpan<byte> content)
    {
        string directory = store.FilesDirectory ?? throw ScriptError.Failure("there is no directory for files here");
        if (name.Length == 0 || name.StartsWith('.') || name.AsSpan().ContainsAny('/', '\\', '\0'))
        {
            throw ScriptError.Failure("bad file name, use letters and digits");
        }

        string fresh = Path.Combine(directory, name + ".new");
        try
        {
            Directory.CreateDirectory(directory);
            File.Delete(fresh);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly };
            using (var file = new FileStream(fresh, options))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            File.Move(fresh, Path.Combine(directory, name), overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw ScriptError.Failure("the file could not be written: " + exception.Message);
        }
    }
}
