using System.Net;
using System.Net.Sockets;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Schema;

/// <summary>A run of addresses, both ends included.</summary>
/// <param name="First">The lowest address.</param>
/// <param name="Last">The highest address, of the same family.</param>
public readonly record struct AddressRange(IPAddress First, IPAddress Last)
{
    /// <summary>The ranges that a property of type <see cref="Types.Ranges"/> holds; none for null.</summary>
    public static IReadOnlyList<AddressRange> ListFrom(Value? value) =>
        value is null ? [] : [.. Types.PartsOf(value).Select(part => TryParse(part) ?? throw new FormatException($"{part} is no range of addresses"))];

    /// <summary>Reads <c>10.0.0.2-10.0.0.9</c>, <c>10.0.0.2</c> or <c>10.0.0.0/24</c>; null for anything else.</summary>
    internal static AddressRange? TryParse(string text)
    {
        int dash = text.IndexOf('-');
        if (dash >= 0)
        {
            return AddressType.TryRead(text[..dash], out IPAddress? first) && AddressType.TryRead(text[(dash + 1)..], out IPAddress? last)
                && first.AddressFamily == last.AddressFamily
                && first.GetAddressBytes().AsSpan().SequenceCompareTo(last.GetAddressBytes()) <= 0
                ? new AddressRange(first, last)
                : null;
        }

        return PrefixType.TryRead(text, out PrefixValue? prefix)
            ? new AddressRange(PrefixType.Network(prefix.Address, prefix.Length), LastOf(prefix))
            : null;
    }

    private static IPAddress LastOf(PrefixValue prefix)
    {
        byte[] bytes = prefix.Address.GetAddressBytes();
        for (int i = 0; i < bytes.Length; i++)
        {
            int kept = Math.Clamp(prefix.Length - (i * 8), 0, 8);
            bytes[i] |= (byte)(0xFF >> kept);
        }

        return new IPAddress(bytes);
    }
}

/// <summary>The ranges of a pool: IPv4 only, kept as they were written.</summary>
internal sealed class RangesType : PropertyType
{
    public override string Syntax => "list of from-to | network/length";

    public override Value Parse(Value input, string propertyName, IReferenceScope scope)
    {
        string[] parts = Types.PartsOf(input);
        return parts.Length > 0 && parts.All(p => AddressRange.TryParse(p)?.First.AddressFamily == AddressFamily.InterNetwork)
            ? ArrayValue.Of(parts.Select(Value.Of))
            : throw Types.Invalid(propertyName);
    }

    public override string Format(Value value) => Types.TextOf(value);
}
