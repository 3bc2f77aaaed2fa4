using System.Text;

namespace SstpRouter.Control.Sessions;

/// <summary>The commands that users entered, a file each. Safe to use from many threads.</summary>
/// <param name="directory">Where the files are; made with mode 0700 where it is missing.</param>
/// <param name="trouble">Told where a file cannot be read or written; nothing else comes of that.</param>
internal sealed class CommandHistories(string directory, Action<string> trouble)
{
    /// <summary>How many commands a user finds again.</summary>
    public const int Most = 500;

    private readonly Lock _gate = new();
    private readonly HashSet<string> _failed = [];

    /// <summary>A user's commands, oldest first.</summary>
    public IReadOnlyList<string> Of(string user)
    {
        lock (_gate)
        {
            string[] lines = Try(user, () => File.Exists(PathOf(user)) ? File.ReadAllLines(PathOf(user)) : []) ?? [];
            if (lines.Length > 2 * Most)
            {
                lines = lines[^Most..];
                Try(user, () => Write(user, FileMode.Create, string.Concat(lines.Select(l => l + "\n"))));
            }

            return [.. lines.TakeLast(Most).Select(Unescape)];
        }
    }

    /// <summary>Keeps a command.</summary>
    public void Add(string user, string command)
    {
        lock (_gate)
        {
            Try(user, () => Write(user, FileMode.Append, Escape(command) + "\n"));
        }
    }

    private bool Write(string user, FileMode mode, string text)
    {
        Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        using var file = new FileStream(PathOf(user), new FileStreamOptions
        {
            Mode = mode,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        file.Write(Encoding.UTF8.GetBytes(text));
        return true;
    }

    private T? Try<T>(string user, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Once is enough: the next command would say the same.
            if (_failed.Add(user))
            {
                trouble($"the command history of {user} is not kept: {e.Message}");
            }

            return default;
        }
    }

    // A user's name is free text; a file's is not.
    private string PathOf(string user) =>
        Path.Combine(directory, Uri.EscapeDataString(user).Replace(".", "%2E", StringComparison.Ordinal));

    private static string Escape(string command) =>
        command.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal);

    private static string Unescape(string line)
    {
        var text = new StringBuilder(line.Length);
        for (int i = 0; i < line.Length; i++)
        {
            bool isEscape = line[i] == '\\' && i + 1 < line.Length;
            text.Append(!isEscape ? line[i] : line[++i] == 'n' ? '\n' : line[i]);
        }

        return text.ToString();
    }
}
