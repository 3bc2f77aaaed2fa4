using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Schema;

/// <summary>The policies of a group: <c>read,test,!write</c>. What is not named is not granted; an <see cref="ArrayValue"/> of all words, those that are
/// granted first, the others behind a <c>!</c>.</summary>
internal sealed class PolicyListType : PropertyType
{
    public override string Syntax => "list of " + string.Join(" | ", PolicyNames.All);

    /// <summary>What such a value grants.</summary>
    public static Policies Granted(Value? value) => value is ArrayValue words
        ? words.Entries.Aggregate(Policies.None, (granted, word) => granted | PolicyNames.Of(word.Value.ToText()))
        : Policies.None;

    /// <summary>The value that grants these.</summary>
    public static ArrayValue Of(Policies granted) => ArrayValue.Of(
        PolicyNames.Of(granted).Concat(PolicyNames.All.Where(w => !granted.HasFlag(PolicyNames.Of(w))).Select(w => "!" + w)).Select(Value.Of));

    public override Value Parse(Value input, string propertyName, IReferenceScope scope)
    {
        Policies granted = Policies.None;
        foreach (string part in Types.PartsOf(input).Where(p => !PolicyNames.IsFormer(p.TrimStart('!'))))
        {
            Policies policy = PolicyNames.Of(Choice.Of(PolicyNames.All, part.TrimStart('!'), propertyName));
            granted = part.StartsWith('!') ? granted & ~policy : granted | policy;
        }

        return Of(granted);
    }

    public override string Format(Value value) => Types.TextOf(value);

    public override IEnumerable<string> Completions(IReferenceScope scope) => PolicyNames.All;
}

/// <summary>The name of a user: what passwd(5), a path and a prompt can hold, and without <c>+</c>, behind which a login has its options.</summary>
internal sealed class UserNameType : PropertyType
{
    private const int Longest = 32; // utmp(5), useradd(8)

    public override string Syntax => "letters, digits and *_.@-";

    public override bool IsQuoted => true;

    public override Value Parse(Value input, string propertyName, IReferenceScope scope)
    {
        string name = Types.TextOf(input);
        return name.Length is > 0 and <= Longest && char.IsAsciiLetterOrDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || "*_.@-".Contains(c))
            ? Value.Of(name)
            : throw new ScriptError($"invalid value for argument {propertyName}: it begins with a letter or digit and holds letters, digits and *_.@-, {Longest} at most");
    }
}
