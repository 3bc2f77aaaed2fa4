using System.Text;

namespace SstpRouter.Services.Users;

/// <summary>The homes of the users with their keys, as the SSH server looks for them: <c>STATE/ssh/NAME/.ssh/authorized_keys</c>.</summary>
internal sealed class AuthorizedKeys(string homes)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnersDirectory = OwnerOnly | UnixFileMode.UserExecute;

    /// <summary>Gives each user these keys, and takes the homes of all others away.</summary>
    /// <param name="keys">The lines of each user's file; a user may have none.</param>
    /// <exception cref="IOException">A file could not be written.</exception>
    public void Write(IReadOnlyDictionary<string, IReadOnlyList<string>> keys)
    {
        Directory.CreateDirectory(homes, OwnersDirectory);
        foreach (string home in Directory.GetDirectories(homes).Where(h => !keys.ContainsKey(Path.GetFileName(h))))
        {
            Directory.Delete(home, recursive: true);
        }

        foreach ((string user, IReadOnlyList<string> lines) in keys)
        {
            string directory = Path.Combine(homes, user, ".ssh");
            Directory.CreateDirectory(Path.Combine(homes, user), OwnersDirectory);
            Directory.CreateDirectory(directory, OwnersDirectory);
            Replace(Path.Combine(directory, "authorized_keys"), string.Concat(lines.Select(l => l + "\n")));
        }
    }

    // It can be made again from the configuration at each start, so that it need not outlive a power cut; but nobody may read half of it.
    private static void Replace(string path, string text)
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
