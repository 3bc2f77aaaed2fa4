namespace SstpRouter.RouterOs.Printing;

/// <summary>The layout of <c>print value-list</c>: one line a property, one column an item.</summary>
internal static class ValueListLayout
{
    public static void Write(Listing listing, TextWriter output)
    {
        var properties = listing.DetailProperties.ToList();
        if (listing.Chosen is null && listing.Menu.Property("comment") is { } comment && listing.Rows.Any(r => r.Row.Comment is not null))
        {
            properties.Insert(0, comment);
        }

        properties.RemoveAll(p => listing.Rows.All(r => Listing.TextOf(p, r.Row) is null));
        string[][] items = [.. listing.Rows.Select(r => properties.Select(p => PrintedText.Clean(listing.TextIn(p, r.Row) ?? "")).ToArray())];
        SideBySide.ValueList.Write(output, [.. properties.Select(p => p.Name)], items, listing.Width);
    }
}
