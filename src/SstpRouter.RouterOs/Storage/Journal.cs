using System.Security.Cryptography;
using System.Text;

namespace SstpRouter.RouterOs.Storage;

/// <summary>One transaction of a journal as it was found.</summary>
/// <param name="Text">Its commands.</param>
/// <param name="Line">The line where it starts, from 1.</param>
/// <param name="IsClosed">False for a tail without its closing line.</param>
/// <param name="IsIntact">True where the closing line's checksum fits.</param>
internal sealed record JournalBlock(string Text, int Line, bool IsClosed, bool IsIntact);

/// <summary>The file that each transaction is appended to: its commands, then a closing line with their checksum.</summary>
internal sealed class Journal : IDisposable
{
    private const string ClosingMark = ChangeText.PrivateMark + "commit ";
    private readonly FileOperations _operations;
    private readonly FileStream _file;
    private bool _isLineOpen;

    /// <summary>Opens a journal at its end.</summary>
    public Journal(FileOperations operations, string path)
    {
        _operations = operations;
        _file = operations.Open(path, FileMode.Open, FileShare.Read);

        // A power cut may have taken the line feed behind the last closing line and nothing else.
        _isLineOpen = _file.Length > 0 && _file.Seek(-1, SeekOrigin.End) >= 0 && _file.ReadByte() != '\n';
        _file.Seek(0, SeekOrigin.End);
    }

    /// <summary>What a journal without a transaction holds.</summary>
    public static string Head { get; } = StateForm.Line + "\n";

    /// <summary>The length in bytes.</summary>
    public long Length => _file.Length;

    /// <summary>Appends a transaction and waits until it is on the disk.</summary>
    /// <exception cref="IOException">It could not be written; the journal is as it was.</exception>
    public void Append(string commands)
    {
        long end = _file.Length;
        try
        {
            _operations.Write(_file, Encoding.UTF8.GetBytes((_isLineOpen ? "\n" : "") + commands + ClosingMark + Checksum(commands) + "\n"));
            _operations.Flush(_file);
            _isLineOpen = false;
        }
        catch (IOException)
        {
            _operations.SetLength(_file, end);
            _file.Seek(end, SeekOrigin.Begin);
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    /// <summary>Splits the text of a journal into its transactions.</summary>
    public static IEnumerable<JournalBlock> Split(string text)
    {
        var block = new StringBuilder();
        string[] lines = text.Split('\n');
        int first = StateForm.Of(lines[0]) > 0 ? 1 : 0;
        int start = first + 1;
        for (int i = first; i < lines.Length; i++)
        {
            bool isClosing = lines[i].StartsWith(ClosingMark, StringComparison.Ordinal);
            string commands = isClosing ? block.ToString() : "";
            bool isIntact = isClosing && lines[i][ClosingMark.Length..] == Checksum(commands);

            // A closing line that ends within its checksum, with nothing behind it, was cut off while it was written.
            if (isClosing && (isIntact || i < lines.Length - 1))
            {
                yield return new JournalBlock(commands, start, true, isIntact);
                block.Clear();
                start = i + 2;
            }
            else
            {
                block.Append(lines[i]).Append('\n');
            }
        }

        // The last line feed opens an empty line that is none.
        if (block.ToString().TrimEnd('\n') is { Length: > 0 } tail)
        {
            yield return new JournalBlock(tail, start, false, false);
        }
    }

    /// <summary>The first half of the SHA-256 of the text in UTF-8: enough to tell a torn write or an edit, and no secret.</summary>
    internal static string Checksum(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
}
