using System.Globalization;
using System.Text.RegularExpressions;
using SstpRouter.RouterOs.Schema;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Tests.Verbs;

/// <summary>Values that a property can hold, made up from what its type says of itself.</summary>
internal static partial class MadeUpValues
{
    // Everything that means something to the language, to a terminal or to UTF-8.
    private static readonly string[] Runes = [.. "ab01 */,;:.\"\\$#=()[]{}'?<>!&|~-_@%^`\n\r\té漢😀".EnumerateRunes().Select(r => r.ToString())];

    /// <summary>A value as text, not yet quoted.</summary>
    public static string Of(Property property, IReferenceScope references, Random random)
    {
        string syntax = property.Type.Syntax;
        string[] words = [.. property.Type.Completions(references)];
        if (syntax.StartsWith("list of ", StringComparison.Ordinal))
        {
            return words.Length > 0
                ? string.Join(',', words.Where(_ => random.Next(2) == 0).DefaultIfEmpty(words[0]))
                : string.Join(',', Enumerable.Range(0, random.Next(1, 4)).Select(_ => OneOf(syntax["list of ".Length..], words, random)));
        }

        return property.Name switch
        {
            "interface" => "ether" + random.Next(3),
            "url" => $"http://a.example/{random.Next(100)}.crl",
            _ => OneOf(syntax, words, random),
        };
    }

    private static string OneOf(string syntax, string[] words, Random random)
    {
        string[] ways = syntax.Split(" | ");
        string way = ways[random.Next(ways.Length)];
        if (Range().Match(way) is { Success: true } range)
        {
            long least = long.Parse(range.Groups[1].Value, CultureInfo.InvariantCulture);
            long most = long.Parse(range.Groups[2].Value, CultureInfo.InvariantCulture);
            return random.NextInt64(least, Math.Min(most, long.MaxValue - 1) + 1).ToString(CultureInfo.InvariantCulture);
        }

        return way switch
        {
            "text" or "name" => string.Concat(Enumerable.Range(0, random.Next(1, 40)).Select(_ => Runes[random.Next(Runes.Length)])),
            "time" => new TimeValue(TimeSpan.FromSeconds(random.Next(1, 2_000_000))).ToShortText(),
            "HH:MM:SS" => $"{random.Next(24):00}:{random.Next(60):00}:{random.Next(60):00}",
            "YYYY-MM-DD" => $"20{random.Next(20, 99)}-{random.Next(1, 13):00}-{random.Next(1, 29):00}",
            "address/length" or "network/length" => $"10.{random.Next(256)}.{random.Next(256)}.{random.Next(256)}/{random.Next(33)}",
            "from-to" => $"10.{random.Next(9)}.0.2-10.9.0.9",
            "IP addresses" => random.Next(2) == 0 ? $"10.0.0.{random.Next(256)}" : $"2001:db8::{random.Next(1, 9999)}",
            "IP address" or "IPv4 address" => $"10.1.2.{random.Next(256)}",
            "DNS name" => $"host{random.Next(100)}.example.com",
            "64 hexadecimal digits" => string.Concat(Enumerable.Range(0, 64).Select(_ => "0123456789abcdef"[random.Next(16)])),
            _ when way.StartsWith("name in ", StringComparison.Ordinal) => words.Length > 0 ? words[random.Next(words.Length)] : "none",
            _ => way, // a word
        };
    }

    [GeneratedRegex(@"^(\d+)\.\.(\d+)$")]
    private static partial Regex Range();
}
