using System.Globalization;
using System.Net;
using System.Net.Sockets;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Language;

/// <summary>What a word without quotes means by itself: a number, a time, an address.</summary>
internal static class Literal
{
    // Longer than an IPv6 prefix with an embedded IPv4 address, and than any sensible time.
    public const int MaxLength = 64;

    /// <summary>The value of a word; its text where it is nothing else.</summary>
    public static Value Parse(string word) => TryParse(word) ?? Value.Of(word);

    /// <summary>The value of a word, or null where it is only text.</summary>
    public static Value? TryParse(string word) => word switch
    {
        "true" or "yes" => Value.Of(true),
        "false" or "no" => Value.Of(false),
        _ when word.Length is 0 or > MaxLength => null,
        _ => ParseNumber(word) ?? ParseTime(word) ?? ParseId(word) ?? ParseAddress(word),
    };

    /// <summary>A decimal number or, behind <c>0x</c>, a hexadecimal one.</summary>
    public static Value? ParseNumber(string word)
    {
        bool isNegative = word.StartsWith('-');
        ReadOnlySpan<char> digits = word.AsSpan(isNegative ? 1 : 0);
        ulong magnitude;
        bool isNumber = digits.StartsWith("0x")
            ? ulong.TryParse(digits[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out magnitude)
            : ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out magnitude);
        if (!isNumber || magnitude > long.MaxValue)
        {
            return null;
        }

        return Value.Of(isNegative ? -(long)magnitude : (long)magnitude);
    }

    /// <summary>An internal id: <c>*1A</c>.</summary>
    public static Value? ParseId(string word) =>
        word.StartsWith('*') && ulong.TryParse(word.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong id)
            ? new IdValue(id)
            : null;

    /// <summary>An address or a prefix of either family.</summary>
    public static Value? ParseAddress(string word)
    {
        int slash = word.IndexOf('/');
        if (ParseHost(slash < 0 ? word : word[..slash]) is not { } host)
        {
            return null;
        }

        if (slash < 0)
        {
            return new AddressValue(host);
        }

        int most = host.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;
        return int.TryParse(word.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int length) && length <= most
            ? new PrefixValue(host, length)
            : null;
    }

    /// <summary>A time: <c>1w2d3h4m5s6ms</c>, <c>00:00:10.5</c>, or both together (<c>1d00:00:10</c>).</summary>
    public static Value? ParseTime(string word)
    {
        bool isNegative = word.StartsWith('-');
        ReadOnlySpan<char> rest = word.AsSpan(isNegative ? 1 : 0);
        decimal ticks = 0;
        if (rest.IsEmpty)
        {
            return null;
        }

        while (!rest.IsEmpty)
        {
            int digits = LengthOf(rest, char.IsAsciiDigit);
            if (digits is 0 or > 12)
            {
                return null;
            }

            if (digits < rest.Length && rest[digits] == ':')
            {
                if (ParseClock(rest) is not { } clock)
                {
                    return null;
                }

                ticks += clock;
                break;
            }

            int letters = LengthOf(rest[digits..], char.IsAsciiLetterLower);
            long unit = TicksOf(rest.Slice(digits, letters));
            if (unit == 0)
            {
                return null;
            }

            ticks += decimal.Parse(rest[..digits], CultureInfo.InvariantCulture) * unit;
            rest = rest[(digits + letters)..];
        }

        return ticks > long.MaxValue ? null : new TimeValue(new TimeSpan((long)(isNegative ? -ticks : ticks)));
    }

    private static IPAddress? ParseHost(string word)
    {
        int colons = word.Count(c => c == ':');
        bool isIp6 = colons >= 6 || word.Contains("::", StringComparison.Ordinal);
        bool isIp4 = colons == 0 && word.Count(c => c == '.') == 3 && word.All(c => c == '.' || char.IsAsciiDigit(c));
        bool isPlain = word.All(c => char.IsAsciiHexDigit(c) || c is ':' or '.');
        return isPlain && (isIp4 || isIp6) && IPAddress.TryParse(word, out IPAddress? address) ? address : null;
    }

    private static long TicksOf(ReadOnlySpan<char> unit) => unit switch
    {
        "w" => 7 * TimeSpan.TicksPerDay,
        "d" => TimeSpan.TicksPerDay,
        "h" => TimeSpan.TicksPerHour,
        "m" => TimeSpan.TicksPerMinute,
        "s" => TimeSpan.TicksPerSecond,
        "ms" => TimeSpan.TicksPerMillisecond,
        "us" => TimeSpan.TicksPerMicrosecond,
        _ => 0,
    };

    /// <summary>The ticks of <c>hh:mm</c>, <c>hh:mm:ss</c> or <c>hh:mm:ss.fraction</c>.</summary>
    private static decimal? ParseClock(ReadOnlySpan<char> word)
    {
        string[] parts = word.ToString().Split(':');
        string[] seconds = parts.Length == 3 ? parts[2].Split('.') : ["0"];
        if (parts.Length is not (2 or 3) || seconds.Length > 2
            || Part(parts[0], int.MaxValue) is not { } hours
            || Part(parts[1], 59) is not { } minutes
            || Part(seconds[0], 59) is not { } second)
        {
            return null;
        }

        decimal fraction = 0;
        if (seconds.Length == 2
            && (!seconds[1].All(char.IsAsciiDigit)
                || !decimal.TryParse("0." + seconds[1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out fraction)))
        {
            return null;
        }

        return ((hours * 3600m) + (minutes * 60m) + second + fraction) * TimeSpan.TicksPerSecond;

        static int? Part(string text, int most) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number <= most ? number : null;
    }

    private static int LengthOf(ReadOnlySpan<char> text, Func<char, bool> belongs)
    {
        int length = 0;
        while (length < text.Length && belongs(text[length]))
        {
            length++;
        }

        return length;
    }
}
