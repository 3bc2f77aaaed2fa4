using System.Text;

namespace SstpRouter.Sstp.Http;

/// <summary>Makes bytes from a peer fit for a log: capped, and nothing in them that moves a cursor or ends a line.
/// </summary>
internal static class PeerText
{
    public const int MaximumBytes = 100;

    public static string Quote(ReadOnlySpan<byte> text)
    {
        var quoted = new StringBuilder("\"");
        foreach (byte value in text[..Math.Min(text.Length, MaximumBytes)])
        {
            if (value is < 0x20 or > 0x7E or (byte)'"' or (byte)'\\')
            {
                quoted.Append("\\x").Append(value.ToString("X2", provider: null));
            }
            else
            {
                quoted.Append((char)value);
            }
        }

        return quoted.Append(text.Length > MaximumBytes ? "...\"" : "\"").ToString();
    }
}
