using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Language.Syntax;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Interpretation.Commands;

/// <summary><c>:convert</c>: text in one encoding as text in another, and digests of it.</summary>
internal static class EncodingCommands
{
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private static readonly string[] Encodings = ["base32", "base64", "bit-array-lsb", "bit-array-msb", "byte-array", "hex", "num", "raw", "rot13", "url"];

    private static readonly string[] Transforms = ["crlf", "lc", "lcfirst", "lf", "md5", "none", "reverse", "rot13", "sha512", "uc", "ucfirst"];

    public static IReadOnlyList<LanguageCommand> All { get; } = [Command.Of("convert", ["value", "from", "to", "transform"], Convert) with { UnnamedCount = 1 }];

    private static Value Convert(Call call)
    {
        Value value = call["value"];
        byte[] bytes;
        try
        {
            bytes = Decode(value, Word(call, "from", Encodings, "raw"));
        }
        catch (FormatException)
        {
            throw new ScriptError("invalid value for argument value");
        }

        Value converted = Encode(Transform(bytes, Word(call, "transform", Transforms, "none")), Word(call, "to", Encodings, "raw"));
        Limits.CheckText((int)Math.Min(converted.Size, int.MaxValue));
        return converted;
    }

    /// <summary>One of some words, which may be shortened.</summary>
    internal static string Word(Call call, string argument, IReadOnlyCollection<string> words, string? otherwise) =>
        call.Optional(argument)?.ToText() is { Length: > 0 } word
            ? Grammar.FindName(word, words) ?? throw new ScriptError("input does not match any value of " + argument)
            : otherwise ?? throw new ScriptError("missing value(s) of argument(s) " + argument);

    private static byte[] Decode(Value value, string encoding) => encoding switch
    {
        "base32" => FromBase32(value.ToText()),
        "base64" => System.Convert.FromBase64String(value.ToText()),
        "hex" => System.Convert.FromHexString(value.ToText()),
        "bit-array-lsb" => FromBits(value, isHighestFirst: false),
        "bit-array-msb" => FromBits(value, isHighestFirst: true),
        "byte-array" => [.. Operations.Arrays.Elements(value).Select(e => ToByte(e.Value))],
        "num" => value is NumberValue number ? Trimmed(number.Number) : throw new FormatException(),
        "rot13" => Encoding.UTF8.GetBytes(Rotated(value.ToText())),
        "url" => Encoding.UTF8.GetBytes(Uri.UnescapeDataString(value.ToText())),
        _ => Encoding.UTF8.GetBytes(value.ToText()),
    };

    private static byte[] Transform(byte[] bytes, string transform) => transform switch
    {
        "none" => bytes,
        "md5" => Hex(MD5.HashData(bytes)),
        "sha512" => Hex(SHA512.HashData(bytes)),
        _ => Encoding.UTF8.GetBytes(Changed(Encoding.UTF8.GetString(bytes), transform)),
    };

    private static string Changed(string text, string transform) => transform switch
    {
        "lc" => text.ToLowerInvariant(),
        "uc" => text.ToUpperInvariant(),
        "lcfirst" when text.Length > 0 => char.ToLowerInvariant(text[0]) + text[1..],
        "ucfirst" when text.Length > 0 => char.ToUpperInvariant(text[0]) + text[1..],
        "reverse" => new string([.. text.Reverse()]),
        "rot13" => Rotated(text),
        "lf" => text.ReplaceLineEndings("\n"),
        "crlf" => text.ReplaceLineEndings("\r\n"),
        _ => text,
    };

    private static Value Encode(byte[] bytes, string encoding) => encoding switch
    {
        "base32" => Value.Of(ToBase32(bytes)),
        "base64" => Value.Of(System.Convert.ToBase64String(bytes)),
        "hex" => Value.Of(Encoding.ASCII.GetString(Hex(bytes))),
        "bit-array-lsb" => ToBits(bytes, isHighestFirst: false),
        "bit-array-msb" => ToBits(bytes, isHighestFirst: true),
        "byte-array" => ArrayValue.Of(bytes.Select(b => Value.Of(b))),
        "num" => bytes.Length <= 8
            ? Value.Of(bytes.Aggregate(0L, (number, b) => (number << 8) | b))
            : throw new ScriptError("invalid value for argument value"),
        "rot13" => Value.Of(Rotated(Encoding.UTF8.GetString(bytes))),
        "url" => Value.Of(Uri.EscapeDataString(Encoding.UTF8.GetString(bytes))),
        _ => Value.Of(Encoding.UTF8.GetString(bytes)),
    };

    private static byte[] Hex(ReadOnlySpan<byte> bytes) => Encoding.ASCII.GetBytes(System.Convert.ToHexStringLower(bytes));

    private static byte ToByte(Value value) =>
        byte.TryParse(value.ToText(), NumberStyles.None, CultureInfo.InvariantCulture, out byte number) ? number : throw new FormatException();

    private static ArrayValue ToBits(byte[] bytes, bool isHighestFirst) =>
        ArrayValue.Of(bytes.SelectMany(b => Enumerable.Range(0, 8).Select(i => Value.Of((b >> (isHighestFirst ? 7 - i : i)) & 1L))));

    private static byte[] FromBits(Value value, bool isHighestFirst)
    {
        byte[] bits = [.. Operations.Arrays.Elements(value).Select(e => ToByte(e.Value))];
        return bits.Length % 8 != 0 || bits.Any(b => b > 1)
            ? throw new FormatException()
            : [.. bits.Chunk(8).Select(chunk => (byte)(isHighestFirst ? chunk : Enumerable.Reverse(chunk)).Aggregate(0, (number, bit) => (number << 1) | bit))];
    }

    /// <summary>The bytes of a number, most significant first, without leading zeros.</summary>
    private static byte[] Trimmed(long number)
    {
        byte[] bytes = new byte[8];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        int zeros = Math.Min(7, bytes.TakeWhile(b => b == 0).Count());
        return bytes[zeros..];
    }

    private static string Rotated(string text) => string.Concat(text.Select(c =>
        char.IsAsciiLetterLower(c) ? (char)('a' + ((c - 'a' + 13) % 26))
        : char.IsAsciiLetterUpper(c) ? (char)('A' + ((c - 'A' + 13) % 26))
        : c));

    // RFC 4648 6.
    private static string ToBase32(byte[] bytes)
    {
        var text = new StringBuilder();
        for (int bit = 0; bit < bytes.Length * 8; bit += 5)
        {
            int pair = (bytes[bit / 8] << 8) | (bit / 8 + 1 < bytes.Length ? bytes[bit / 8 + 1] : 0);
            text.Append(Base32[(pair >> (11 - (bit % 8))) & 0x1F]);
        }

        return text.Append('=', (8 - (text.Length % 8)) % 8).ToString();
    }

    private static byte[] FromBase32(string text)
    {
        var bytes = new List<byte>();
        int pending = 0;
        int bits = 0;
        foreach (char c in text.TrimEnd('='))
        {
            int digit = Base32.IndexOf(char.ToUpperInvariant(c), StringComparison.Ordinal);
            pending = digit < 0 ? throw new FormatException() : ((pending << 5) | digit) & 0xFFF;
            bits += 5;
            if (bits >= 8)
            {
                bits -= 8;
                bytes.Add((byte)(pending >> bits));
            }
        }

        return [.. bytes];
    }
}
