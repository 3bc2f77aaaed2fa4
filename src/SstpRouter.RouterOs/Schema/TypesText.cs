using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Schema;

/// <summary>Text of any kind.</summary>
internal sealed class TextType(string syntax, bool isQuoted, bool mayBeEmpty) : PropertyType
{
    public override string Syntax => syntax;

    public override bool IsQuoted => isQuoted;

    public override Value Parse(Value input, string propertyName, IReferenceScope scope)
    {
        string text = Types.TextOf(input);
        return text.Length > 0 || mayBeEmpty ? Value.Of(text) : throw Types.Invalid(propertyName);
    }
}

/// <summary>A script.</summary>
internal sealed class ScriptType : PropertyType
{
    public override string Syntax => "text";

    public override bool IsScript => true;

    public override Value Parse(Value input, string propertyName, IReferenceScope scope) => Value.Of(Types.TextOf(input));
}

/// <summary>The fingerprint of a certificate.</summary>
internal sealed class FingerprintType : PropertyType
{
    private const int Digits = 64; // SHA-256

    public override string Syntax => "64 hexadecimal digits";

    public override Value Parse(Value input, string propertyName, IReferenceScope scope)
    {
        string text = Types.TextOf(input).Replace(":", "", StringComparison.Ordinal).ToLowerInvariant();
        return text.Length == Digits && text.All(char.IsAsciiHexDigit) ? Value.Of(text) : throw Types.Invalid(propertyName);
    }
}
