using System.Collections.Immutable;
using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Interpretation.Operations;

/// <summary>Arrays in RouterOS's order: elements without a key first, then the others by key, each key once.</summary>
internal static class Arrays
{
    public static ArrayValue Of(IEnumerable<ArrayEntry> entries)
    {
        var unkeyed = ImmutableArray.CreateBuilder<ArrayEntry>();
        var keyed = new SortedDictionary<string, Value>(StringComparer.Ordinal);
        foreach (ArrayEntry entry in entries)
        {
            if (entry.Key is null)
            {
                unkeyed.Add(entry);
            }
            else
            {
                keyed[entry.Key] = entry.Value;
            }

            Limits.CheckElements(unkeyed.Count + keyed.Count);
        }

        unkeyed.AddRange(keyed.Select(k => new ArrayEntry(k.Key, k.Value)));
        return new ArrayValue(unkeyed.ToImmutable());
    }

    /// <summary>A value as the elements it stands for: those of an array, none for nothing, otherwise itself.</summary>
    public static ImmutableArray<ArrayEntry> Elements(Value value) => value switch
    {
        ArrayValue array => array.Entries,
        NothingValue or NilValue => [],
        _ => [new ArrayEntry(null, value)],
    };

    /// <summary>The element at a number from 0 or with a key; nothing where there is none.</summary>
    public static Value Element(Value array, Value key)
    {
        int index = array is ArrayValue values ? IndexOf(values, key) : -1;
        return index < 0 ? Value.Nothing : ((ArrayValue)array).Entries[index].Value;
    }

    /// <summary>The array with an element put in, changed or, where the value is null, taken out.</summary>
    public static ArrayValue With(Value array, Value key, Value? value)
    {
        ArrayValue values = array switch
        {
            ArrayValue some => some,
            NothingValue or NilValue => ArrayValue.Empty,
            _ => throw new ScriptError($"cannot set an element of {array.TypeName}"),
        };
        int index = IndexOf(values, key);
        if (value is null)
        {
            return index < 0 ? values : new ArrayValue(values.Entries.RemoveAt(index));
        }

        if (index >= 0)
        {
            return new ArrayValue(values.Entries.SetItem(index, values.Entries[index] with { Value = value }));
        }

        if (key is not NumberValue number)
        {
            return Of(values.Entries.Add(new ArrayEntry(key.ToText(), value)));
        }

        return number.Number == values.Entries.Length
            ? Of(values.Entries.Add(new ArrayEntry(null, value)))
            : throw ScriptError.NoSuchItem();
    }

    private static int IndexOf(ArrayValue array, Value key)
    {
        if (key is NumberValue number)
        {
            return number.Number >= 0 && number.Number < array.Entries.Length ? (int)number.Number : -1;
        }

        string name = key.ToText();
        for (int i = 0; i < array.Entries.Length; i++)
        {
            if (array.Entries[i].Key == name)
            {
                return i;
            }
        }

        return -1;
    }
}
