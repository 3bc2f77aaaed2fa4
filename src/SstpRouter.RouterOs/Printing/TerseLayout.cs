using SstpRouter.RouterOs.Schema;

namespace SstpRouter.RouterOs.Printing;

/// <summary>The layout of <c>print terse</c>: one line an item, for programs to read.</summary>
internal static class TerseLayout
{
    public static void Write(Listing listing, TextWriter output)
    {
        FlagColumns flags = FlagColumns.InUse(listing);
        foreach (ListedRow listed in listing.Rows)
        {
            string words = string.Join(' ', listing.DetailProperties.Select(p => Word(p, listed.Row)).OfType<string>());
            string comment = listed.Row.Comment is { } text && listing.Chosen is null ? "comment=" + PrintedText.Clean(text) + " " : "";
            output.Write((listing.LabelCell(listed) + flags.Cell(listed.Row) + comment + words).TrimEnd() + "\n");
        }
    }

    private static string? Word(Property property, Row row) =>
        Listing.TextOf(property, row) is { } text ? property.Name + "=" + PrintedText.Clean(text) : null;
}
