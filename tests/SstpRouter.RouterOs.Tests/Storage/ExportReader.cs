using System.Text;

namespace SstpRouter.RouterOs.Tests.Storage;

/// <summary>Reads the plain lines of an export by means of its own, to check those of the product: no expressions, no brackets.</summary>
internal static class ExportReader
{
    public sealed record Line(int Number, string Path, string Verb, Dictionary<string, string> Values);

    public static IEnumerable<Line> Read(string text)
    {
        string[] physical = text.ReplaceLineEndings("\n").Split('\n');
        string path = "";
        for (int i = 0; i < physical.Length; i++)
        {
            int number = i + 1;
            var logical = new StringBuilder(physical[i]);
            while (logical.Length > 0 && logical[^1] == '\\' && i + 1 < physical.Length)
            {
                logical.Length--;
                logical.Append(physical[++i].TrimStart());
            }

            string line = logical.ToString().Trim();
            if (line.StartsWith('/'))
            {
                path = line.Contains(" add ", StringComparison.Ordinal) ? path : line[1..].Replace(' ', '/');
            }
            else if (line.StartsWith("add ", StringComparison.Ordinal) && !line.Contains('[') && !line.Contains('{') && Words(line[4..]) is { } values)
            {
                yield return new Line(number, path, "add", values);
            }
        }
    }

    /// <summary><c>name=value</c> pairs; null where something else stands among them.</summary>
    private static Dictionary<string, string>? Words(string text)
    {
        var values = new Dictionary<string, string>();
        int i = 0;
        while (i < text.Length)
        {
            int equals = text.IndexOf('=', i);
            if (equals < 0)
            {
                return null;
            }

            string name = text[i..equals];
            i = equals + 1;
            var value = new StringBuilder();
            if (i < text.Length && text[i] == '"')
            {
                for (i++; i < text.Length && text[i] != '"'; i++)
                {
                    if (text[i] == '\\' && i + 1 < text.Length)
                    {
                        i++;
                        switch (text[i])
                        {
                            case 'n': value.Append('\n'); break;
                            case 'r': value.Append('\r'); break;
                            case 't': value.Append('\t'); break;
                            case '_': value.Append(' '); break;
                            case '"' or '\\' or '$' or '?': value.Append(text[i]); break;
                            default: return null; // bytes in another encoding
                        }
                    }
                    else
                    {
                        value.Append(text[i]);
                    }
                }

                i++;
            }
            else
            {
                for (; i < text.Length && text[i] != ' '; i++)
                {
                    value.Append(text[i]);
                }
            }

            if (name.Contains(' ') || name.Length == 0)
            {
                return null;
            }

            values[name] = value.ToString();
            while (i < text.Length && text[i] == ' ')
            {
                i++;
            }
        }

        return values;
    }
}
