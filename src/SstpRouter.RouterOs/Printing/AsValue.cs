using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Printing;

/// <summary>What <c>print as-value</c> returns instead of writing.</summary>
internal static class AsValue
{
    /// <summary>An array of arrays, one a row, each with <c>.id</c> and the properties by name.</summary>
    public static Value Of(Listing listing, bool isDetailed)
    {
        IEnumerable<Property> properties = listing.Chosen
            ?? (isDetailed ? listing.Menu.Properties
            : listing.ShowsStats ? listing.TableProperties.Concat(listing.Menu.TableColumns.Select(listing.Menu.Property).OfType<Property>()).Distinct()
            : listing.Menu.DefaultLayout == PrintLayout.Detail ? listing.Menu.Properties
            : listing.TableProperties);
        var names = properties.ToList();
        return ArrayValue.Of(listing.Rows.Select(r => Keyed(names, r.Row, new ArrayEntry(".id", new IdValue(r.Row.Id)))));
    }

    /// <summary>The values of a settings menu by name.</summary>
    public static Value Of(Menu menu, IPropertySource settings) => Keyed(menu.Properties, settings, null);

    private static ArrayValue Keyed(IEnumerable<Property> properties, IPropertySource source, ArrayEntry? id)
    {
        var entries = new List<ArrayEntry>();
        if (id is { } entry)
        {
            entries.Add(entry);
        }

        foreach (Property property in properties)
        {
            if (property.Name != ".id" && Listing.ShownValue(property, source) is { } value)
            {
                entries.Add(new ArrayEntry(property.Name, value));
            }
        }

        entries.Sort((a, b) => string.CompareOrdinal(a.Key, b.Key));
        return new ArrayValue([.. entries]);
    }
}
