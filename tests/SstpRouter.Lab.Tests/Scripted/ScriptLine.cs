using System.Globalization;
using System.Net;
using System.Text;

namespace SstpRouter.Lab.Tests.Scripted;

/// <summary>One packet of a conversation, as it is written down: which way it goes, its bytes, and after a semicolon what it is.</summary>
/// <remarks>
/// The arrows are the router's: <c>&lt;-</c> comes in, <c>-></c> goes out. The bytes are
/// <c>C0</c> one byte, <c>00*8</c> the same byte eight times, <c>10.0.0.1</c> an address, <c>"User"</c> text, <c>..</c> any byte, and
/// <c>nonce:32</c> a value of 32 bytes that has a name: one that is known stands for itself, one that is not is learnt from what comes.
/// </remarks>
internal sealed class ScriptLine
{
    private const char Comment = ';';

    private readonly List<Part> _parts = [];

    private ScriptLine(string text, bool comesIn)
    {
        Text = text;
        ComesIn = comesIn;
    }

    private delegate byte[]? Part(Knowledge known, byte[] actual, int offset);

    /// <summary>The line as it was written.</summary>
    public string Text { get; }

    /// <summary>True where the router receives it: the script sends.</summary>
    public bool ComesIn { get; }

    /// <summary>Reads a script: one line for each packet, empty lines between them as one likes.</summary>
    public static IEnumerable<ScriptLine> Read(string script) =>
        script.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0 && l[0] != Comment).Select(ReadLine);

    /// <summary>The bytes to send; everything in them must be known.</summary>
    public byte[] Write(Knowledge known) => [.. _parts.SelectMany(p => p(known, [], 0)
        ?? throw new InvalidOperationException($"not everything is known that this line sends: {Text}"))];

    /// <summary>Compares with what came, and learns from it.</summary>
    public bool Matches(byte[] actual, Knowledge known)
    {
        int offset = 0;
        foreach (Part part in _parts)
        {
            if (part(known, actual, offset) is not { } expected || !actual.AsSpan(offset).StartsWith(expected))
            {
                return false;
            }

            offset += expected.Length;
        }

        return offset == actual.Length;
    }

    private static ScriptLine ReadLine(string text)
    {
        string arrow = text.Length >= 2 ? text[..2] : "";
        var line = new ScriptLine(text, arrow == "<-");
        if (arrow is not ("<-" or "->"))
        {
            throw new FormatException($"neither <- nor ->: {text}");
        }

        string rest = text[2..];
        while ((rest = rest.TrimStart()).Length > 0 && rest[0] != Comment)
        {
            int end = rest[0] == '"' ? rest.IndexOf('"', 1) + 1 : rest.IndexOfAny([' ', Comment]);
            string word = end < 0 ? rest : rest[..end];
            rest = rest[word.Length..];
            line._parts.Add(ReadWord(word, text));
        }

        return line;
    }

    private static Part ReadWord(string word, string line)
    {
        if (word[0] == '"')
        {
            return Always(Encoding.ASCII.GetBytes(word[1..^1]));
        }

        if (word == "..")
        {
            return (_, actual, offset) => offset < actual.Length ? [actual[offset]] : null;
        }

        if (word.Contains('.', StringComparison.Ordinal))
        {
            return Always(IPAddress.Parse(word).GetAddressBytes());
        }

        string[] repeated = word.Split('*');
        if (repeated[0].Length == 2 && byte.TryParse(repeated[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out byte value))
        {
            int count = repeated.Length == 2 ? int.Parse(repeated[1], CultureInfo.InvariantCulture) : 1;
            return Always([.. Enumerable.Repeat(value, count)]);
        }

        string[] named = word.Split(':');
        return named.Length == 2 && int.TryParse(named[1], CultureInfo.InvariantCulture, out int length)
            ? Named(named[0], length)
            : throw new FormatException($"{word} is none of the words of a script: {line}");
    }

    private static Part Always(byte[] bytes) => (_, _, _) => bytes;

    private static Part Named(string name, int length) => (known, actual, offset) =>
    {
        if (known.Find(name) is { } value)
        {
            Assert.True(value.Length == length, $"{name} has {value.Length} bytes, not {length}");
            return value;
        }

        return offset + length <= actual.Length ? known.Learn(name, actual.AsSpan(offset, length).ToArray()) : null;
    };
}
