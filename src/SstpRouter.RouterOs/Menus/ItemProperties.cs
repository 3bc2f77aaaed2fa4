using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Menus;

/// <summary>The properties that nearly every item has.</summary>
internal static class ItemProperties
{
    /// <summary>Ranks of an export: what is referred to comes before what refers to it.</summary>
    internal const int DefinesNames = 0;

    /// <summary>See <see cref="DefinesNames"/>: defines names and refers to profiles.</summary>
    internal const int DefinesNamesFromOthers = 1;

    /// <summary>See <see cref="DefinesNames"/>: only refers.</summary>
    internal const int Refers = 2;

    public static Property Comment() => new("comment", Types.Text, "Short description of the item")
    {
        Default = Value.Of(""),
        IsHiddenInDetail = true,
    };

    /// <param name="byDefault">What an item is that does not say.</param>
    public static Property Disabled(bool byDefault) => new("disabled", Types.YesNo, "Whether the item is switched off")
    {
        Default = Value.Of(byDefault),
        IsHiddenInDetail = true,
    };

    /// <summary>A value that only the system sets.</summary>
    public static Property State(string name, PropertyType type, string description) => new(name, type, description)
    {
        IsReadOnly = true,
    };

    /// <summary>State that has a layout of its own (counters) and would only lengthen the detail layout.</summary>
    public static Property Counter(string name, string description) => new(name, Types.Number(0, long.MaxValue), description)
    {
        IsReadOnly = true,
        IsHiddenInDetail = true,
    };
}
