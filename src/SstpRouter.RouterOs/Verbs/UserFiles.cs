using System.Text;
using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Storage;

namespace SstpRouter.RouterOs.Verbs;

/// <summary>The files that <c>file=</c> writes, in the directory of files that users see.</summary>
internal static class UserFiles
{
    /// <summary>How wide the lines in a file are, whatever the terminal.</summary>
    public const int Width = 80;

    /// <summary>Writes a file whole, or leaves it as it was.</summary>
    /// <param name="directory">The directory; null where there is none (a store in memory).</param>
    /// <param name="name">The name as typed; <paramref name="ending"/> is put behind it where it does not end so.</param>
    /// <param name="ending">For example <c>.rsc</c>.</param>
    /// <param name="text">What is to be in the file.</param>
    /// <param name="appends">True to put the text behind what the file holds already.</param>
    /// <exception cref="ScriptError">The name is not good, or the file cannot be written.</exception>
    public static void Write(string? directory, string name, string ending, string text, bool appends = false)
    {
        if (directory is null)
        {
            throw ScriptError.Failure("there is no directory for files here, leave file= out");
        }

        if (name.Length == 0 || name.StartsWith('.') || name.AsSpan().ContainsAny('/', '\\', '\0'))
        {
            throw ScriptError.Failure("bad file name, use letters and digits");
        }

        string path = Path.Combine(directory, name.EndsWith(ending, StringComparison.Ordinal) ? name : name + ending);
        try
        {
            Directory.CreateDirectory(directory);
            string before = appends && File.Exists(path) ? File.ReadAllText(path) : "";
            StateFile.Replace(path, Encoding.UTF8.GetBytes(before + text));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw ScriptError.Failure("the file could not be written: " + error.Message);
        }
    }
}
