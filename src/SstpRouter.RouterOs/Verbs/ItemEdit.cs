using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Storage;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Verbs;

/// <summary>Turns the arguments of <c>add</c> and <c>set</c> into values of an item.</summary>
internal static class ItemEdit
{
    /// <summary>Reads arguments that are properties, in any spelling that the menu takes.</summary>
    /// <param name="menu">The menu.</param>
    /// <param name="arguments">What was given.</param>
    /// <param name="references">The configuration that references are looked up in.</param>
    /// <param name="leaveOut">See <see cref="CommandInvocation.LeaveOut"/>.</param>
    /// <returns>What to set by property name; null means: take the value away.</returns>
    /// <exception cref="ScriptError">A value is not of its type, or cannot be taken away.</exception>
    public static Dictionary<string, Value?> Read(
        Menu menu, IReadOnlyList<GivenArgument> arguments, IReferenceScope references, Action<GivenArgument, string>? leaveOut = null)
    {
        var values = new Dictionary<string, Value?>();
        foreach (GivenArgument argument in menu.Normalise?.Invoke(arguments) ?? arguments)
        {
            if (menu.Property(argument.Name) is { } property)
            {
                Value? value = Read(property, argument, references);
                if (leaveOut is not null && value is not null && property.Refusal(value) is { } refusal)
                {
                    leaveOut(argument, refusal + ", it was left out");
                    continue;
                }

                values[property.Name] = value;
            }
        }

        return values;
    }

    /// <summary>Adds an item as <c>add</c> does: with the values that only <c>add</c> gives and a name where one is made up.</summary>
    /// <param name="draft">Where to.</param>
    /// <param name="menu">A menu of items.</param>
    /// <param name="arguments">What was given.</param>
    /// <param name="copied">An item that gives the values which were not given, but for those that must be unique.</param>
    /// <param name="leaveOut">Told of what cannot be taken, which is left out then; null: it is an error.</param>
    public static Item Add(
        StoreDraft draft, Menu menu, IReadOnlyList<GivenArgument> arguments, Item? copied = null, Action<GivenArgument, string>? leaveOut = null)
    {
        Dictionary<string, Value?> values = Read(menu, arguments, draft.References, leaveOut);
        foreach ((string name, Value value) in copied?.Values.Where(v => menu.Property(v.Key) is { IsReadOnly: false, UniqueIn: null }) ?? [])
        {
            values.TryAdd(name, value);
        }

        string[] missing = [.. menu.Properties
            .Where(p => p.IsRequired && values.GetValueOrDefault(p.Name) is null)
            .Select(p => p.Name)];
        if (missing.Length > 0)
        {
            throw new ScriptError("missing value(s) of argument(s) " + string.Join(' ', missing));
        }

        foreach (Property property in menu.Properties.Where(p => !values.ContainsKey(p.Name)))
        {
            Value? made = property.AddDefault ?? (property.NamePattern is not null ? draft.FreeName(menu, property) : null);
            if (made is not null)
            {
                values[property.Name] = made;
            }
        }

        return draft.Add(menu, values.Where(v => v.Value is not null).Select(v => KeyValuePair.Create(v.Key, v.Value!)));
    }

    private static Value? Read(Property property, GivenArgument argument, IReferenceScope references)
    {
        if (argument.IsNegated)
        {
            // A verbose export says !name for what is not set, so it may stand for anything that has no value by default.
            bool mayBeWithout = property is { Default: null, IsRequired: false, NamePattern: null };
            return property.IsUnsettable || mayBeWithout || references is SnapshotReferences { IsReplay: true }
                ? null
                : throw new ScriptError("value of " + property.Name + " can not be unset");
        }

        Value value = property.Type.Parse(argument.Value, property.Name, references);
        return value is TextValue { Content.Length: 0 } && property.Default is null ? null : value;
    }
}
