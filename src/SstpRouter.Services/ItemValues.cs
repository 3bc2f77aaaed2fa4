using System.Net;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.Services;

/// <summary>Reads the values of an item as what they mean. The property's type has made sure that they are of that kind.</summary>
internal static class ItemValues
{
    public static string Text(this IPropertySource item, string property) => item[property]?.ToText() ?? "";

    public static bool IsYes(this IPropertySource item, string property) => item[property] is BooleanValue { IsTrue: true };

    public static int Number(this IPropertySource item, string property) => item[property] is NumberValue number ? (int)number.Number : 0;

    /// <summary>Seconds, or null for the word that stands for none (<c>disabled</c>).</summary>
    public static TimeSpan? Seconds(this IPropertySource item, string property) =>
        item[property] is NumberValue number ? TimeSpan.FromSeconds(number.Number) : null;

    /// <summary>A span of time, or null where none is set.</summary>
    public static TimeSpan? Span(this IPropertySource item, string property) =>
        item[property] is TimeValue { Span.Ticks: > 0 } time ? time.Span : null;

    public static IPAddress? Address(this IPropertySource item, string property) => (item[property] as AddressValue)?.Address;

    /// <summary>The words of a list.</summary>
    public static IEnumerable<string> Words(this IPropertySource item, string property) =>
        item[property] is ArrayValue array ? array.Entries.Select(e => e.Value.ToText()) : [];

    /// <summary>The addresses of a list.</summary>
    public static IReadOnlyList<IPAddress> Addresses(this IPropertySource item, string property) =>
        item[property] is ArrayValue array ? [.. array.Entries.Select(e => e.Value).OfType<AddressValue>().Select(a => a.Address)] : [];
}
