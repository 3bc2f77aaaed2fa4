namespace SstpRouter.Services.Users;

/// <summary>The homes of the users with their keys, as the SSH server looks for them: <c>STATE/ssh/NAME/.ssh/authorized_keys</c>.</summary>
internal sealed class AuthorizedKeys(string homes)
{
    /// <summary>Gives each user these keys, and takes the homes of all others away.</summary>
    /// <param name="keys">The lines of each user's file; a user may have none.</param>
    /// <exception cref="IOException">A file could not be written.</exception>
    public void Write(IReadOnlyDictionary<string, IReadOnlyList<string>> keys)
    {
        Directory.CreateDirectory(homes, PrivateFile.OwnersDirectory);
        foreach (string home in Directory.GetDirectories(homes).Where(h => !keys.ContainsKey(Path.GetFileName(h))))
        {
            Directory.Delete(home, recursive: true);
        }

        foreach ((string user, IReadOnlyList<string> lines) in keys)
        {
            string directory = Path.Combine(homes, user, ".ssh");
            Directory.CreateDirectory(Path.Combine(homes, user), PrivateFile.OwnersDirectory);
            Directory.CreateDirectory(directory, PrivateFile.OwnersDirectory);
            PrivateFile.Replace(Path.Combine(directory, "authorized_keys"), string.Concat(lines.Select(l => l + "\n")));
        }
    }
}
