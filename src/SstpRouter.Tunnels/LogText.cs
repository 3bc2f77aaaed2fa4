using System.Globalization;
using System.Text;

namespace SstpRouter.Tunnels;

/// <summary>Text from a peer made fit for a log line.</summary>
internal static class LogText
{
    private const int Longest = 128;

    /// <summary>Control characters as <c>\XX</c>, and no more than 128 characters.</summary>
    public static string Escape(string text)
    {
        if (text.Length <= Longest && !text.Any(char.IsControl))
        {
            return text;
        }

        int length = Math.Min(text.Length, Longest);
        if (length < text.Length && char.IsHighSurrogate(text[length - 1]))
        {
            length--; // half of a character is none
        }

        var escaped = new StringBuilder();
        foreach (char c in text.AsSpan(0, length))
        {
            if (char.IsControl(c))
            {
                escaped.Append(CultureInfo.InvariantCulture, $"\\{(int)c:X2}");
            }
            else
            {
                escaped.Append(c);
            }
        }

        return text.Length > Longest ? escaped.Append("...").ToString() : escaped.ToString();
    }
}
