using System.Collections.Immutable;
using System.Security.Cryptography;
using SstpRouter.RouterOs.Interpretation.Operations;
using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Language.Syntax;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Interpretation.Commands;

/// <summary>The commands that print values and look into texts and arrays. Texts count in characters.</summary>
internal static class TextCommands
{
    private const string Alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    public static IReadOnlyList<Command> All { get; } =
    [
        Command.Of("put", ["message"], Put),
        Command.Of("len", ["value"], call => Value.Of(Length(call["value"]))),
        Command.Of("pick", ["counter", "begin", "end"], Pick),
        Command.Of("find", ["in", "key", "from"], Find),
        Command.Of("typeof", ["value"], call => Value.Of(call["value"].TypeName)),
        Command.Of("range", ["from", "to"], Range),
        new("rndnum", 0, [("from", ArgumentForm.Value), ("to", ArgumentForm.Value)], RandomNumber),
        new("rndstr", 0, [("length", ArgumentForm.Value), ("from", ArgumentForm.Value)], RandomText),
        new("timestamp", 0, [], _ => new TimeValue(DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch)),
        // Boards have no beeper, as many of RouterOS have none: scripts that use one go on.
        new("beep", 0, [("frequency", ArgumentForm.Value), ("length", ArgumentForm.Value), ("as-value", ArgumentForm.Value)], _ => Value.Nothing),
        new("grep", 2, [("script", ArgumentForm.Value), ("pattern", ArgumentForm.Value), ("before", ArgumentForm.Value), ("after", ArgumentForm.Value), ("as-array", ArgumentForm.Value)], FilteredLines.Grep),
        new("jobname", 0, [], call => call.Session is ScriptSession script ? Value.Of(script.Name) : Value.Nothing),
        Command.Of("tolf", ["input"], call => Value.Of(call.Text("input").Replace("\r\n", "\n", StringComparison.Ordinal))),
        Command.Of("tocrlf", ["input"], ToCrLf),
    ];

    private static Value Put(Call call)
    {
        Value value = call["message"];
        call.Session.Output.Write(value.ToText() + "\n");
        return value;
    }

    private static long Length(Value value) => value is ArrayValue array ? array.Entries.Length : value.ToText().Length;

    private static Value Pick(Call call)
    {
        Value whole = call["counter"];
        long length = Length(whole);
        long begin = Math.Clamp(call.Number("begin", 0), 0, length);
        bool isOne = !call.Has("end") || call["end"] is NothingValue or NilValue;
        long end = isOne ? Math.Min(begin + 1, length) : Math.Clamp(call.Number("end", length), begin, length);
        if (whole is not ArrayValue array)
        {
            return Value.Of(whole.ToText()[(int)begin..(int)end]);
        }

        ImmutableArray<ArrayEntry> entries = array.Entries[(int)begin..(int)end];
        return !isOne ? new ArrayValue(entries) : entries.IsEmpty ? Value.Nothing : entries[0].Value;
    }

    /// <summary>The first place of a key behind a given one; nil where there is none.</summary>
    private static Value Find(Call call)
    {
        (Value whole, Value key) = (call["in"], call["key"]);
        long start = Math.Clamp(call.Number("from", -1), -1, Length(whole)) + 1;
        if (whole is ArrayValue array)
        {
            for (int i = (int)start; i < array.Entries.Length; i++)
            {
                if (Comparison.AreEqual(array.Entries[i].Value, key))
                {
                    return Value.Of(i);
                }
            }

            return Value.Nil;
        }

        string text = whole.ToText();
        int found = start > text.Length ? -1 : text.IndexOf(key.ToText(), (int)start, StringComparison.Ordinal);
        return found < 0 ? Value.Nil : Value.Of(found);
    }

    private static ArrayValue Range(Call call)
    {
        (long from, long to) = (call.Number("from", 0), call.Number("to", 0));
        Int128 count = (Int128)to - from + 1;
        Limits.CheckElements((int)Int128.Min(count, int.MaxValue));
        return ArrayValue.Of(Enumerable.Range(0, (int)Int128.Max(count, 0)).Select(i => Value.Of(from + i)));
    }

    private static Value RandomNumber(Call call)
    {
        (long from, long to) = (call.Number("from", 0), call.Number("to", uint.MaxValue));
        if (from > to)
        {
            throw new ScriptError("invalid value for argument to");
        }

        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes);
        UInt128 random = 0;
        foreach (byte b in bytes)
        {
            random = (random << 8) | b;
        }

        return Value.Of((long)(from + (Int128)(random % (UInt128)((Int128)to - from + 1))));
    }

    private static Value RandomText(Call call)
    {
        long length = call.Number("length", 16);
        string characters = call.Optional("from")?.ToText() ?? Alphanumeric;
        if (length < 0 || characters.Length == 0)
        {
            throw new ScriptError("invalid value for argument " + (length < 0 ? "length" : "from"));
        }

        Limits.CheckText((int)Math.Min(length, int.MaxValue));
        return Value.Of(RandomNumberGenerator.GetString(characters, (int)length));
    }

    private static Value ToCrLf(Call call)
    {
        string text = call.Text("input").Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal);
        Limits.CheckText(text.Length);
        return Value.Of(text);
    }
}
