using System.Globalization;

namespace SstpRouter.Console.Terminals;

/// <summary>What a login name says about the terminal behind a <c>+</c>: <c>admin+ct80w24h</c> (manual, Console Login Process).</summary>
public sealed record TerminalOptions
{
    /// <summary><c>c</c>: no colours.</summary>
    public bool IsPlain { get; init; }

    /// <summary><c>t</c>: the terminal is not asked for its size.</summary>
    public bool IsSilent { get; init; }

    /// <summary><c>e</c>: a dumb terminal, whose cursor is not moved.</summary>
    public bool IsDumb { get; init; }

    /// <summary><c>80w</c>: the columns; null where not given.</summary>
    public int? Width { get; init; }

    /// <summary><c>24h</c>: the lines; null where not given.</summary>
    public int? Height { get; init; }

    /// <summary>True for a program that types: it waits for a bare prompt, so a faulty line is not put behind it.</summary>
    public bool IsProgram => IsSilent || IsDumb;

    /// <summary>Splits a login name.</summary>
    /// <param name="login">The name as typed.</param>
    /// <returns>The user's own name, and the options. A <c>+</c> that no options follow belongs to the name.</returns>
    public static (string User, TerminalOptions Options) Parse(string login)
    {
        int plus = login.LastIndexOf('+');
        return plus > 0 && ParseOptions(login.AsSpan(plus + 1)) is { } options ? (login[..plus], options) : (login, new TerminalOptions());
    }

    private static TerminalOptions? ParseOptions(ReadOnlySpan<char> text)
    {
        var options = new TerminalOptions();
        while (text.Length > 0)
        {
            int digits = text.IndexOfAnyExceptInRange('0', '9');
            digits = digits < 0 ? text.Length : digits;
            bool isSize = digits > 0;
            int size = 0;
            if (digits == text.Length || (isSize && (!int.TryParse(text[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out size) || size is < 1 or > ushort.MaxValue)))
            {
                return null;
            }

            TerminalOptions? next = (text[digits], isSize) switch
            {
                ('c', false) => options with { IsPlain = true },
                ('t', false) => options with { IsSilent = true },
                ('e', false) => options with { IsDumb = true },
                ('w', true) => options with { Width = size },
                ('h', true) => options with { Height = size },
                _ => null,
            };
            if (next is null)
            {
                return null;
            }

            options = next;
            text = text[(digits + 1)..];
        }

        return options;
    }
}
