using System.Globalization;

namespace SstpRouter.RouterOs.Storage;

/// <summary>The form of the state files: which program can read them, and how older ones become new ones.</summary>
/// <remarks>Each file names its form in a private line. A step turns the commands of one form into those of the next; a file that is three
/// forms old takes three steps, so that no step ever has to be written twice. Steps keep the number of lines, so that a fault still
/// has the line of the file.</remarks>
internal static class StateForm
{
    /// <summary>The form that this program writes.</summary>
    public const int Current = 1;

    private const string Mark = ChangeText.PrivateMark + "form ";

    // From form 0, of which the first programs wrote and which named none: its commands are those of form 1.
    private static readonly Func<string, string>[] Steps = [static commands => commands];

    /// <summary>The line that names the form, without its line feed.</summary>
    public static string Line { get; } = string.Create(CultureInfo.InvariantCulture, $"{Mark}{Current}");

    /// <summary>The form that a file names; 0 where it names none.</summary>
    public static int Of(string file)
    {
        int start = file.StartsWith(Mark, StringComparison.Ordinal) ? 0 : file.IndexOf("\n" + Mark, StringComparison.Ordinal) + 1;
        if (!file.AsSpan(start).StartsWith(Mark))
        {
            return 0;
        }

        ReadOnlySpan<char> number = file.AsSpan(start + Mark.Length);
        int end = number.IndexOf('\n');
        return int.TryParse(end < 0 ? number : number[..end], NumberStyles.None, CultureInfo.InvariantCulture, out int form) ? form : 0;
    }

    /// <summary>The commands of a file as this program knows them; those of a later program stay as they are.</summary>
    public static string Modernise(string commands, int form) => Modernise(commands, form, Steps);

    /// <summary>See <see cref="Modernise(string, int)"/>; step n leads from form n to the next.</summary>
    internal static string Modernise(string commands, int form, IReadOnlyList<Func<string, string>> steps) =>
        steps.Skip(form).Aggregate(commands, (text, step) => step(text));
}
