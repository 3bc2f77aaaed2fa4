using System.Text;

namespace SstpRouter.Services.Users;

/// <summary>A user as the system's own login knows it.</summary>
/// <param name="Name">The user's name.</param>
/// <param name="Hash">The hash of the password, or null where there is none: then only a key opens.</param>
internal sealed record Account(string Name, string? Hash);

/// <summary>The users as lines of passwd(5) and shadow(5), for the SSH server.</summary>
/// <remarks>A login with console options (<c>admin+ct80w</c>) is another name to that server, so each user has the forms that the common tools
/// send. All of them lead to one home directory, so that keys serve them too, and to the console, which reads the options from the
/// name. All have the number of root: the console may then ask the router, and nobody gets anything but the console. The lines stand in
/// <c>STATE/accounts</c>, beside those of the system's own accounts, and follow each change of a user or group.</remarks>
internal static class AccountFiles
{
    /// <summary>Writes <c>passwd</c> and <c>shadow</c>.</summary>
    /// <param name="directory">Where to; it is made where there is none.</param>
    /// <param name="accounts">The users.</param>
    /// <param name="homes">The directory of their homes.</param>
    /// <param name="shell">The console.</param>
    /// <exception cref="IOException">A file could not be written.</exception>
    public static void Write(string directory, IReadOnlyList<Account> accounts, string homes, string shell)
    {
        Directory.CreateDirectory(directory, PrivateFile.OwnersDirectory);
        PrivateFile.Replace(Path.Combine(directory, "shadow"), Shadow(accounts)); // first: a name without its line there is locked out at worst
        PrivateFile.Replace(Path.Combine(directory, "passwd"), Passwd(accounts, homes, shell));
    }

    /// <summary>The options of the tools, each as it is sent: plain ones typed by people, the manual's, netmiko's, Ansible's, oxidized's and
    /// those of scripts that want no colours or long lines.</summary>
    public static IReadOnlyList<string> Options { get; } =
    [
        "+c", "+t", "+e", "+ct", "+ce", "+cet", "+cte", "+ct80w", "+ct200w", "+ct240w", "+ct511w", "+ct511w4098h", "+ct1024w",
        "+cet80w", "+cet511w", "+cet512w", "+cet1023w", "+cet1024w", "+cte1024w", "+cet4098w",
    ];

    /// <summary>The lines of passwd(5).</summary>
    /// <param name="accounts">The users.</param>
    /// <param name="homes">The directory of their homes.</param>
    /// <param name="shell">The console.</param>
    public static string Passwd(IEnumerable<Account> accounts, string homes, string shell) =>
        Lines(accounts, (login, account) => $"{login}:x:0:0::{homes}/{account.Name}:{shell}");

    /// <summary>The lines of shadow(5). A user without a password gets one that fits nothing.</summary>
    public static string Shadow(IEnumerable<Account> accounts) =>
        Lines(accounts, (login, account) => $"{login}:{account.Hash ?? "*"}:::::::");

    private static string Lines(IEnumerable<Account> accounts, Func<string, Account, string> line)
    {
        var text = new StringBuilder();
        foreach (Account account in accounts)
        {
            foreach (string option in Options.Prepend(""))
            {
                text.Append(line(account.Name + option, account)).Append('\n');
            }
        }

        return text.ToString();
    }
}
