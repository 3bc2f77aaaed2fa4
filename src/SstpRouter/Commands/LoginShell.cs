using System.Text;

namespace SstpRouter.Commands;

/// <summary>What the system says of who logged in, and how.</summary>
internal static class LoginShell
{
    /// <summary>True where <c>login</c> or an SSH server started this program as the user's shell: its name begins with a hyphen then.</summary>
    public static bool IsOne => ReadName() is ['-', ..];

    /// <summary>The name that the user logged in with, options included; null where that is nobody of the router's.</summary>
    public static string? LoginName =>
        Environment.GetEnvironmentVariable("LOGNAME") is { Length: > 0 } name && name != "root" && (IsOne || Ssh is not null) ? name : null;

    /// <summary>The address that the user comes from over SSH; null for another way.</summary>
    public static string? Ssh => Environment.GetEnvironmentVariable("SSH_CONNECTION") is { Length: > 0 } connection ? connection.Split(' ')[0] : null;

    /// <summary>The command that SSH was given where this program is forced on a key; null where there is none.</summary>
    public static string? SshCommand => Environment.GetEnvironmentVariable("SSH_ORIGINAL_COMMAND") is { Length: > 0 } command ? command : null;

    private static string ReadName()
    {
        try
        {
            byte[] line = File.ReadAllBytes("/proc/self/cmdline");
            int end = Array.IndexOf(line, (byte)0);
            return Encoding.UTF8.GetString(line, 0, end < 0 ? line.Length : end);
        }
        catch (IOException)
        {
            return "";
        }
    }
}
