namespace SstpRouter.Ppp.Authentication;

/// <summary>Fields that start with their length in one byte (RFC 1334 2.2.1, RFC 1994 4.1).</summary>
internal static class LengthPrefixed
{
    internal const int MaximumLength = 255;

    /// <summary>Takes a field off <paramref name="rest"/>; false, and nothing taken, if it runs past the end.</summary>
    internal static bool TryTake(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> field)
    {
        field = default;
        if (rest.IsEmpty || rest[0] > rest.Length - 1)
        {
            return false;
        }

        field = rest.Slice(1, rest[0]);
        rest = rest[(1 + field.Length)..];
        return true;
    }

    /// <summary>A field, and what follows it.</summary>
    internal static byte[] Join(ReadOnlySpan<byte> field, ReadOnlySpan<byte> tail)
    {
        var bytes = new byte[1 + field.Length + tail.Length];
        bytes[0] = (byte)field.Length;
        field.CopyTo(bytes.AsSpan(1));
        tail.CopyTo(bytes.AsSpan(1 + field.Length));
        return bytes;
    }
}
