using System.Text;

namespace SstpRouter.Certificates.Reading;

/// <summary>Reads PEM text: any number of blocks with any text between them (RFC 7468 2).</summary>
/// <remarks>Stricter than the framework's search, which passes over a damaged block as if it were text.</remarks>
internal static class PemFile
{
    private const string Begin = "-----BEGIN ";
    private const string End = "-----END ";
    private const string Dashes = "-----";

    /// <summary>True where the bytes are text with at least one BEGIN or END line.</summary>
    public static bool IsPem(ReadOnlySpan<byte> file) =>
        file.IndexOf("-----BEGIN "u8) >= 0 || file.IndexOf("-----END "u8) >= 0;

    /// <summary>The blocks in their order.</summary>
    /// <exception cref="ImportError">A block that does not end, ends as another, or is not base64.</exception>
    public static List<PemBlock> Read(ReadOnlySpan<byte> file)
    {
        string[] lines = Encoding.Latin1.GetString(file).Split('\n');
        var blocks = new List<PemBlock>();
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].Trim();
            if (LabelOf(line, End) is { } stray)
            {
                throw new ImportError($"line {i + 1}: END {stray} without its BEGIN");
            }

            if (LabelOf(line, Begin) is { } label)
            {
                blocks.Add(ReadBlock(lines, ref i, label));
            }
        }

        return blocks;
    }

    private static PemBlock ReadBlock(string[] lines, ref int i, string label)
    {
        int begin = i + 1;
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var base64 = new StringBuilder();
        while (++i < lines.Length)
        {
            string line = lines[i].Trim();
            if (LabelOf(line, End) is { } end)
            {
                return end == label
                    ? new PemBlock(label, headers, Decode(base64, label, begin), begin)
                    : throw new ImportError($"line {i + 1}: END {end} where BEGIN {label} of line {begin} should end");
            }

            if (LabelOf(line, Begin) is not null)
            {
                break;
            }

            if (base64.Length == 0 && line.IndexOf(':') is var colon and > 0)
            {
                headers[line[..colon]] = line[(colon + 1)..].Trim();
                continue;
            }

            if (line.AsSpan().IndexOfAnyExcept(Base64Alphabet) >= 0)
            {
                throw new ImportError($"line {i + 1}: not base64 inside {label} of line {begin}");
            }

            base64.Append(line);
        }

        throw new ImportError($"line {begin}: BEGIN {label} without its END; the file is cut short");
    }

    private static readonly System.Buffers.SearchValues<char> Base64Alphabet = System.Buffers.SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=");

    private static byte[] Decode(StringBuilder base64, string label, int line)
    {
        try
        {
            return Convert.FromBase64String(base64.ToString());
        }
        catch (FormatException e)
        {
            throw new ImportError($"line {line}: the base64 of {label} is damaged", e);
        }
    }

    private static string? LabelOf(string line, string start) =>
        line.StartsWith(start, StringComparison.Ordinal) && line.EndsWith(Dashes, StringComparison.Ordinal)
        && line.Length > start.Length + Dashes.Length
            ? line[start.Length..^Dashes.Length]
            : null;
}
