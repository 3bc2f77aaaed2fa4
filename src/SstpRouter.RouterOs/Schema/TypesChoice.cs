using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Schema;

/// <summary>Finds the word that was meant: an exact one, or the only one that starts so.</summary>
internal static class Choice
{
    public static string Of(IEnumerable<string> words, string typed, string propertyName)
    {
        string? found = null;
        int matches = 0;
        foreach (string word in words)
        {
            if (word == typed)
            {
                return word;
            }

            if (word.StartsWith(typed, StringComparison.Ordinal))
            {
                found = word;
                matches++;
            }
        }

        return matches switch
        {
            1 when typed.Length > 0 => found!,
            0 => throw new ScriptError("input does not match any value of " + propertyName),
            _ => throw new ScriptError($"ambiguous value of {propertyName}, more than one possible value matches input"),
        };
    }
}

/// <summary>A truth value spelled <c>yes</c> or <c>no</c>.</summary>
internal sealed class YesNoType : PropertyType
{
    private static readonly string[] Words = ["yes", "no", "true", "false"];

    public override string Syntax => "yes | no";

    public override Value Parse(Value input, string propertyName, IReferenceScope scope) =>
        input is BooleanValue
            ? input
            : Value.Of(Choice.Of(Words, Types.TextOf(input), propertyName) is "yes" or "true");

    public override string Format(Value value) => value is BooleanValue { IsTrue: true } ? "yes" : "no";

    public override IEnumerable<string> Completions(IReferenceScope scope) => ["no", "yes"];
}

/// <summary>One of some words.</summary>
internal sealed class OneOfType(string[] words) : PropertyType
{
    public override string Syntax => string.Join(" | ", words);

    public override Value Parse(Value input, string propertyName, IReferenceScope scope) =>
        Value.Of(Choice.Of(words, Types.TextOf(input), propertyName));

    public override IEnumerable<string> Completions(IReferenceScope scope) => words;
}

/// <summary>Some of some words.</summary>
internal sealed class ListOfType(string[] words) : PropertyType
{
    public override string Syntax => "list of " + string.Join(" | ", words);

    public override bool TakesList => true;

    public override Value Parse(Value input, string propertyName, IReferenceScope scope)
    {
        // An empty list would be a method that never works; the text is the one of an empty enumeration.
        string[] typed = Types.PartsOf(input) is { Length: > 0 } parts ? parts : [""];
        var chosen = new HashSet<string>(typed.Select(word => Choice.Of(words, word, propertyName)));
        return ArrayValue.Of(words.Where(chosen.Contains).Select(Value.Of));
    }

    public override string Format(Value value) => Types.TextOf(value);

    public override IEnumerable<string> Completions(IReferenceScope scope) => words;
}

/// <summary>A type with one more word.</summary>
internal sealed class OrType(PropertyType type, string word) : PropertyType
{
    public override string Syntax => type.Syntax + " | " + word;

    public override bool IsQuoted => type.IsQuoted;

    public override bool IsNumeric => type.IsNumeric;

    public override bool TakesList => type.TakesList;

    public override string? ReferencedMenu => type.ReferencedMenu;

    public override bool RefersTo(Value value, string name) => !IsWord(value) && type.RefersTo(value, name);

    public override Value Parse(Value input, string propertyName, IReferenceScope scope) =>
        IsWord(input) ? Value.Of(word) : type.Parse(input, propertyName, scope);

    public override string Format(Value value) => IsWord(value) ? word : type.Format(value);

    public override IEnumerable<string> Completions(IReferenceScope scope) => type.Completions(scope).Prepend(word);

    private bool IsWord(Value value) => value is TextValue text && text.Content == word;
}
