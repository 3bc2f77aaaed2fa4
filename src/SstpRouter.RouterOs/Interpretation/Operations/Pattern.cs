using System.Text;
using System.Text.RegularExpressions;
using SstpRouter.RouterOs.Language;

namespace SstpRouter.RouterOs.Interpretation.Operations;

/// <summary>POSIX extended regular expressions, which <c>~</c> matches with. They run in linear time, so that no pattern can hang a session.</summary>
internal static class Pattern
{
    private const int MaxLength = 1024;

    // A condition asks for the same one row by row.
    [ThreadStatic]
    private static (string Pattern, Regex Expression)? _last;

    // The classes of POSIX brackets, as the inside of a .NET bracket.
    private static readonly (string Posix, string Members)[] Classes =
    [
        ("[:alnum:]", "a-zA-Z0-9"), ("[:alpha:]", "a-zA-Z"), ("[:blank:]", " \\t"), ("[:cntrl:]", "\\x00-\\x1F\\x7F"), ("[:digit:]", "0-9"),
        ("[:graph:]", "!-~"), ("[:lower:]", "a-z"), ("[:print:]", " -~"), ("[:punct:]", "!-/:-@\\[-`{-~"), ("[:space:]", "\\s"),
        ("[:upper:]", "A-Z"), ("[:xdigit:]", "0-9A-Fa-f"),
    ];

    /// <summary>The expression for a pattern.</summary>
    /// <exception cref="ScriptError">The pattern is not one.</exception>
    public static Regex Of(string pattern)
    {
        if (_last is not { } last || last.Pattern != pattern)
        {
            last = (pattern, Make(pattern));
            _last = last;
        }

        return last.Expression;
    }

    private static Regex Make(string pattern)
    {
        if (pattern.Length > MaxLength)
        {
            throw new ScriptError("regular expression is too long");
        }

        try
        {
            return new Regex(Translate(pattern), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline);
        }
        catch (Exception fault) when (fault is ArgumentException or NotSupportedException)
        {
            throw new ScriptError("invalid regular expression " + pattern);
        }
    }

    /// <summary>The same pattern as .NET reads it: brackets are literal inside, and a final <c>$</c> is the very end.</summary>
    private static string Translate(string pattern)
    {
        var text = new StringBuilder();
        for (int i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '\\' when i + 1 < pattern.Length:
                    char escaped = pattern[++i];
                    text.Append(char.IsAsciiLetterOrDigit(escaped) ? escaped.ToString() : "\\" + escaped);
                    break;
                case '[':
                    i = AppendBracket(pattern, i, text);
                    break;
                case '$':
                    text.Append("\\z");
                    break;
                case '(' when i + 1 < pattern.Length && pattern[i + 1] == '?':
                    throw new ScriptError("invalid regular expression " + pattern);
                default:
                    text.Append(pattern[i]);
                    break;
            }
        }

        return text.ToString();
    }

    private static int AppendBracket(string pattern, int i, StringBuilder text)
    {
        text.Append('[');
        i++;
        if (i < pattern.Length && pattern[i] == '^')
        {
            text.Append('^');
            i++;
        }

        bool isFirst = true;
        for (; i < pattern.Length && (pattern[i] != ']' || isFirst); i++)
        {
            isFirst = false;
            (string posix, string members) = Array.Find(Classes, c => string.CompareOrdinal(pattern, i, c.Posix, 0, c.Posix.Length) == 0);
            if (posix is not null)
            {
                text.Append(members);
                i += posix.Length - 1;
            }
            else
            {
                text.Append(pattern[i] is '[' or ']' or '\\' or '^' ? "\\" + pattern[i] : pattern[i].ToString());
            }
        }

        if (i >= pattern.Length)
        {
            throw new ScriptError("invalid regular expression " + pattern);
        }

        text.Append(']');
        return i;
    }
}
