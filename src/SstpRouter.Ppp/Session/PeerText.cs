using System.Text;

namespace SstpRouter.Ppp.Session;

/// <summary>Text that a peer wrote, made fit for a log.</summary>
internal static class PeerText
{
    internal const int MaximumLength = 200;

    /// <summary>Decodes UTF-8; control characters become dots and the end is cut off.</summary>
    internal static string Clean(ReadOnlySpan<byte> text) => Clean(Encoding.UTF8.GetString(text));

    /// <summary>Control characters become dots and the end is cut off.</summary>
    internal static string Clean(string text)
    {
        ReadOnlySpan<char> kept = text.AsSpan(0, Math.Min(text.Length, MaximumLength));
        return string.Create(kept.Length, kept, static (target, source) =>
        {
            for (int i = 0; i < target.Length; i++)
            {
                target[i] = char.IsControl(source[i]) ? '.' : source[i];
            }
        });
    }
}
