namespace SstpRouter.RouterOs.Language;

/// <summary>Finds where a command ends by its brackets and quotes alone, for text that cannot or shall not be parsed.</summary>
internal static class BalancedText
{
    /// <summary>The end of the command that starts at an offset: the line's end, <c>;</c> or closing bracket that ends it, or the text's end.</summary>
    /// <param name="text">The script.</param>
    /// <param name="start">Where the command starts.</param>
    /// <returns>The offset, or -1 where a bracket or quote stays open or does not match, or where one was forgotten on a line before.</returns>
    public static int EndOfCommand(string text, int start)
    {
        var open = new Stack<char>();
        int i = start;
        while (i < text.Length)
        {
            if (open.Count == 0 && text[i] is '\n' or ';' or ')' or ']' or '}')
            {
                return i;
            }

            i = Step(text, i, open);
            if (i < 0)
            {
                return -1;
            }
        }

        return open.Count == 0 ? text.Length : -1;
    }

    /// <summary>The brackets and quotes that stay open at the end, outermost first, with a <c>\</c> last where the last line goes on.</summary>
    public static string StillOpen(string text)
    {
        var open = new Stack<char>();
        for (int i = 0; i < text.Length;)
        {
            i = Step(text, i, open);
            if (i < 0)
            {
                return "";
            }
        }

        ReadOnlySpan<char> line = text.AsSpan().TrimEnd("\r\n");
        int slashes = line.Length - line.TrimEnd('\\').Length;
        return string.Concat(open.Reverse()) + (slashes % 2 == 1 ? "\\" : "");
    }

    /// <summary>Takes in one character, an escape or a comment.</summary>
    /// <returns>The offset behind it, or -1 where something does not match.</returns>
    private static int Step(string text, int i, Stack<char> open)
    {
        char c = text[i];
        char next = i + 1 < text.Length ? text[i + 1] : '\0';
        if (c == '\\')
        {
            return Math.Min(text.Length, i + (next == '\r' ? 3 : 2));
        }

        if (open.TryPeek(out char innermost) && innermost == '"')
        {
            switch (c)
            {
                case '"':
                    // name="a (and a line later) name="b" ...: what looks like an end is the start of another string.
                    open.Pop();
                    return char.IsLetterOrDigit(next) || next == '"' ? -1 : i + 1;
                case '$' when next is '[' or '(':
                    // A substitution inside a string has quotes of its own.
                    open.Push(next);
                    return i + 2;
                default:
                    return i + 1;
            }
        }

        switch (c)
        {
            case '"' or '(' or '[' or '{':
                open.Push(c);
                return i + 1;
            case ')' or ']' or '}':
                char opener = c == ')' ? '(' : c == ']' ? '[' : '{';
                return open.TryPop(out char found) && found == opener ? i + 1 : -1;
            case '#' when StandsAtCommandStart(text, i):
                int end = text.IndexOf('\n', i);
                return end < 0 ? text.Length : end;
            default:
                return i + 1;
        }
    }

    private static bool StandsAtCommandStart(string text, int i)
    {
        ReadOnlySpan<char> before = text.AsSpan(0, i).TrimEnd(" \t\r");
        return before.Length == 0 || before[^1] is '\n' or ';' or '{' or '[';
    }
}
