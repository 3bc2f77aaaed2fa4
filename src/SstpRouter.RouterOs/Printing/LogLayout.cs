namespace SstpRouter.RouterOs.Printing;

/// <summary>The layout of <c>/log print</c>: a leading blank, then the columns with one blank between.</summary>
internal static class LogLayout
{
    public static void Write(Listing listing, TextWriter output)
    {
        foreach (ListedRow listed in listing.Rows)
        {
            IEnumerable<string> cells = listing.TableProperties.Select(p => Listing.TextOf(p, listed.Row)).OfType<string>();
            output.Write(" " + string.Join(' ', cells.Select(PrintedText.Clean)) + "\n");
        }
    }
}
