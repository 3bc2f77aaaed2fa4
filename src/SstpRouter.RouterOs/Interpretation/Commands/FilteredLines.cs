using System.Globalization;
using SstpRouter.RouterOs.Interpretation.Operations;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Interpretation.Commands;

/// <summary><c>:grep</c>: of what commands print, the lines that match.</summary>
internal static class FilteredLines
{
    /// <summary>Runs commands and prints the lines of their output that match a pattern, with some before and after each, or returns them.</summary>
    public static Value Grep(Call call)
    {
        (long before, long after) = (call.Number("before", 0), call.Number("after", 0));
        string pattern = call.Text("pattern");
        string[] lines = Printed(call).Split('\n');
        bool[] isShown = new bool[lines.Length];
        for (int i = 0; i < lines.Length; i++)
        {
            if (Pattern.Of(pattern).IsMatch(lines[i]))
            {
                int first = (int)Math.Clamp(i - before, 0, i);
                int last = (int)Math.Clamp(i + after, i, lines.Length - 1);
                isShown.AsSpan(first, last + 1 - first).Fill(true);
            }
        }

        string[] found = [.. lines.Where((_, i) => isShown[i])];
        if (call.Has("as-array") && call.Condition("as-array"))
        {
            return ArrayValue.Of(found.Select(Value.Of));
        }

        call.Session.Output.Write(string.Concat(found.Select(l => l + "\n")));
        return Value.Nothing;
    }

    private static string Printed(Call call)
    {
        using var output = new LimitedText();
        call.Evaluator.RunApart(call.Text("script"), output);
        return output.ToString().TrimEnd('\n');
    }

    /// <summary>Text that commands write, up to what a value can hold.</summary>
    private sealed class LimitedText() : StringWriter(CultureInfo.InvariantCulture)
    {
        public override void Write(string? value)
        {
            Limits.CheckText(GetStringBuilder().Length + (value?.Length ?? 0));
            base.Write(value);
        }
    }
}
