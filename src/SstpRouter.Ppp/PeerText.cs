using System.Globalization;
using System.Text;

namespace SstpRouter.Ppp;

/// <summary>Text that a peer wrote, made fit for a log line: one line, bounded, and nothing in it that moves a cursor or turns the
/// direction of writing.</summary>
public static class PeerText
{
    /// <summary>The most characters that are kept; what is longer ends with <c>...</c>.</summary>
    public const int MaximumLength = 128;

    /// <summary>Decodes UTF-8, and escapes and cuts what came of it.</summary>
    /// <param name="text">Any bytes; what is no UTF-8 becomes U+FFFD.</param>
    public static string Clean(ReadOnlySpan<byte> text) => Clean(Encoding.UTF8.GetString(text));

    /// <summary>Escapes control and format characters and separators of lines as <c>\XX</c>, byte by byte of their UTF-8, and cuts
    /// what is too long.</summary>
    /// <param name="text">Any text; half of a surrogate pair becomes U+FFFD.</param>
    public static string Clean(string text)
    {
        var clean = new StringBuilder();
        Span<byte> bytes = stackalloc byte[4];
        int taken = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (taken + rune.Utf16SequenceLength > MaximumLength)
            {
                return clean.Append("...").ToString();
            }

            taken += rune.Utf16SequenceLength;
            if (IsHarmless(rune))
            {
                clean.Append(rune);
                continue;
            }

            foreach (byte value in bytes[..rune.EncodeToUtf8(bytes)])
            {
                clean.Append('\\').Append(value.ToString("X2", CultureInfo.InvariantCulture));
            }
        }

        return clean.ToString();
    }

    private static bool IsHarmless(Rune rune) => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control
        or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
