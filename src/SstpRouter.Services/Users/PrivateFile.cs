using System.Text;

namespace SstpRouter.Services.Users;

/// <summary>Files that only root reads, made from the configuration.</summary>
internal static class PrivateFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The mode of the directories that hold them.</summary>
    public const UnixFileMode OwnersDirectory = OwnerOnly | UnixFileMode.UserExecute;

    /// <summary>Puts a file in the place of the one that is there, unless they are equal.</summary>
    /// <remarks>It can be made again from the configuration at each start, so that it need not outlive a power cut; but nobody may read half of
    /// it.</remarks>
    /// <exception cref="IOException">It could not be written.</exception>
    public static void Replace(string path, string text)
    {
        if (File.Exists(path) && File.ReadAllText(path) == text)
        {
            return;
        }

        string fresh = path + ".new";
        File.Delete(fresh);
        using (var file = new FileStream(fresh, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly }))
        {
            file.Write(Encoding.UTF8.GetBytes(text));
        }

        File.Move(fresh, path, overwrite: true);
    }
}
