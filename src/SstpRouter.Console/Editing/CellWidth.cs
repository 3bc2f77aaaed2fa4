using System.Globalization;
using System.Text;

namespace SstpRouter.Console.Editing;

/// <summary>How many cells a character takes on a terminal.</summary>
internal static class CellWidth
{
    // Unicode Standard Annex 11: the blocks that are wide throughout.
    private static readonly (int First, int Last)[] Wide =
    [
        (0x1100, 0x115F), (0x2E80, 0x303E), (0x3041, 0xA4CF), (0xAC00, 0xD7A3), (0xF900, 0xFAFF), (0xFE30, 0xFE6F),
        (0xFF00, 0xFF60), (0xFFE0, 0xFFE6), (0x1F300, 0x1F64F), (0x1F680, 0x1F6FF), (0x1F900, 0x1F9FF), (0x20000, 0x3FFFD),
    ];

    /// <summary>0 for what combines with the character before, 2 for what is wide, else 1.</summary>
    public static int Of(Rune rune)
    {
        UnicodeCategory category = Rune.GetUnicodeCategory(rune);
        return category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format ? 0
            : Array.Exists(Wide, w => rune.Value >= w.First && rune.Value <= w.Last) ? 2
            : 1;
    }

    /// <summary>Where the character before a place begins: what combines with a character goes with it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="place">A place in it; 0 stays.</param>
    public static int StartOfCharacter(IReadOnlyList<Rune> text, int place)
    {
        do
        {
            place--;
        }
        while (place > 0 && Of(text[place]) == 0);

        return Math.Max(0, place);
    }

    /// <summary>Where the character at a place ends.</summary>
    /// <param name="text">The text.</param>
    /// <param name="place">A place in it; the end stays.</param>
    public static int EndOfCharacter(IReadOnlyList<Rune> text, int place)
    {
        place = Math.Min(text.Count, place + 1);
        while (place < text.Count && Of(text[place]) == 0)
        {
            place++;
        }

        return place;
    }
}
