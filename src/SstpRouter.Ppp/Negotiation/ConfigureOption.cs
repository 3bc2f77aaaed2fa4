namespace SstpRouter.Ppp.Negotiation;

/// <summary>One option of a Configure packet: type, length, data (RFC 1661 6).</summary>
internal readonly ref struct ConfigureOption
{
    private const int HeaderLength = 2;

    private ConfigureOption(ReadOnlySpan<byte> whole) => Whole = whole;

    internal ReadOnlySpan<byte> Whole { get; }

    internal byte Type => Whole[0];

    internal ReadOnlySpan<byte> Data => Whole[HeaderLength..];

    /// <summary>
    /// Takes the next option off <paramref name="rest"/>; false at the end, or at an option that runs past it.
    /// </summary>
    internal static bool TryTake(ref ReadOnlySpan<byte> rest, out ConfigureOption option)
    {
        option = default;
        if (rest.Length < HeaderLength || rest[1] < HeaderLength || rest[1] > rest.Length)
        {
            return false;
        }

        option = new ConfigureOption(rest[..rest[1]]);
        rest = rest[rest[1]..];
        return true;
    }

    /// <summary>
    /// Whether a list can be walked to its very end; <paramref name="count"/> is how many options it holds.
    /// </summary>
    internal static bool IsList(ReadOnlySpan<byte> list, out int count)
    {
        count = 0;
        while (TryTake(ref list, out _))
        {
            count++;
        }

        return list.IsEmpty;
    }
}
