using System.Globalization;
using System.Text;

namespace SstpRouter.RouterOs.Printing;

/// <summary>Text as it may go to a terminal.</summary>
internal static class PrintedText
{
    /// <summary>The text with everything escaped that would move the cursor or hide what follows: a peer chooses some of it.</summary>
    public static string Clean(string text)
    {
        foreach (Rune rune in text.EnumerateRunes())
        {
            // Half of a surrogate pair reads as the replacement character and has to be written as one.
            if (!IsHarmless(rune) || rune == Rune.ReplacementChar)
            {
                return Escape(text, quotes: false);
            }
        }

        return text;
    }

    /// <summary>The text in quotes, as the detail layout shows free text.</summary>
    public static string Quote(string text) => '"' + Escape(text, quotes: true) + '"';

    /// <summary>The columns that a text takes on a terminal.</summary>
    public static int Width(string text)
    {
        int width = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            width += WidthOf(rune);
        }

        return width;
    }

    /// <summary>The text with blanks behind it, so that it takes that many columns; what is wider stays.</summary>
    public static string PadRight(string text, int width) => text + Blanks(width - Width(text));

    /// <summary>The text with blanks before it.</summary>
    public static string PadLeft(string text, int width) => Blanks(width - Width(text)) + text;

    /// <summary>A number with its digits in groups of three, as counters are shown: <c>205 149 015</c>.</summary>
    public static string Grouped(long number)
    {
        string digits = number.ToString(CultureInfo.InvariantCulture);
        var text = new StringBuilder(digits);
        int first = digits[0] == '-' ? 1 : 0;
        for (int place = digits.Length - 3; place > first; place -= 3)
        {
            text.Insert(place, ' ');
        }

        return text.ToString();
    }

    private static string Blanks(int count) => new(' ', Math.Max(0, count));

    private static string Escape(string text, bool quotes)
    {
        var result = new StringBuilder(text.Length + 8);
        Span<byte> bytes = stackalloc byte[4];
        foreach (Rune rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '\n':
                    result.Append("\\n");
                    break;
                case '\r':
                    result.Append("\\r");
                    break;
                case '\t':
                    result.Append("\\t");
                    break;
                case '"' or '\\' when quotes:
                    result.Append('\\').Append((char)rune.Value);
                    break;
                case var _ when IsHarmless(rune):
                    result.Append(rune.ToString());
                    break;
                default:
                    foreach (byte b in bytes[..rune.EncodeToUtf8(bytes)])
                    {
                        result.Append('\\').Append(b.ToString("X2", CultureInfo.InvariantCulture));
                    }

                    break;
            }
        }

        return result.ToString();
    }

    private static bool IsHarmless(Rune rune) => rune.IsAscii
        ? rune.Value is >= ' ' and < 0x7F
        : Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    private static int WidthOf(Rune rune)
    {
        if (rune.IsAscii)
        {
            return 1;
        }

        return Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark ? 0
            : IsWide(rune.Value) ? 2 : 1;
    }

    // The blocks that Unicode's EastAsianWidth.txt calls wide, as far as terminals agree on them.
    private static bool IsWide(int code) => code is (>= 0x1100 and <= 0x115F)
        or (>= 0x2E80 and <= 0xA4CF)
        or (>= 0xAC00 and <= 0xD7A3)
        or (>= 0xF900 and <= 0xFAFF)
        or (>= 0xFE30 and <= 0xFE6F)
        or (>= 0xFF00 and <= 0xFF60)
        or (>= 0xFFE0 and <= 0xFFE6)
        or (>= 0x1F300 and <= 0x1FAFF)
        or (>= 0x20000 and <= 0x3FFFD);
}
