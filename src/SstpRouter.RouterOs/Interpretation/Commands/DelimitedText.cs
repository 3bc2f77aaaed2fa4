using System.Text;
using SstpRouter.RouterOs.Interpretation.Operations;
using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Values;

namespace SstpRouter.RouterOs.Interpretation.Commands;

/// <summary>Tables as text, <c>dsv</c>: a line for each row, a delimiter between values. A value that holds the delimiter, a quote or a line end
/// stands in quotes, with its own quotes doubled (RFC 4180 2).</summary>
internal static class DelimitedText
{
    /// <summary>Writes rows; one that is no array is a row of one value.</summary>
    public static string Write(Value rows, string delimiter)
    {
        var text = new StringBuilder();
        foreach (ArrayEntry row in Rows(rows))
        {
            WriteRow(text, Arrays.Elements(row.Value).Select(e => e.Value), delimiter);
        }

        return text.ToString();
    }

    /// <summary>Writes rows whose values have keys, below a line of the keys.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="delimiter">What stands between values.</param>
    /// <param name="order">The keys in the order of the columns; empty: all that there are, in the order in which they come.</param>
    public static string WriteKeyed(Value rows, string delimiter, IReadOnlyList<string> order)
    {
        Value[] maps = [.. Rows(rows).Select(r => r.Value)];
        string[] columns = order.Count > 0 ? [.. order] : [.. maps.SelectMany(m => Arrays.Elements(m)).Select(e => e.Key).OfType<string>().Distinct()];
        var text = new StringBuilder();
        WriteRow(text, columns.Select(Value.Of), delimiter);
        foreach (Value map in maps)
        {
            WriteRow(text, columns.Select(c => Arrays.Element(map, Value.Of(c))), delimiter);
        }

        return text.ToString();
    }

    /// <summary>Reads rows.</summary>
    /// <param name="text">The text.</param>
    /// <param name="delimiter">What stands between values.</param>
    /// <param name="isPlain">True where every value stays text; false where one that is a number or an address becomes that.</param>
    public static ArrayValue Read(string text, string delimiter, bool isPlain)
    {
        var rows = new List<Value>();
        var row = new List<Value>();
        int i = 0;
        while (i < text.Length)
        {
            string value = ReadValue(text, delimiter, ref i, out bool wasQuoted);
            row.Add(isPlain || wasQuoted ? Value.Of(value) : Literal.Parse(value));
            if (At(text, i, delimiter))
            {
                i += delimiter.Length;
                if (i < text.Length && text[i] is not ('\r' or '\n'))
                {
                    continue;
                }

                row.Add(Value.Of("")); // a delimiter at the line's end
            }

            i += At(text, i, "\r\n") ? 2 : 1;
            rows.Add(ArrayValue.Of(row));
            row.Clear();
            Limits.CheckElements(rows.Count);
        }

        return ArrayValue.Of(rows);
    }

    private static string ReadValue(string text, string delimiter, ref int i, out bool wasQuoted)
    {
        var value = new StringBuilder();
        wasQuoted = text[i] == '"';
        if (wasQuoted)
        {
            for (i++; i < text.Length && !(text[i] == '"' && !At(text, i + 1, "\"")); i++)
            {
                i += text[i] == '"' ? 1 : 0;
                value.Append(text[i]);
            }

            i++;
        }

        for (; i < text.Length && text[i] is not ('\r' or '\n') && !At(text, i, delimiter); i++)
        {
            value.Append(text[i]);
        }

        return value.ToString();
    }

    private static bool At(string text, int i, string sign) => i < text.Length && string.CompareOrdinal(text, i, sign, 0, sign.Length) == 0;

    // One row alone need not stand in an array of its own.
    private static IEnumerable<ArrayEntry> Rows(Value rows) =>
        rows is ArrayValue array && array.Entries.Any(e => e.Value is ArrayValue) ? array.Entries : [new ArrayEntry(null, rows)];

    private static void WriteRow(StringBuilder text, IEnumerable<Value> values, string delimiter)
    {
        text.AppendJoin(delimiter, values.Select(v => Quoted(v.ToText(), delimiter))).Append('\n');
        Limits.CheckText(text.Length);
    }

    private static string Quoted(string value, string delimiter) =>
        value.Contains(delimiter, StringComparison.Ordinal) || value.AsSpan().ContainsAny('"', '\n', '\r')
            ? "\"" + value.Replace("\"", "\"\"", StringComparison.Ordinal) + "\""
            : value;
}
