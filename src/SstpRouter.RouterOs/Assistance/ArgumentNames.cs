using SstpRouter.RouterOs.Schema;

namespace SstpRouter.RouterOs.Assistance;

/// <summary>What is known of an argument by its name alone, where it sets no property.</summary>
internal static class ArgumentNames
{
    /// <summary>True where its value is a comma list.</summary>
    public static bool TakesList(string name) => name is "numbers" or "from" or "proplist";

    /// <summary>The words that its value may be.</summary>
    public static IEnumerable<string> ValuesOf(string name, Menu menu, Func<IReferenceScope> references) => name switch
    {
        "numbers" or "from" or "copy-from" or "place-before" or "destination" when menu.Property("name") is not null => references().NamesOf(menu.Path),
        "value-name" or "proplist" => menu.Properties.Select(p => p.Name),
        "interface" => references().NamesOf("/interface"),
        _ => [],
    };
}
