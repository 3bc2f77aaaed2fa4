using System.Globalization;
using System.Text;

namespace SstpRouter.RouterOs.Verbs;

/// <summary>Values as a script writes them: quoted only where they must be.</summary>
public static class Quoting
{
    private const string Special = " \"\\$;#=()[]{}'?<>!&|~";

    /// <summary>The value as it stands behind <c>name=</c>.</summary>
    public static string Quote(string value) => MustQuote(value) ? "\"" + Escape(value) + "\"" : value;

    /// <summary>True where the value means something else without quotes.</summary>
    public static bool MustQuote(string value) =>
        value.Length == 0 || value.Any(c => Special.Contains(c) || char.IsControl(c) || char.IsWhiteSpace(c));

    /// <summary>The inside of a quoted value.</summary>
    public static string Escape(string value)
    {
        var text = new StringBuilder(value.Length + 8);
        foreach (char c in value)
        {
            text.Append(Escape(c));
        }

        return text.ToString();
    }

    private static string Escape(char c) => c switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        '$' => "\\$",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        _ when char.IsControl(c) => string.Concat(Encoding.UTF8.GetBytes([c]).Select(b => string.Create(CultureInfo.InvariantCulture, $"\\{b:X2}"))),
        _ => c.ToString(),
    };
}
