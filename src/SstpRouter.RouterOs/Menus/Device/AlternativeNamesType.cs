using System.Net;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Menus.Device;

/// <summary>Alternative names of a certificate: an <see cref="ArrayValue"/> of <see cref="TextValue"/>, each with its kind in front.</summary>
internal sealed class AlternativeNamesType : PropertyType
{
    private static readonly string[] Kinds = ["DNS", "IP", "email"];

    public override string Syntax => "list of DNS:name | IP:address | email:address";

    public override Value Parse(Value input, string propertyName, IReferenceScope scope) =>
        ArrayValue.Of(Types.PartsOf(input).Select(part => Value.Of(Read(part) ?? throw Types.Invalid(propertyName))));

    public override string Format(Value value) => Types.TextOf(value);

    private static string? Read(string part)
    {
        int colon = part.IndexOf(':');
        if (colon < 1 || Kinds.FirstOrDefault(k => k.Equals(part[..colon], StringComparison.OrdinalIgnoreCase)) is not { } kind)
        {
            return null;
        }

        // RFC 5280 4.2.1.6: both texts are ASCII, a name in letters of another alphabet goes in its xn-- form.
        string name = part[(colon + 1)..];
        bool isGood = kind == "IP"
            ? IPAddress.TryParse(name, out _)
            : name.Length is > 0 and <= 253 && name.All(c => c is > ' ' and <= '~') && (kind != "email" || name.Contains('@'));
        return isGood ? kind + ":" + name : null;
    }
}
