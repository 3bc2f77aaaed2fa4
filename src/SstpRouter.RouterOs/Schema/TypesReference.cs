using System.Net;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Schema;

/// <summary>The name of an item of another menu.</summary>
internal sealed class ReferenceType(string menuPath, string? none) : PropertyType
{
    public override string Syntax => none is null ? "name in " + menuPath : $"name in {menuPath} | {none}";

    public override string? ReferencedMenu => menuPath;

    public override bool RefersTo(Value value, string name) =>
        value is TextValue text && text.Content == name && text.Content != none;

    public override Value Parse(Value input, string propertyName, IReferenceScope scope)
    {
        string typed = Types.TextOf(input);
        if (typed.Length > 0 && (typed == none || scope.Has(menuPath, typed) || !scope.IsComplete(menuPath)))
        {
            return Value.Of(typed);
        }

        IEnumerable<string> names = scope.NamesOf(menuPath);
        return Value.Of(Choice.Of(none is null ? names : names.Prepend(none), typed, propertyName));
    }

    public override IEnumerable<string> Completions(IReferenceScope scope) =>
        none is null ? scope.NamesOf(menuPath) : scope.NamesOf(menuPath).Prepend(none);
}

/// <summary>An IPv4 address or the name of a pool.</summary>
internal sealed class AddressOrPoolType : PropertyType
{
    private static readonly ReferenceType Pool = new("/ip/pool", none: null);

    public override string Syntax => "IPv4 address | " + Pool.Syntax;

    public override string? ReferencedMenu => Pool.ReferencedMenu;

    public override bool RefersTo(Value value, string name) => Pool.RefersTo(value, name);

    public override Value Parse(Value input, string propertyName, IReferenceScope scope) =>
        AddressType.TryRead(Types.TextOf(input), out IPAddress? address) && address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork
            ? new AddressValue(address)
            : Pool.Parse(input, propertyName, scope);

    public override IEnumerable<string> Completions(IReferenceScope scope) => Pool.Completions(scope);
}
